"""What a stage of a scan asks of the engine that runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from contralint.models.suite import Models
    from contralint.neighbours.index import NearPairs

Item = TypeVar("Item")
Result = TypeVar("Result")
# What is made of some items, one by one: of each the same, whichever others it is given with.
Work = Callable[["Models", Sequence[Item]], Sequence[Result]]


class Engine(Protocol):
    """Does the work of a scan that can be split: what it gives is the same wherever the work is done."""

    def each(
        self, work: Work[Item, Result], items: Iterable[Item], most: int | None = None
    ) -> Iterator[tuple[Item, Result]]:
        """Each item with what is made of it, in order.

        Args:
            work: What to do, with the models given.
            items: What to do it to.
            most: Items to hand over at once; None leaves that to the engine.
        """
        ...

    def near_pairs(
        self, vectors: NDArray[np.float32], threshold: float, k: int, blocks: NDArray[np.int64] | None = None
    ) -> NearPairs:
        """As `neighbours.near_pairs`."""
        ...
