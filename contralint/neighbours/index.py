"""Which vectors are near each other: exact search for most data, an inverted file for large data."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from contralint.neighbours.blocks import members_of_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

# Exact search compares all with all; from here on only vectors in cells near the query's are compared.
EXACT_LIMIT = 50_000
CELLS = 512
TRAINING_PER_CELL = 64
# A quarter of the cells. Pairs whose cells lie further apart are missed: see docs/models/encoder.md.
PROBES = 128
# FAISS has a cost a call that fewer queries do not repay; more of them could list too many neighbours at once.
QUERIES = 1024
DECIMALS = 4
_WAITING = 1_000_000  # entries of lists that are held before they become pairs: 28 bytes each, where a pair has 12


@dataclass(frozen=True)
class NearPairs:
    """Pairs of rows whose similarity reaches the threshold, sorted, each once.

    Attributes:
        first: Lower row of each pair, shape (pairs,).
        second: Higher row of each pair, shape (pairs,).
        similarity: Cosine of each pair, rounded to 4 decimals, shape (pairs,).
        degree: How many rows are near each row, whether they were kept or not, shape (rows,).
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    similarity: NDArray[np.float32]
    degree: NDArray[np.int64]


@dataclass(frozen=True)
class Entries:
    """Near rows as an index gives them: position of the query, number of the row, similarity."""

    query: NDArray[np.int64]
    neighbour: NDArray[np.int64]
    similarity: NDArray[np.float32]


@dataclass(frozen=True)
class Lists:
    """Rows near some rows, the nearest first: row, neighbour, similarity and rank from 0 of each entry."""

    row: NDArray[np.int64]
    neighbour: NDArray[np.int64]
    similarity: NDArray[np.float32]
    rank: NDArray[np.int64]

    def nearest(self, k: int) -> Lists:
        """The first `k` entries of each row."""
        kept = self.rank < k
        return Lists(self.row[kept], self.neighbour[kept], self.similarity[kept], self.rank[kept])

    def numbered(self, numbers: NDArray[np.int64]) -> Lists:
        """The same entries, of rows that have these numbers elsewhere."""
        return Lists(numbers[self.row], numbers[self.neighbour], self.similarity, self.rank)


def near_pairs(
    vectors: NDArray[np.float32],
    threshold: float,
    k: int = 50,
    jobs: int | None = None,
    blocks: NDArray[np.int64] | None = None,
) -> NearPairs:
    """Pairs of which either row lists the other among its `k` nearest at or above the threshold.

    Of equally near rows the one that stands first is listed first, so rows belong in an order of their own (as
    `collapse` gives them), not in that of a file.

    Args:
        vectors: Rows of length 1 as an `Encoder` gives them, shape (rows, dimension). A zero row is near nothing.
        threshold: Least similarity, above 0.
        k: Longest list of a row.
        jobs: Threads to use; one a processor if None.
        blocks: The block of each row, from 0, shape (rows,): rows of different ones are not compared. None for one.
    """
    degree = np.zeros(len(vectors), np.int64)

    def lists() -> Iterator[Lists]:
        for members in members_of_blocks(present_rows(vectors), blocks):
            rows = vectors if len(members) == len(vectors) else vectors[members]
            for found in lists_within(rows, threshold, jobs):
                np.add.at(degree, members[found.row], 1)
                yield found.nearest(k).numbered(members)

    return joined(lists(), len(vectors), degree)


def near_rows(
    vectors: NDArray[np.float32],
    numbers: NDArray[np.int64],
    threshold: float,
    blocks: NDArray[np.int64] | None = None,
) -> Lists:
    """All rows near some rows, found exactly.

    Args:
        vectors: As of `near_pairs`.
        numbers: The rows to find the neighbours of, ascending.
        threshold: As of `near_pairs`.
        blocks: As of `near_pairs`.
    """
    lists = []
    for members in members_of_blocks(np.arange(len(vectors)), blocks, numbers) if len(numbers) else ():
        rows = np.ascontiguousarray(vectors[members])
        exact = _exact(rows)
        queries = np.flatnonzero(np.isin(members, numbers))
        pieces = np.array_split(queries, -(-len(queries) // QUERIES))
        lists += [_lists(exact, rows[piece], piece, threshold).numbered(members) for piece in pieces]
    return concatenated(lists)


def present_rows(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """Numbers of the rows that are not zero."""
    return np.flatnonzero(np.any(vectors != 0, axis=1))


def lists_within(vectors: NDArray[np.float32], threshold: float, jobs: int | None = None) -> Iterator[Lists]:
    """Near rows of each of some rows, a part of them at a time."""
    rows = np.ascontiguousarray(vectors)
    index = indexed(rows, jobs)
    for start in range(0, len(rows), QUERIES):
        numbers = np.arange(start, min(start + QUERIES, len(rows)))
        yield _lists(index, rows[numbers], numbers, threshold)


def joined(lists: Iterable[Lists], count: int, degree: NDArray[np.int64]) -> NearPairs:
    """Lists as pairs.

    Args:
        lists: Entries in the numbers of `count` rows; they are taken in as they come.
        count: How many rows there are.
        degree: As of `NearPairs`; it may be filled in as the lists come.
    """
    pair, similarity = np.zeros(0, np.int64), np.zeros(0, np.float32)
    waiting: list[Lists] = []
    for found in lists:
        waiting.append(found)
        if sum(len(each.row) for each in waiting) > max(len(pair), _WAITING):
            pair, similarity = _merged(pair, similarity, waiting, count)
            waiting.clear()
    pair, similarity = _merged(pair, similarity, waiting, count)
    return NearPairs(pair // max(count, 1), pair % max(count, 1), similarity, degree)


def _merged(
    pair: NDArray[np.int64], similarity: NDArray[np.float32], lists: Sequence[Lists], count: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Pairs, each as one number, and those of further lists, each once."""
    codes = [np.minimum(each.row, each.neighbour) * count + np.maximum(each.row, each.neighbour) for each in lists]
    unique, at = np.unique(np.concatenate([pair, *codes]), return_index=True)
    return unique, np.concatenate([similarity, *(each.similarity for each in lists)])[at]


def trained_cells(rows: NDArray[np.float32], jobs: int | None = None) -> Any:  # noqa: ANN401 - faiss has no types
    """An inverted file without entries, whose cells part some rows."""
    import faiss

    faiss.omp_set_num_threads(jobs or os.cpu_count() or 1)
    cells = faiss.IndexIVFFlat(faiss.IndexFlatIP(rows.shape[1]), rows.shape[1], CELLS, faiss.METRIC_INNER_PRODUCT)
    # Every so-maniest row, not a random draw: FAISS's own k-means is seeded.
    cells.train(rows[:: max(1, len(rows) // (CELLS * TRAINING_PER_CELL))])
    cells.nprobe = PROBES
    return cells


def indexed(rows: NDArray[np.float32], jobs: int | None = None) -> Any:  # noqa: ANN401 - as above
    """Some rows, to be searched: exactly, or by cells where there are many."""
    import faiss

    faiss.omp_set_num_threads(jobs or os.cpu_count() or 1)
    if len(rows) < EXACT_LIMIT:
        return _exact(rows)
    index = trained_cells(rows, jobs)
    index.add(rows)
    return index


def _exact(rows: NDArray[np.float32]) -> Any:  # noqa: ANN401 - as above
    import faiss

    index = faiss.IndexFlatIP(rows.shape[1])
    index.add(rows)
    return index


def entries(index: Any, queries: NDArray[np.float32], threshold: float) -> Entries:  # noqa: ANN401 - faiss has no types
    """All rows of an index that are near some vectors, in no order."""
    # A little lower than asked, so that rounding decides, not the search.
    bounds, similarity, neighbour = index.range_search(queries, float(threshold - 10.0**-DECIMALS))
    query = np.repeat(np.arange(len(queries)), np.diff(bounds.astype(np.int64)))
    similarity = np.round(similarity, DECIMALS)
    kept = similarity >= np.float32(round(threshold, DECIMALS))
    return Entries(query[kept], neighbour[kept], similarity[kept])


def ranked(row: NDArray[np.int64], neighbour: NDArray[np.int64], similarity: NDArray[np.float32]) -> Lists:
    """Entries as lists: by row, the nearest first, of equally near ones that with the lower number."""
    kept = row != neighbour
    row, neighbour, similarity = row[kept], neighbour[kept], similarity[kept]
    order = np.lexsort((neighbour, -similarity, row))
    row, neighbour, similarity = row[order], neighbour[order], similarity[order]
    return Lists(row, neighbour, similarity, np.arange(len(row)) - np.searchsorted(row, row))


def concatenated(lists: Sequence[Lists]) -> Lists:
    """The entries of several lists."""
    return Lists(*(np.concatenate([getattr(each, name) for each in [_NONE, *lists]]) for name in _NAMES))


def _lists(index: Any, queries: NDArray[np.float32], numbers: NDArray[np.int64], threshold: float) -> Lists:  # noqa: ANN401 - as above
    found = entries(index, queries, threshold)
    return ranked(numbers[found.query], found.neighbour, found.similarity)


_NAMES = ("row", "neighbour", "similarity", "rank")
_NONE = Lists(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.int64))
