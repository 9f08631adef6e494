"""The engine of one machine with several processors: facets and comparisons are Python's work, one process a processor.

Models that run threads of their own, and FAISS, stay in the process that starts the scan.
"""

from __future__ import annotations

import itertools
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contralint.cache import NoStore, open_store
from contralint.config import Config
from contralint.engines.engine import Item, Result, Work
from contralint.engines.local import Local
from contralint.engines.worker import Start, Worker
from contralint.errors import UsageError
from contralint.models.suite import Models

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from contralint.neighbours.index import NearPairs

# Less than that is done before the processes are ready, which takes each of them a second.
LEAST = 4000
# About a tenth of a second's work: enough to outweigh the way there and back.
BLOCK = 256
# Blocks for each process that are under way or wait for an earlier one.
_AHEAD = 4
_LOOK = 1.0  # seconds between two looks whether the scan is still there
_IDLE = 60  # seconds after which processes without work end


class Processes:
    """Does little at once in this process, and much in several.

    Attributes:
        jobs: How many processes there are.
    """

    def __init__(self, config: Config, models: Models, jobs: int) -> None:
        self._here = Local(models)
        self._config = config
        self.jobs = jobs

    def each(
        self, work: Work[Item, Result], items: Iterable[Item], most: int | None = None
    ) -> Iterator[tuple[Item, Result]]:
        size = min(most or BLOCK, BLOCK)
        rest = iter(items)
        first = list(itertools.islice(rest, LEAST))
        if len(first) < LEAST:
            yield from self._here.each(work, first, most)
        else:
            yield from self._spread(work, itertools.chain(first, rest), size)

    def near_pairs(
        self, vectors: NDArray[np.float32], threshold: float, k: int, blocks: NDArray[np.int64] | None = None
    ) -> NearPairs:
        return self._here.near_pairs(vectors, threshold, k, blocks)

    def _spread(self, work: Work[Item, Result], items: Iterable[Item], size: int) -> Iterator[tuple[Item, Result]]:
        from loky.process_executor import TerminatedWorkerError

        executor = self._executor()
        rest = iter(items)
        running: deque[tuple[Sequence[Item], Any]] = deque()
        try:
            while True:
                while len(running) < _AHEAD * self.jobs and (waiting := list(itertools.islice(rest, size))):
                    running.append((waiting, executor.submit(_run, work, waiting)))
                if not running:
                    return
                block, outcome = running.popleft()
                yield from zip(block, outcome.result(), strict=True)
        except TerminatedWorkerError as error:
            raise UsageError(
                "a process of this scan was ended, most likely for want of memory: --jobs 1 needs least of it"
            ) from error
        finally:
            for _, outcome in running:
                outcome.cancel()

    def _executor(self) -> Any:  # noqa: ANN401 - loky has no types
        from loky import get_reusable_executor

        return get_reusable_executor(
            max_workers=self.jobs, timeout=_IDLE, initializer=_start, initargs=(self._config, Start.here(), os.getpid())
        )


_worker: Worker | None = None


def _start(config: Config, start: Start, scan: int) -> None:
    """Makes a process ready. An interrupt is for the process that started it, which ends this one."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(scan,), daemon=True).start()
    cache = Path(config.cache_dir) if config.cache_dir else None
    store = open_store(cache, config.cache_size * 1_000_000) if config.cache else NoStore()
    _worker = Worker(Models(config.embedder, cache, 1, config.judge, store=store, profile=config.profile), start)
    _worker.prepare()


def _end_with(scan: int) -> None:
    """Ends this process when the one that started it is gone: one that was killed can end nothing any more."""
    while os.name == "nt" or os.getppid() == scan:
        time.sleep(_LOOK)
    os._exit(1)


def _run(work: Work[Item, Result], items: Sequence[Item]) -> Sequence[Result]:
    assert _worker is not None
    return _worker.run(work, items)
