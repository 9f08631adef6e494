"""Blocks of rows: what lies in different ones is never compared, so it is never searched either.

Source: blocking, as record linkage has it (Fellegi and Sunter, 1969).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


def members_of_blocks(
    present: NDArray[np.int64], blocks: NDArray[np.int64] | None, among: NDArray[np.int64] | None = None
) -> Iterator[NDArray[np.int64]]:
    """The rows of each block that holds more than one.

    Args:
        present: Numbers of the rows that take part, ascending.
        blocks: The block of each row, of those that take no part too; all rows are one block if None.
        among: Rows whose blocks are wanted; every block if None.

    Yields:
        Numbers of rows, ascending.
    """
    if blocks is None:
        if len(present) > 1:
            yield present
        return
    if among is not None:
        present = present[np.isin(blocks[present], blocks[among])]
    order = present[np.argsort(blocks[present], kind="stable")]
    starts = np.flatnonzero(np.diff(blocks[order], prepend=-1))
    sizes = np.diff(starts, append=len(order))
    crowded = sizes > 1
    for start, size in zip(starts[crowded].tolist(), sizes[crowded].tolist(), strict=True):
        yield order[start : start + size]
