"""Different numbers, dates or units of the same quantity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contralint.facets.described import Described
from contralint.facets.quantities import Quantity
from contralint.kinds.candidate import Candidate, Clash, Position
from contralint.kinds.comparisons.aids import SLOT_CONFIDENCE, Aids, both_answer

_BARE = 4  # words of an answer that is a figure and little else, whatever the question looks like


def compare(candidates: Sequence[Candidate], parameters: Mapping[str, Any], aids: Aids) -> list[Clash | None]:  # noqa: ARG001 - a comparison's signature
    """Clashes where both answers state a quantity of one dimension and no two of these agree."""
    return [_clash(candidate) for candidate in candidates]


def _clash(candidate: Candidate) -> Clash | None:
    first, second = candidate.first, candidate.second
    if not (_asks_quantity(candidate) and first.quantities and second.quantities):
        return None
    opposed = _opposed(first.quantities, second.quantities)
    if opposed is None or not both_answer(candidate):
        return None
    ours, theirs = _position(first, opposed[0]), _position(second, opposed[1])
    if ours.side == theirs.side:
        return None
    return Clash(ours, theirs, SLOT_CONFIDENCE, "quantity")


def agree(candidate: Candidate) -> bool:
    """Whether both answers to a question for a quantity state the same one, perhaps in other units."""
    return _asks_quantity(candidate) and any(
        one.dimension == other.dimension and one.agrees(other)
        for one in candidate.first.quantities
        for other in candidate.second.quantities
    )


def _asks_quantity(candidate: Candidate) -> bool:
    pair = (candidate.first, candidate.second)
    if any(described.question.kind == "quantity" for described in pair):
        return True
    bare = all(described.answer and len(described.answer.text.split()) <= _BARE for described in pair)
    return bare and any(described.question.closed for described in pair)


def _opposed(first: Sequence[Quantity], second: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The first two of one dimension, where no two of that dimension agree."""
    shared = [one.dimension for one in first if any(one.dimension == other.dimension for other in second)]
    if not shared:
        return None
    ours = [one for one in first if one.dimension == shared[0]]
    theirs = [one for one in second if one.dimension == shared[0]]
    if any(one.agrees(other) for one in ours for other in theirs):
        return None
    return ours[0], theirs[0]


def _position(described: Described, quantity: Quantity) -> Position:
    shown = described.span(quantity.start, quantity.end).text
    side = f"{quantity.dimension} {_rounded(quantity)}"
    return Position(side, f'says "{shown}"', f'say "{shown}"', quantity.start, quantity.end)


def _rounded(quantity: Quantity) -> str:
    """The value as sides are told apart by it: measures in other units (330 m, 1,083 ft) come out alike."""
    if isinstance(quantity.value, tuple) or quantity.dimension == "count":
        return str(quantity.value)
    return f"{quantity.value:.3g}"
