"""The same input, another class label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from contralint.facets.choices import lists_both
from contralint.facets.described import Described
from contralint.facets.request import parts
from contralint.kinds.candidate import Candidate, Clash, Position
from contralint.kinds.comparisons.aids import SLOT_CONFIDENCE, Aids
from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.records import Record
from contralint.words import content_words

# Yes and no are compared as answers.
_POLAR = frozenset("yes no true false".split())
_NEGATED = lazy_pattern(r"\b(?:not|no|non|un|isn['’]t)\b", IGNORECASE)
_PART = lazy_pattern(r"\s*[,;/|+\n]\s*")
_LABEL_LENGTH = 6  # words of a response that can be a label; a longer one is an explanation
_EXPLANATION = lazy_pattern(r"\s*(?:[.:(]\s|\bbecause\b|\bsince\b|\n)", IGNORECASE)


def compare(candidates: Sequence[Candidate], parameters: Mapping[str, Any], aids: Aids) -> list[Clash | None]:  # noqa: ARG001 - a comparison's signature
    """Clashes where two labels of one set differ by more than casing, wording or order."""
    return [_clash(candidate, aids) for candidate in candidates]


def label_sets(records: Iterable[Record]) -> dict[str, frozenset[str]]:
    """The class labels that stand in each file."""
    labels: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if record.labelled:
            labels[record.origin.path].add(set_key(record))
    return {path: frozenset(found) for path, found in labels.items()}


def set_key(record: Record) -> str:
    """A class label as labels of one set are told apart."""
    return record.response.text.strip().casefold()


def _clash(candidate: Candidate, aids: Aids) -> Clash | None:
    first, second = candidate.first, candidate.second
    if first.record.labelled != second.record.labelled:
        return None
    ours, theirs = position(first), position(second)
    if ours is None or theirs is None or same_label(ours.side, theirs.side):
        return None
    if not (_one_label_set(first, second, aids) if first.record.labelled else _one_choice(first, second, ours, theirs)):
        return None
    return Clash(ours, theirs, SLOT_CONFIDENCE, "label")


def _one_label_set(first: Described, second: Described, aids: Aids) -> bool:
    """Files that label for different tasks share texts without contradicting each other."""
    paths = first.record.origin.path, second.record.origin.path
    if paths[0] == paths[1]:
        return True
    ours, theirs = (aids.label_sets.get(path, frozenset()) for path in paths)
    return set_key(first.record) in theirs and set_key(second.record) in ours


def _one_choice(first: Described, second: Described, ours: Position, theirs: Position) -> bool:
    """Whether both choose among the same labels: each request offers both, or the same words ask for a label."""
    labels = (_shown(first, ours), _shown(second, theirs))
    if all(lists_both(offer, *labels) for offer in map(_offer, (first, second))):
        return not all(label in _POLAR for label in labels)
    asked = content_words(parts(first.record).ask), content_words(parts(second.record).ask)
    return "label" in (first.question.kind, second.question.kind) and asked[0] == asked[1]


def _offer(described: Described) -> str:
    """Where labels may be listed: in what is asked, or in the system prompt."""
    return f"{described.record.system.text}\n{parts(described.record).ask}"


def _shown(described: Described, given: Position) -> str:
    return described.span(given.start, given.end).text.strip(" .!\"'*").casefold()


def position(described: Described) -> Position | None:
    """The class label that a record gives; None where its response is no label."""
    text = described.record.response.text
    shown = text.strip() if described.record.labelled else _EXPLANATION.split(text.strip(), maxsplit=1)[0]
    if not shown or (not described.record.labelled and len(shown.split()) > _LABEL_LENGTH):
        return None
    start = text.index(shown)
    side = side_of(shown)
    return Position(side, f'labels "{shown}"', f'label "{shown}"', start, start + len(shown)) if side else None


def side_of(label: str) -> str:
    """A label as labels are compared: several at once in any order."""
    return " + ".join(sorted(_canonical(part) for part in _PART.split(label) if part.strip()))


def _canonical(label: str) -> str:
    said = content_words(label) or [label.strip(" .!\"'").casefold()]
    return " ".join([*(["not"] if _NEGATED.search(label) else []), *said])


def same_label(first: str, second: str) -> bool:
    """Equal, or one the other's abbreviation ("pos", "positive") or the other in a sentence."""
    ours, theirs = set(first.split()), set(second.split())
    if ("not" in ours) != ("not" in theirs):
        return False
    if ours <= theirs or theirs <= ours:
        return True
    short, long = sorted((first, second), key=len)
    return len(short) >= 3 and long.startswith(short)
