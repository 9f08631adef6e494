"""The engine of one machine: everything in this process, by the threads of its models."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contralint.engines.engine import Item, Result, Work
from contralint.models.suite import Models
from contralint.neighbours.index import NearPairs, near_pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Local:
    """Does the work at once, with its own models."""

    models: Models

    def each(
        self, work: Work[Item, Result], items: Iterable[Item], most: int | None = None
    ) -> Iterator[tuple[Item, Result]]:
        rest = iter(items)
        while block := list(itertools.islice(rest, most)):
            yield from zip(block, work(self.models, block), strict=True)

    def near_pairs(
        self, vectors: NDArray[np.float32], threshold: float, k: int, blocks: NDArray[np.int64] | None = None
    ) -> NearPairs:
        return near_pairs(vectors, threshold, k, self.models.jobs, blocks)
