"""Text with its evidence and the words that differ from the other side marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from contralint.diagnostics import Passage
from contralint.reports.contrast import Stretches
from contralint.reports.html.element import Node, element

_SHOWN = 640  # characters of a text
_BEFORE = 160  # of these, before the evidence begins
_CUT = "..."


@dataclass(frozen=True)
class _Run:
    """Characters that are marked alike."""

    start: int
    end: int
    evidence: bool
    differs: bool


def marked(passage: Passage, differing: Stretches, shown: int = _SHOWN) -> Iterator[Node]:
    """Yields a text in pieces, cut where it is longer than what is to be shown of it."""
    first = max(0, min(passage.start - _BEFORE, len(passage.text) - shown))
    last = min(len(passage.text), first + shown)
    if first > 0 or passage.cut_before:
        yield _CUT
    for run in _runs(passage, differing, first, last):
        piece: Node = passage.text[run.start : run.end]
        if run.differs:
            piece = element("b", piece)
        yield element("mark", piece) if run.evidence else piece
    if last < len(passage.text) or passage.cut_after:
        yield _CUT


def _runs(passage: Passage, differing: Stretches, first: int, last: int) -> Iterator[_Run]:
    borders = {first, last, passage.start, passage.end, *(border for stretch in differing for border in stretch)}
    cuts = sorted(border for border in borders if first <= border <= last)
    for start, end in pairwise(cuts):
        evidence = passage.start <= start < passage.end
        yield _Run(start, end, evidence, any(one <= start < other for one, other in differing))
