"""Two records that ask the same, to be compared in what they answer."""

from __future__ import annotations

from dataclasses import dataclass

from contralint.facets.described import Described


@dataclass(frozen=True)
class Candidate:
    """A pair of records, in canonical order.

    Attributes:
        similarity: Cosine of the two requests, 1.0 where they are the same text.
        same: Probability that both ask the same, so that one answer must serve both.
    """

    first: Described
    second: Described
    similarity: float
    same: float

    @property
    def question(self) -> str:
        """The request that both stand for: the shorter of the two, then the smaller."""
        return min(self.first.record.request, self.second.record.request, key=lambda text: (len(text), text))


@dataclass(frozen=True)
class Position:
    """What one of the two does: the side it takes, in which words.

    Attributes:
        side: Key of the side: records with equal keys never clash.
        start, end: The words that show it, in the response.
    """

    side: str
    label: str
    plural: str
    start: int
    end: int


@dataclass(frozen=True)
class Clash:
    """That two records take different sides, how surely, and by which measure ("stance", "judge", ...)."""

    first: Position
    second: Position
    confidence: float
    measure: str
