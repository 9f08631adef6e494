"""A stretch of record text on one line of a terminal, and where on that line stands what matters."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from contralint.diagnostics import Passage
from contralint.reports.cells import drawn, runs, shown
from contralint.reports.contrast import Stretches
from contralint.reports.cropping import CUT, Piece, cropped

_LEAST_WIDTH = 20
_FAR = Piece(CUT, len(CUT), hidden=True)
_LONG = 16  # cells from which a word may be cut
_SPOTS = 5  # stretches that differ, of those that lie far from the evidence, for which a line may have room
_QUOTE = Piece('"', 1, ours=True)
# Places to cut at, as Unicode parts words: scripts without spaces have some too.
_BREAKS = regex.compile(r"(?w)\b")


@dataclass(frozen=True)
class Mark:
    """Cells of a line, counted from 0."""

    column: int
    width: int


@dataclass(frozen=True)
class Excerpt:
    """One line of quoted text, piece by piece."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The line, quotes included."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def right_to_left(self) -> bool:
        """Whether any of it may be laid out from right to left."""
        return any(piece.direction == "R" for piece in self.pieces)

    def evidence(self, *, whole_runs: bool = False) -> Mark:
        """Where the evidence stands, at least one cell."""
        marks = self._marks([piece.evidence for piece in self.pieces], whole_runs=whole_runs)
        if not marks:
            return Mark(sum(piece.width for piece in self.pieces) - 1, 1)
        return Mark(marks[0].column, marks[-1].column + marks[-1].width - marks[0].column)

    def differing(self, *, whole_runs: bool = False) -> list[Mark]:
        """Where the words stand that differ."""
        return self._marks([piece.differing for piece in self.pieces], whole_runs=whole_runs)

    def _marks(self, chosen: Sequence[bool], *, whole_runs: bool) -> list[Mark]:
        """Cells of chosen pieces.

        Some terminals lay right-to-left writing out as it is read, others in the order of its letters. A run of it
        takes the same cells in both, a word within it other ones: `whole_runs` marks all of a run that is touched.
        """
        flags = list(chosen)
        for start, end in runs([piece.direction for piece in self.pieces]) if whole_runs else ():
            flags[start:end] = [any(chosen[start:end])] * (end - start)
        marks: list[Mark] = []
        column = 0
        for flag, group in itertools.groupby(zip(flags, self.pieces, strict=True), key=lambda pair: pair[0]):
            width = sum(piece.width for _, piece in group)
            if flag:
                marks.append(Mark(column, max(1, width)))
            column += width
        return marks


def excerpt(passage: Passage, width: int, differing: Stretches = ()) -> Excerpt:
    """Quotes a passage with what stands around it.

    Args:
        passage: What must be seen.
        width: Cells to crop to, never below 20.
        differing: Stretches of the text that should be seen besides.
    """
    budget = max(width, _LEAST_WIDTH) - 2
    pieces = _pieces(passage, differing, budget)
    return Excerpt((_QUOTE, *cropped(pieces, budget), _QUOTE))


def _pieces(passage: Passage, differing: Stretches, budget: int) -> list[Piece]:
    text, start = passage.text, min(passage.start, len(passage.text))
    evidence = (start, max(passage.end, start + 1))
    pieces: list[Piece] = []
    at = 0
    cut = passage.cut_before
    for low, high in _regions(text, start, differing, budget):
        if cut or low > at:
            pieces.append(_FAR)
        pieces += _region(text[low:high], _shifted([evidence], low), _shifted(differing, low), min(_LONG, budget // 2))
        at, cut = high, False
    return [*pieces, _FAR] if at < len(text) or passage.cut_after else pieces


def _regions(text: str, start: int, differing: Stretches, reach: int) -> list[tuple[int, int]]:
    """Stretches of the text that could be shown: of a long text a line needs only what is near."""
    before = max(reach // 2, reach - (len(text) - start))
    regions = [(_back(text, start, before), _on(text, start, reach))]
    for low, high in differing[:_SPOTS]:
        regions.append((_back(text, low, reach // 3), _on(text, min(high, low + reach), reach // 3)))
    joined: list[tuple[int, int]] = []
    for low, high in sorted(regions):
        if joined and low <= joined[-1][1]:
            low, high = joined[-1][0], max(high, joined.pop()[1])
        joined.append((low, high))
    return joined


def _back(text: str, at: int, reach: int) -> int:
    """Where a region begins: at a word, or at the space before it, unless the word is a long one."""
    low = max(0, at - reach)
    low = next(_breaks_between(text, low, min(at, low + _LONG)), low) if low else low
    return low - 1 if low and text[low - 1] == " " else low


def _on(text: str, at: int, reach: int) -> int:
    """Where a region ends: after a word, unless the word is a long one."""
    high = min(len(text), at + reach)
    return max(_breaks_between(text, max(at, high - _LONG), high), default=high) if high < len(text) else high


def _breaks_between(text: str, low: int, high: int) -> Iterator[int]:
    return (low + found.start() for found in _BREAKS.finditer(text[low:high]) if 0 < found.start() < high - low)


def _shifted(stretches: Iterable[tuple[int, int]], offset: int) -> Stretches:
    return tuple((start - offset, end - offset) for start, end in stretches)


def _region(text: str, evidence: Stretches, differing: Stretches, longest: int) -> Iterator[Piece]:
    """Words, each as one piece; what is longer than a line can afford, or marked in part, falls into characters."""
    within, near = _flags(text, evidence), _flags(text, differing)
    breaks = [match.start() for match in _BREAKS.finditer(text)]
    for start, end in zip([0, *breaks], [*breaks, len(text)], strict=True):
        word = shown(text[start:end])
        long = word.width > longest
        if not (long or _mixed(within[start:end]) or _mixed(near[start:end])):
            if start < end:
                yield Piece(*word, evidence=bool(within[start]), differing=bool(near[start]))
            continue
        at = start
        for part in drawn(text[start:end]):
            turns = near[at] != near[at - 1] or within[at] != within[at - 1]
            evident, differs = any(within[at : at + len(part)]), any(near[at : at + len(part)])
            yield Piece(*shown(part), evident, differs, opens=long or turns or at == start)
            at += len(part)


def _mixed(flags: bytearray) -> bool:
    return 0 < sum(flags) < len(flags)


def _flags(text: str, stretches: Iterable[tuple[int, int]]) -> bytearray:
    """One for each character within a stretch, zero for all others."""
    flags = bytearray(len(text))
    for start, end in stretches:
        low, high = max(0, start), min(len(text), end)
        if low < high:
            flags[low:high] = b"\1" * (high - low)
    return flags
