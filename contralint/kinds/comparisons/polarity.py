"""Yes here, no there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contralint.facets.described import Described
from contralint.facets.polarity import negated
from contralint.facets.question import asking
from contralint.kinds.candidate import Candidate, Clash, Position
from contralint.kinds.comparisons.aids import SLOT_CONFIDENCE, Aids, both_answer


def compare(candidates: Sequence[Candidate], parameters: Mapping[str, Any], aids: Aids) -> list[Clash | None]:  # noqa: ARG001 - a comparison's signature
    """Clashes where a yes-no question is answered both ways."""
    return [_clash(candidate) for candidate in candidates]


def agree(candidate: Candidate) -> bool:
    """Whether both answers to a yes-no question say the same."""
    ours, theirs = candidate.first.polarity, candidate.second.polarity
    return _polar(candidate) and ours is not None and theirs is not None and ours.value == theirs.value


def contrary(candidate: Candidate) -> bool:
    """Whether one question asks for what the other asks to be denied, so that yes there is no here."""
    first, second = (negated(asking(described.record.request)) for described in (candidate.first, candidate.second))
    return first != second


def _polar(candidate: Candidate) -> bool:
    return candidate.first.question.kind == candidate.second.question.kind == "polar" and not contrary(candidate)


def _clash(candidate: Candidate) -> Clash | None:
    if not _polar(candidate):
        return None
    first, second = _position(candidate.first), _position(candidate.second)
    if first is None or second is None or first.side == second.side or not both_answer(candidate):
        return None
    return Clash(first, second, SLOT_CONFIDENCE, "polarity")


def _position(described: Described) -> Position | None:
    said = described.polarity
    if said is None:
        return None
    return Position(said.value, f"answers {said.value}", f"answer {said.value}", said.start, said.end)
