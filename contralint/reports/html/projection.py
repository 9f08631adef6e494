"""Places of conflicts on a map: near each other are those that speak of the same things.

What a conflict speaks of are the words of its requests and of its sides, its rule and its sources: a vector of hashed
words, which needs no model. Two directions in which these vectors differ most (principal components) make the axes.
They are found by iteration from a fixed start, which settles signs and ties between directions alike on every machine.
Ranks along them are shown instead of values, so that a few odd conflicts do not press all others into a heap.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_BUCKETS = 256
_ROUNDS = 40
_DECIMALS = 6  # of values that are ranked: beyond, machines round differently


@dataclass(frozen=True)
class Point:
    """A place on the map, from 0 to 1 in each direction."""

    x: float
    y: float


def project(documents: Sequence[Sequence[str]]) -> list[Point]:
    """The place of each document, which is given as its words."""
    if not documents:
        return []
    vectors = _vectors(documents)
    places = np.round(vectors @ _directions(vectors), _DECIMALS)
    across, down = (_ranked(places[:, axis]) for axis in (0, 1))
    return [Point(x, y) for x, y in zip(across, down, strict=True)]


def _vectors(documents: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """A line a document: rare words weigh more, and every document the same."""
    counts = np.zeros((len(documents), _BUCKETS))
    for number, document in enumerate(documents):
        for word, count in Counter(document).items():
            hashed = zlib.crc32(word.encode("utf-8", "surrogatepass"))
            counts[number, hashed % _BUCKETS] += (1 if hashed & 0x8000_0000 else -1) * count**0.5
    rarity = np.log((1 + len(documents)) / (1 + np.count_nonzero(counts, axis=0)))
    weighed = counts * rarity
    lengths = np.sqrt((weighed**2).sum(axis=1, keepdims=True))
    shares = np.divide(weighed, lengths, out=np.zeros_like(weighed), where=lengths > 0)
    return np.asarray(shares - shares.mean(axis=0))


def _directions(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = vectors.T @ vectors
    steps = np.arange(_BUCKETS)
    first, second = _unit(np.cos(steps)), _unit(np.sin(steps))
    for _ in range(_ROUNDS):
        first = _unit(spread @ first)
        moved = spread @ second
        second = _unit(moved - first * (first @ moved))
    return np.stack([first, second], axis=1)


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.sqrt((vector**2).sum())
    # Where the documents differ in fewer directions than two, rounding is all that is left.
    return vector / length if length > 1e-9 else np.zeros_like(vector)


def _ranked(values: NDArray[Any]) -> list[float]:
    """Ranks from 0 to 1; of equal values in the order given."""
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.arange(len(values))
    return [float(rank) for rank in ranks / max(1, len(values) - 1)]
