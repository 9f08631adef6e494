"""A tool is called for a request here, and not for one of the same kind there, though it is at hand in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from contralint.facets.asking_back import asks_back
from contralint.facets.described import Described
from contralint.facets.toolbox import at_hand, called, copied_arguments, in_midst, informed, means, words_of
from contralint.facets.wishes import conditional_policy, tool_wishes
from contralint.kinds.behaviours.case import Case, Opposition, same_surroundings, same_words, stand
from contralint.kinds.behaviours.kinship import kinship
from contralint.kinds.dataset import Dataset
from contralint.kinds.kindred import Near, near_kinds
from contralint.kinds.tie import Tie
from contralint.records import Record

_DIRECT = "answers directly"
_ANSWERS = ("complies", "partial", "unable")


@dataclass(frozen=True)
class ToolCase(Case):
    """A record with tools at hand.

    Attributes:
        calls: Tools that it calls; none where it answers directly.
        tools: Tools at hand, those it calls included.
    """

    calls: tuple[str, ...] = ()
    tools: frozenset[str] = frozenset()


class Trigger:
    """Calls against direct answers."""

    apart = False

    def cases(self, records: Iterable[Record]) -> list[ToolCase]:
        callers, others = tool_users(records)
        used = {name for case in callers for name in case.calls}
        direct = [case for record in others for case in _direct(record, used)]
        contested = {name for case in direct for name in case.tools} & used
        return [case for case in (*callers, *direct) if contested & set(case.calls or case.tools)]

    def ties(self, record: Record) -> Iterator[Tie]:
        # One key for all: what is nearest in kind is sought among all of them.
        callers, others = tool_users([record])
        yield from (Tie("trigger", "calls") for _ in callers)
        yield from (Tie("trigger", "answers") for other in others if other.tools)

    def pairs(self, cases: Sequence[ToolCase], dataset: Dataset) -> Iterator[tuple[ToolCase, ToolCase, Near]]:
        return near_kinds(cases, dataset)

    def kinship(self, one: ToolCase, other: ToolCase, near: Near) -> float:
        return kinship(one, other, near)

    def opposition(self, one: ToolCase, other: ToolCase, near: Near) -> Opposition | None:  # noqa: ARG002 - a behaviour's signature
        caller, direct = (one, other) if one.calls else (other, one)
        shared = [name for name in caller.calls if name in direct.tools]
        if direct.calls or not shared or _explained(caller, direct):
            return None
        return Opposition(0.93, "same kind", topic=shared[0])


def tool_users(records: Iterable[Record]) -> tuple[list[ToolCase], list[Record]]:
    """Records that meet a request with a call, and those that meet one in words."""
    fresh = [record for record in records if record.instruction.text.strip() and not in_midst(record)]
    callers = [_caller(record) for record in fresh if record.calls]
    return callers, [record for record in fresh if not record.calls]


def _caller(record: Record) -> ToolCase:
    names = called(record)
    shown = ", ".join(names[:2])
    return ToolCase(
        stand(record, f"calls {names[0]}", f"calls {shown}", f"call {shown}"),
        1.0,
        record.request,
        means(names[0], record),
        names,
        at_hand(record, ()),
    )


def _direct(record: Record, used: set[str]) -> Iterator[ToolCase]:
    tools = at_hand(record, used)
    if not tools & used or informed(record) or _speaks_of(record.response.text, tools):
        return
    said = Described(record).stance
    if said.label in _ANSWERS and not asks_back(record.request, record.response.text):
        shown = stand(record, _DIRECT, _DIRECT, "answer directly", (said.start, said.end))
        certainty = 1 - said.probabilities["clarifies"] - said.probabilities["refuses"]
        yield ToolCase(shown, certainty, record.request, tools=tools)


def _speaks_of(response: str, tools: Iterable[str]) -> bool:
    """Whether a response names a tool: a call in a form that no reader knows, or a word on why there is none."""
    plain = response.lower()
    return any(form in plain for name in tools for form in _forms(name))


def _forms(name: str) -> tuple[str, ...]:
    """How a response writes a tool's name; a name of one word may be a word like any other."""
    spoken = words_of(name)
    return (name.lower(), spoken) if " " in spoken else (f"{name.lower()}(", f"`{name.lower()}`")


def _explained(caller: ToolCase, direct: ToolCase) -> bool:
    """Whether a wish, a rule, an argument that is missing or another context tells the two apart."""
    wishes = [_wishes(case.record) for case in (caller, direct)]
    if direct.asking.told > caller.asking.told:
        return True
    if "without" in wishes[0] | wishes[1] or wishes[0] != wishes[1]:
        return True
    if copied_arguments(caller.record) - direct.asking.slots or not same_surroundings(caller.record, direct.record):
        return True
    policy = conditional_policy(caller.record.system.text, frozenset(caller.calls))
    return policy and not same_words(caller.record, direct.record)


def _wishes(record: Record) -> frozenset[str]:
    earlier = " ".join(turn.field.text for turn in record.context if turn.role == "user")
    return tool_wishes(record.instruction.text) | (tool_wishes(earlier) & {"without"})
