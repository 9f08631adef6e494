"""Which of some vectors are near each of some others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from contralint.neighbours.index import QUERIES, Entries, entries

if TYPE_CHECKING:
    import numpy as np
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
