"""Another tool is called for a request of the same kind, though both are at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contralint.facets.toolbox import means, words_of
from contralint.facets.wishes import conditional_policy, tool_wishes
from contralint.kinds.behaviours.case import Opposition, same_surroundings, same_words
from contralint.kinds.behaviours.kinship import kinship
from contralint.kinds.behaviours.trigger import ToolCase, tool_users
from contralint.kinds.dataset import Dataset
from contralint.kinds.kindred import Near, near_kinds
from contralint.kinds.tie import Tie
from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.records import Record
from contralint.words import content_words

_LATER = lazy_pattern(r"\b(?:tomorrow|weekend|next|(?!to)\w+day|will|last|ago)\b", IGNORECASE)
_PULL = 0.12  # difference of similarities from which each request is drawn to its own tool


class ToolChoice:
    """Calls of different tools."""

    apart = True

    def cases(self, records: Iterable[Record]) -> list[ToolCase]:
        callers, _ = tool_users(records)
        return [case for case in callers if len(case.tools) > 1]

    def ties(self, record: Record) -> Iterator[Tie]:
        return (Tie("tool choice", case.side) for case in self.cases([record]))

    def pairs(self, cases: Sequence[ToolCase], dataset: Dataset) -> Iterator[tuple[ToolCase, ToolCase, Near]]:
        return near_kinds(cases, dataset)

    def kinship(self, one: ToolCase, other: ToolCase, near: Near) -> float:
        return kinship(one, other, near)

    def opposition(self, one: ToolCase, other: ToolCase, near: Near) -> Opposition | None:
        apart = not set(one.calls) & set(other.calls)
        available = set(one.calls) <= other.tools and set(other.calls) <= one.tools
        if not (apart and available) or _explained(one, other, near):
            return None
        return Opposition(0.85, "same kind", topic=" / ".join(sorted((one.calls[0], other.calls[0]))))


def _explained(one: ToolCase, other: ToolCase, near: Near) -> bool:
    """Whether the wording, a wish, a rule or another context calls for each one's own tool."""
    if (one.asking.slots ^ other.asking.slots) - {"name"}:
        return True
    if bool(_LATER.search(one.ask)) != bool(_LATER.search(other.ask)):
        return True
    if any(tool_wishes(case.record.instruction.text) for case in (one, other)) or near.pull > _PULL:
        return True
    if _names(one, other) or _names(other, one) or not same_surroundings(one.record, other.record):
        return True
    policy = conditional_policy(one.record.system.text, frozenset({*one.calls, *other.calls}))
    return policy and not same_words(one.record, other.record)


def _names(one: ToolCase, other: ToolCase) -> bool:
    """Whether words that only one request has belong to its tool and not to the other's."""
    own = set(content_words(one.ask)) - set(content_words(other.ask))
    ours, theirs = (set(content_words(_described(case))) for case in (one, other))
    return bool(own & (ours - theirs))


def _described(case: ToolCase) -> str:
    return " ".join(f"{words_of(name)} {means(name, case.record)}" for name in case.calls)
