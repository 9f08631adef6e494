"""What a scan on a cluster costs, by where: processor time of workers and of the process that starts it, and memory.

    python -m benchmarks.cluster_rates FILE... [--rows N]

Nothing is sent anywhere: each block of work is packed, unpacked and done in this process as a worker would, and timed.
Processor time is counted, which other programs disturb less than the clock.
"""

from __future__ import annotations

import argparse
import itertools
import os
import pickle
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contralint import Config, Linter
from contralint.engines import SpreadEncoder
from contralint.engines.engine import Item, Result, Work
from contralint.models.suite import Models
from contralint.neighbours.cells import near_pairs_by_cell
from contralint.neighbours.index import NearPairs

BLOCK = 256


class Timed:
    """Does what a cluster does, block by block, and keeps account of it."""

    def __init__(self) -> None:
        self.models = Models(jobs=1)
        self.seconds: dict[str, float] = defaultdict(float)
        self.bytes = 0
        self.items: dict[str, int] = defaultdict(int)

    def each(
        self, work: Work[Item, Result], items: Iterable[Item], most: int | None = None
    ) -> Iterator[tuple[Item, Result]]:
        rest = iter(items)
        name = getattr(work, "func", work).__name__  # type: ignore[attr-defined] # a function, or a partial one
        while block := list(itertools.islice(rest, min(most or BLOCK, BLOCK))):
            sent = pickle.dumps(block)
            start = time.process_time()
            back = pickle.dumps(work(self.models, pickle.loads(sent)))
            self.seconds[name] += time.process_time() - start
            self.bytes += len(sent) + len(back)
            self.items[name] += len(block)
            yield from zip(block, pickle.loads(back), strict=True)

    def near_pairs(self, vectors: NDArray[np.float32], threshold: float, k: int) -> NearPairs:
        return near_pairs_by_cell(vectors, threshold, k, self.each)


def resident() -> int:
    """Bytes of memory that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def sampled(files: list[str], rows: int, folder: str) -> str:
    """So many lines of some files, evenly spread, as a file of their own."""
    lines = [line for file in files for line in Path(file).read_bytes().splitlines(keepends=True)]
    path = Path(folder) / "rows.jsonl"
    path.write_bytes(b"".join(lines[:: max(1, len(lines) // rows)][:rows]))
    return str(path)


def linter(engine: Timed) -> Linter:
    """A linter whose work an engine does."""
    made = Linter(Config(cache=False))
    made.engine = engine
    made.models.elsewhere = partial(SpreadEncoder, engine)
    return made


def main() -> None:
    """Scans some rows and prints what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", help="JSON Lines")
    parser.add_argument("--rows", type=int, default=3000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        linter(Timed()).lint_paths([sampled(arguments.files, 200, folder)])  # loads what is loaded once
        path = sampled(arguments.files, arguments.rows, folder)
        engine = Timed()
        scanning = linter(engine)
        held, start = resident(), time.process_time()
        report = scanning.lint_paths([path])
        own = time.process_time() - start - sum(engine.seconds.values())
        records, size = report.summary.records, Path(path).stat().st_size
        print(f"{records} records of {size / records:.0f} bytes, {len(report.diagnostics)} diagnostics")
        for name, seconds in engine.seconds.items():
            print(f"  workers: {name:<12}{engine.items[name]:8} items{seconds:9.2f} s")
        total = sum(engine.seconds.values())
        print(f"a record: {1e3 * total / records:.2f} ms of workers, {1e3 * own / records:.3f} ms of this process")
        sent, grown = engine.bytes / records, (resident() - held) / records
        print(f"a record: {sent:.0f} bytes sent to and fro, {grown:.0f} bytes more resident here")


if __name__ == "__main__":
    main()
