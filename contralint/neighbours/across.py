"""Which of some vectors are near each of some others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from contralint.neighbours.index import DECIMALS, QUERIES, Entries, entries

if TYPE_CHECKING:
    from numpy.typing import NDArray


def near_across(queries: NDArray[np.float32], index: Any, threshold: float) -> Iterator[Entries]:  # noqa: ANN401 - faiss has no types
    """Yields, for some queries at a time, the rows of an index that are near them.

    Args:
        queries: Rows of length 1, or zero, which are near nothing.
        index: As `indexed` makes it.
        threshold: Least similarity, above 0.
    """
    for start in range(0, len(queries), QUERIES):
        found = entries(index, queries[start : start + QUERIES], threshold)
        yield Entries(found.query + start, found.neighbour, found.similarity)


def nearest(queries: NDArray[np.float32], index: Any) -> Entries:  # noqa: ANN401 - as above
    """The row of an index that is nearest to each query, in order; the index holds one at least."""
    neighbour = np.zeros(len(queries), np.int64)
    similarity = np.zeros(len(queries), np.float32)
    for start in range(0, len(queries), QUERIES):
        block = slice(start, start + QUERIES)
        similar, at = index.search(queries[block], 1)
        neighbour[block] = np.maximum(at[:, 0], 0)  # cells that are probed may be empty
        similarity[block] = np.where(at[:, 0] < 0, 0, np.round(similar[:, 0], DECIMALS))
    return Entries(np.arange(len(queries)), neighbour, similarity)
