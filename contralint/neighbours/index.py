"""Which vectors are near each other: exact search for most data, an inverted file for large data."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from contralint.models.encoder import on_grid

if TYPE_CHECKING:
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


@dataclass(frozen=True)
class NearPairs:
    """Pairs of rows whose similarity reaches the threshold, sorted, each once.

    Attributes:
        first: Lower row of each pair, shape (pairs,).
        second: Higher row of each pair, shape (pairs,).
        similarity: Cosine of each pair, rounded to 4 decimals, shape (pairs,).
        cut: Rows with more near rows than were kept, ascending.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    similarity: NDArray[np.float32]
    cut: NDArray[np.int64]


def near_pairs(vectors: NDArray[np.float32], threshold: float, k: int = 50, jobs: int | None = None) -> NearPairs:
    """Pairs of which either row lists the other among its `k` nearest at or above the threshold.

    Of equally near rows the one that stands first is listed first, so rows belong in an order of their own (as
    `collapse` gives them), not in that of a file.

    Args:
        vectors: Rows of length 1, shape (rows, dimension). A zero row is near nothing.
        threshold: Least similarity, above 0.
        k: Longest list of a row.
        jobs: Threads to use; one a processor if None.
    """
    import faiss

    faiss.omp_set_num_threads(jobs or os.cpu_count() or 1)
    present = np.flatnonzero(np.any(vectors != 0, axis=1))
    rows = np.ascontiguousarray(on_grid(vectors[present]))
    if len(rows) < 2:
        return _joined([], present, len(vectors))
    index = _index(rows)
    lists = [_lists(index, rows, start, threshold, k) for start in range(0, len(rows), QUERIES)]
    return _joined(lists, present, len(vectors))


@dataclass(frozen=True)
class _Lists:
    """Neighbour lists of a stretch of rows: row, neighbour and similarity of each entry; rows whose list was cut."""

    row: NDArray[np.int64]
    neighbour: NDArray[np.int64]
    similarity: NDArray[np.float32]
    cut: NDArray[np.int64]


def _index(rows: NDArray[np.float32]) -> Any:  # noqa: ANN401 - faiss has no types
    import faiss

    dimension = rows.shape[1]
    exact = faiss.IndexFlatIP(dimension)
    if len(rows) < EXACT_LIMIT:
        exact.add(rows)
        return exact
    cells = faiss.IndexIVFFlat(exact, dimension, CELLS, faiss.METRIC_INNER_PRODUCT)
    # Every so-maniest row, not a random draw: FAISS's own k-means is seeded.
    cells.train(rows[:: max(1, len(rows) // (CELLS * TRAINING_PER_CELL))])
    cells.add(rows)
    cells.nprobe = PROBES
    return cells


def _lists(index: Any, rows: NDArray[np.float32], start: int, threshold: float, k: int) -> _Lists:  # noqa: ANN401
    queries = rows[start : start + QUERIES]
    # A little lower than asked, so that rounding decides, not the search.
    bounds, similarity, neighbour = index.range_search(queries, float(threshold - 10.0**-DECIMALS))
    row = np.repeat(np.arange(start, start + len(queries)), np.diff(bounds.astype(np.int64)))
    similarity = np.round(similarity, DECIMALS)
    kept = (similarity >= np.float32(round(threshold, DECIMALS))) & (row != neighbour)
    row, neighbour, similarity = row[kept], neighbour[kept], similarity[kept]
    order = np.lexsort((neighbour, -similarity, row))
    row, neighbour, similarity = row[order], neighbour[order], similarity[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    return _Lists(row[rank < k], neighbour[rank < k], similarity[rank < k], row[rank == k])


def _joined(lists: list[_Lists], present: NDArray[np.int64], count: int) -> NearPairs:
    """Lists as pairs, in the numbers of the rows that were given."""
    none = np.zeros(0, np.int64)
    empty = _Lists(none, none, none.astype(np.float32), none)
    parts = [*lists, empty]
    row = present[np.concatenate([part.row for part in parts])]
    neighbour = present[np.concatenate([part.neighbour for part in parts])]
    pair = np.minimum(row, neighbour) * count + np.maximum(row, neighbour)
    unique, at = np.unique(pair, return_index=True)
    similarity = np.concatenate([part.similarity for part in parts])[at]
    cut = present[np.concatenate([part.cut for part in parts])]
    return NearPairs(unique // max(count, 1), unique % max(count, 1), similarity, cut)
