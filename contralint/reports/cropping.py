"""What a line keeps of a long text: the evidence, the words that differ, then what stands nearest to them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

CUT = "..."
_COMPANY = 2  # words shown on either side of what differs


class Piece(NamedTuple):
    """A word of an excerpt, or a part of one.

    Attributes:
        opens: Whether a word, or a stretch of marked text, starts here: a place to cut at.
        ours: Whether it is not the record's text: a quote or an ellipsis.
        hidden: Whether it stands for text that is too far away to be shown.
    """

    text: str
    width: int
    direction: str = "N"
    evidence: bool = False
    differing: bool = False
    opens: bool = True
    ours: bool = False
    hidden: bool = False


def cropped(pieces: Sequence[Piece], budget: int) -> list[Piece]:
    """Pieces that fit `budget` cells, with an ellipsis in place of each gap."""
    if sum(piece.width for piece in pieces) <= budget and not any(piece.hidden for piece in pieces):
        return list(pieces)
    strip = _Strip(list(_tokens(pieces)), budget)
    strip.choose()
    return list(strip.pieces())


def _tokens(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Words, each with the space before it."""
    token: list[Piece] = []
    for piece in pieces:
        if token and piece.opens and [part.text for part in token] != [" "]:
            yield token
            token = []
        token.append(piece)
    yield token


class _Strip:
    """Tokens of a text, some of them kept."""

    def __init__(self, tokens: Sequence[Sequence[Piece]], budget: int) -> None:
        self._tokens = tokens
        self._widths = [sum(piece.width for piece in token) for token in tokens]
        self._kept = [False] * len(tokens)
        self._spare = budget - len(CUT)

    def choose(self) -> None:
        """Keeps what matters first."""
        everywhere = range(len(self._tokens))
        evidence = [number for number in everywhere if any(piece.evidence for piece in self._tokens[number])]
        shown = range(evidence[0], evidence[-1] + 1) if evidence else range(0)
        if not self._keep(shown):
            self._keep_differing(shown)
            self._keep_start(shown)
        self._grow(shown)
        self._keep_differing(everywhere)
        self._keep_start(everywhere)
        self._grow(everywhere)

    def pieces(self) -> Iterator[Piece]:
        """What is kept, in order."""
        within = [any(piece.evidence for piece in token) for token in self._tokens]
        first, last = (within.index(True), len(within) - within[::-1].index(True)) if any(within) else (0, 0)
        for kept, numbers in itertools.groupby(range(len(self._tokens)), key=self._kept.__getitem__):
            gap = list(numbers)
            if kept:
                yield from itertools.chain.from_iterable(self._tokens[number] for number in gap)
            else:
                yield Piece(CUT, len(CUT), evidence=first <= gap[0] and gap[-1] < last, ours=True)

    def _keep(self, numbers: range) -> bool:
        """Keeps neighbouring tokens if all of them fit; what is closed need not be paid for any more."""
        new = [number for number in numbers if not self._kept[number]]
        if not new or any(piece.hidden for number in new for piece in self._tokens[number]):
            return not new
        before = self._gaps(numbers)
        for number in new:
            self._kept[number] = True
        spare = self._spare - sum(self._widths[number] for number in new)
        spare -= len(CUT) * (self._gaps(numbers) - before)
        if spare < 0:
            for number in new:
                self._kept[number] = False
            return False
        self._spare = spare
        return True

    def _gaps(self, numbers: range) -> int:
        """Gaps that begin at these tokens or right after them."""
        near = range(numbers.start, min(numbers.stop + 1, len(self._kept)))
        return sum(not self._kept[number] and (number == 0 or self._kept[number - 1]) for number in near)

    def _keep_differing(self, numbers: range) -> None:
        """Keeps each stretch that differs, with company where there is room for it."""
        for differs, group in itertools.groupby(numbers, key=self._differs):
            stretch = list(group)
            if differs:
                low, high = max(numbers.start, stretch[0] - _COMPANY), min(numbers.stop, stretch[-1] + 1 + _COMPANY)
                if not self._keep(range(low, high)):
                    self._keep_start(range(stretch[0], stretch[-1] + 1))

    def _differs(self, number: int) -> bool:
        return any(piece.differing for piece in self._tokens[number])

    def _keep_start(self, numbers: range) -> None:
        if not any(self._kept[number] for number in numbers):
            for number in numbers:
                if not self._keep(range(number, number + 1)):
                    break

    def _grow(self, numbers: range) -> None:
        """Keeps tokens beside kept ones, on both sides alike, until none fits."""
        growing = True
        while growing:
            edges = [number for number in numbers if self._at_edge(number)]
            growing = sum(self._keep(range(number, number + 1)) for number in edges) > 0

    def _at_edge(self, number: int) -> bool:
        around = (number - 1, number + 1)
        return not self._kept[number] and any(0 <= near < len(self._kept) and self._kept[near] for near in around)
