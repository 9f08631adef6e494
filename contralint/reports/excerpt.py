"""A stretch of record text on one line of a terminal, and where its evidence stands on that line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from contralint.diagnostics import Location
from contralint.reports.escape import quotable

_CUT = "..."
_LEAST_WIDTH = 20


@dataclass(frozen=True)
class Excerpt:
    """One line of quoted text.

    Attributes:
        text: The line, quotes included.
        mark_column: Cells of the line before the evidence.
        mark_width: Cells of the evidence, at least one.
    """

    text: str
    mark_column: int
    mark_width: int


def excerpt(place: Location, width: int) -> Excerpt:
    """Quotes a place's snippet, cropped around its evidence to `width` cells (never below 20)."""
    pieces = quotable(place.snippet)
    start = min(place.mark_start, len(pieces))
    end = min(max(start, place.mark_end), len(pieces))
    left, right = _window([cell_len(piece) for piece in pieces], start, end, max(width, _LEAST_WIDTH) - 2)
    head = '"' + (_CUT if left > 0 else "") + "".join(pieces[left:start])
    mark = "".join(pieces[start : min(end, right)])
    tail = "".join(pieces[min(end, right) : right]) + (_CUT if right < len(pieces) else "") + '"'
    column = cell_len(head)
    return Excerpt(head + mark + tail, column, max(1, cell_len(head + mark) - column))


def _window(widths: Sequence[int], start: int, end: int, budget: int) -> tuple[int, int]:
    """Bounds of what is shown: the evidence as far as it fits, then as much on both sides as fits."""
    if sum(widths) <= budget:
        return 0, len(widths)
    spare = budget - 2 * len(_CUT)
    left = right = start
    while right < end and widths[right] <= spare:
        spare -= widths[right]
        right += 1
    return _widen(widths, left, right, spare)


def _widen(widths: Sequence[int], left: int, right: int, spare: int) -> tuple[int, int]:
    while True:
        before = (left, right)
        if left > 0 and widths[left - 1] <= spare:
            left -= 1
            spare -= widths[left]
        if right < len(widths) and widths[right] <= spare:
            spare -= widths[right]
            right += 1
        if (left, right) == before:
            return before
