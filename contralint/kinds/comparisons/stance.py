"""Declined here, fulfilled there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contralint.facets.described import Described
from contralint.kinds.candidate import Candidate, Clash, Position
from contralint.kinds.comparisons.aids import Aids
from contralint.models.stance import LABELS

_PLURALS = {
    "complies": "comply",
    "refuses": "refuse",
    "unable": "are unable",
    "partial": "answer in part",
    "clarifies": "ask back",
}
# Where one sentence declines and another answers, wording tells more than the model, to which both are plain.
_CONCESSION_CONFIDENCE = 0.8
# How far a response falls short is a matter of degree: each of these clashes with an answer.
_SHORT_OF_AN_ANSWER = frozenset({"refuses", "unable", "partial"})
_LABELS = {"unable": "is unable", "partial": "answers in part", "clarifies": "asks back"}


def compare(candidates: Sequence[Candidate], parameters: Mapping[str, Any], aids: Aids) -> list[Clash | None]:  # noqa: ARG001 - a comparison's signature
    """Clashes where one record's stance is in `sides[0]` and the other's in `sides[1]`."""
    sides: list[list[str]] = parameters["sides"]
    return [_clash(candidate, sides) for candidate in candidates]


def _clash(candidate: Candidate, sides: list[list[str]]) -> Clash | None:
    ours, theirs = _side(candidate.first, sides), _side(candidate.second, sides)
    if ours is None or theirs is None or ours == theirs:
        return None
    first, second = _position(candidate.first, sides, ours), _position(candidate.second, sides, theirs)
    confidence = _certainty(candidate.first, sides[ours]) * _certainty(candidate.second, sides[theirs])
    return Clash(first, second, confidence, "stance")


def taken(described: Described) -> str | None:
    """The stance of a record as it counts: None where what it lacks explains that it is unable."""
    label = "partial" if described.concedes else described.stance.label
    if described.choice:
        label = "complies"  # An option is taken, whatever its words say.
    return None if label == "unable" and described.lacks_tool_or_input else label


def _side(described: Described, sides: list[list[str]]) -> int | None:
    label = taken(described)
    return next((number for number, labels in enumerate(sides) if label in labels), None)


def _certainty(described: Described, labels: list[str]) -> float:
    if described.concedes:
        return _CONCESSION_CONFIDENCE
    counted = _SHORT_OF_AN_ANSWER.union(labels) if _SHORT_OF_AN_ANSWER.intersection(labels) else labels
    return min(1.0, sum(described.stance.probabilities[label] for label in LABELS if label in counted))


def _position(described: Described, sides: list[list[str]], side: int) -> Position:
    stance, name = described.stance, sides[side][0]
    # The number in front keeps sides in the rule's order where they are equally strong.
    return Position(f"{side} {name}", _LABELS.get(name, name), _PLURALS[name], stance.start, stance.end)
