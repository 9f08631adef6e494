"""The engine of a cluster: work goes in blocks to a pool of Ray actors, results come back in order."""

from __future__ import annotations

import itertools
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contralint.config import Config
from contralint.engines.engine import Item, Result, Work
from contralint.engines.pool import Pool
from contralint.engines.worker import Start, Worker
from contralint.errors import MissingExtraError, UsageError
from contralint.models.judges import LANGUAGE_MODEL
from contralint.models.suite import Models
from contralint.neighbours.cells import near_pairs_by_cell
from contralint.neighbours.index import NearPairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LOCAL = "local"
# About a second's work: enough to outweigh the way there and back, little to lose with a worker.
_BLOCK = 256
_BLOCKS_PER_ACTOR = 2


class Ray:
    """Does the work on a Ray cluster, or on one that it starts on this machine.

    Raises:
        UsageError: Ray is not installed, or the judge is a language model.
    """

    def __init__(self, config: Config) -> None:
        if config.judge and config.judge.startswith(LANGUAGE_MODEL):
            raise UsageError(
                f"engine 'ray' does not go with the judge '{config.judge}': who counts its calls must be one"
            )
        try:
            import ray  # noqa: F401 - whether it is there
        except ImportError as error:
            raise MissingExtraError("the engine 'ray'", "ray") from error
        self._config = config

    def each(
        self, work: Work[Item, Result], items: Iterable[Item], most: int | None = None
    ) -> Iterator[tuple[Item, Result]]:
        size = min(most or _BLOCK, _BLOCK)
        if isinstance(items, Sequence):
            size = max(1, min(size, -(-len(items) // (_BLOCKS_PER_ACTOR * self._pool.size))))
        return self._pool.each(work, _blocks(items, size))

    def near_pairs(
        self, vectors: NDArray[np.float32], threshold: float, k: int, blocks: NDArray[np.int64] | None = None
    ) -> NearPairs:
        return near_pairs_by_cell(vectors, threshold, k, self.each, blocks)

    @cached_property
    def _pool(self) -> Pool:
        import ray

        _connect(self._config)
        size = self._config.ray.actors or int(ray.cluster_resources().get("CPU", 0))
        if not size:
            raise UsageError("ray: the cluster has no processor")
        config = self._config
        models = Models(config.embedder, Path(config.cache_dir) if config.cache_dir else None, 1, config.judge)
        actor = ray.remote(num_cpus=1, max_restarts=-1)(Worker)
        return Pool([actor.remote(models, Start.here()) for _ in range(size)])


def _connect(config: Config) -> None:
    """Joins the cluster that the configuration names, or that Ray itself was told of; else starts one."""
    import ray

    if ray.is_initialized():
        return
    address = config.ray.address or os.environ.get("RAY_ADDRESS") or _LOCAL
    settings: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
    if address == _LOCAL:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is sent anywhere that the user did not name
        settings |= {"num_cpus": config.jobs, "include_dashboard": False}
    try:
        ray.init(address=address, **settings)
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        raise UsageError(f"ray: the cluster at '{address}' cannot be reached: {error}") from error


def _blocks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while block := list(itertools.islice(rest, size)):
        yield block
