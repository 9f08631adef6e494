"""Watches changing data for a long time, and looks whether memory, descriptors and threads stay and data decide alone.

    python -m benchmarks.soak [--seconds N] [--rows N] [--csv FILE]

Two scans with --watch follow one folder, one with a small cache that forgets all the time, one without any; every few
rounds a scan in a process of its own joins them. In each round one file of the folder is replaced, comes or goes, back
to what was there before or on to what never was. All reports of one state of the folder must be the same bytes. The
first tenth of the rounds warms up; what is held in the second and in the last tenth is compared by its median.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path

import orjson

from benchmarks.generate import generate
from benchmarks.processes import ROOT, machine
from contralint.rulebook import load_rules

KNOWN = 8  # versions of the data that come back again and again
FRESH = 0.2  # share of the rounds that bring a version that never was
ALONE = 10  # rounds after which a scan in a process of its own joins
GROWTH = 1.05  # what the median of the last tenth may be of that of the second
ROUNDS = 30  # that are needed for a judgement
SETTINGS = "cache-size = 2\n"  # megabytes, which a hundred rounds fill


@dataclass(frozen=True)
class Held:
    """What a process holds: kilobytes of memory, open descriptors, threads."""

    memory: int
    descriptors: int
    threads: int

    @classmethod
    def of(cls, process: int) -> Held:
        """As Linux tells it."""
        proc = Path(f"/proc/{process}")
        told = dict(line.split(":", 1) for line in (proc / "status").read_text().splitlines())
        return cls(int(told["VmRSS"].split()[0]), len(list((proc / "fd").iterdir())), int(told["Threads"]))


class Data:
    """A folder that changes by one file at a time, each at once."""

    def __init__(self, folder: Path, rows: int) -> None:
        self._folder = folder / "data"
        self._folder.mkdir()
        self._beside = folder / "next"
        self._rows = rows
        self._chance = random.Random(0)
        self._fresh = KNOWN
        self.state = (0, False)
        self._write("rows.jsonl", 0)
        # Of what is loaded when it is first asked for, all is asked for in the first round.
        examples = [
            row for rule in load_rules().values() for example in rule.examples.conflict[:2] for row in example.records
        ]
        (self._folder / "fixed.jsonl").write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in examples))

    def change(self) -> None:
        """Brings the next state."""
        version, more = self.state
        what = self._chance.random()
        if what < FRESH:
            version, self._fresh = self._fresh, self._fresh + 1
        elif what < 1 - FRESH:
            version = self._chance.choice([known for known in range(KNOWN) if known != version])
        else:
            more = not more
        if version != self.state[0]:
            self._write("rows.jsonl", version)
        elif more:
            self._write("more.jsonl", -2)
        else:
            (self._folder / "more.jsonl").unlink()
        self.state = (version, more)

    def _write(self, name: str, version: int) -> None:
        """Rows of which most are the same in all versions, and some of their own, in another order."""
        own = self._rows // 20
        rows = [orjson.dumps(row) for row in generate(self._rows, seed=1, conflicts=own // 2)]
        if version != 0:
            rows[:own] = [orjson.dumps(row) for row in generate(own, seed=version + 10, conflicts=own // 2)]
            random.Random(version).shuffle(rows)
        self._beside.write_bytes(b"".join(row + b"\n" for row in rows))
        self._beside.replace(self._folder / name)


@dataclass
class Watcher:
    """A scan that watches the folder, and what it held after each round."""

    name: str
    folder: Path
    process: subprocess.Popen[str]
    held: list[Held] = field(default_factory=list)

    def round(self) -> bytes:
        """Waits for the end of a scan; its report."""
        assert self.process.stderr
        said = []
        for line in self.process.stderr:
            said.append(line)
            if "Ctrl-C ends" in line:
                self.held.append(Held.of(self.process.pid))
                return (self.folder / f"{self.name}.json").read_bytes()
        raise SystemExit(f"{self.name}: it has ended: {''.join(said)}")

    def told(self, what: str) -> tuple[float, float, float]:
        """Medians of the second and of the last tenth of the rounds, and the most."""
        values = [getattr(one, what) for one in self.held]
        tenth = max(1, len(values) // 10)
        return statistics.median(values[tenth : 2 * tenth]), statistics.median(values[-tenth:]), max(values)


@contextmanager
def watching(name: str, folder: Path, *options: str) -> Iterator[Watcher]:
    """A watching scan, ended afterwards."""
    command = [*_scan(name), "--watch", *options]
    with subprocess.Popen(command, cwd=folder, env=_environment(), stderr=subprocess.PIPE, text=True) as process:
        try:
            yield Watcher(name, folder, process)
        finally:
            process.kill()


def _scan(name: str) -> list[str]:
    where = ("data", "--exit-zero", "--jobs", "1", "--format", "json", "-o", f"{name}.json")
    return [sys.executable, "-m", "contralint", "scan", *where]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@dataclass
class Soak:
    """What came of it.

    Attributes:
        watchers: Who watched.
        reports: Hash of the report of each state of the data.
        compared: How many reports there were.
        seconds: How long it took.
    """

    watchers: list[Watcher] = field(default_factory=list)
    reports: dict[tuple[int, bool], bytes] = field(default_factory=dict)
    compared: int = 0
    seconds: float = 0.0

    def run(self, folder: Path, seconds: float, rows: int) -> None:
        """Changes data until the time is over.

        Raises:
            SystemExit: Two reports of one state are not the same.
        """
        (folder / "contralint.toml").write_text(SETTINGS)
        data, start = Data(folder, rows), time.monotonic()
        with ExitStack() as stack:
            for name, option in {"cached": "--cache-dir=cache", "uncached": "--no-cache"}.items():
                self.watchers.append(stack.enter_context(watching(name, folder, option)))
            while self.seconds < seconds:
                for watcher in self.watchers:
                    self._compare(data.state, watcher.name, watcher.round())
                if len(self.watchers[0].held) % ALONE == 0:
                    command = [*_scan("alone"), "--cache-dir=cache"]
                    subprocess.run(command, cwd=folder, env=_environment(), check=True)
                    self._compare(data.state, "alone", (folder / "alone.json").read_bytes())
                data.change()
                self.seconds = time.monotonic() - start

    def _compare(self, state: tuple[int, bool], name: str, report: bytes) -> None:
        digest = hashlib.sha256(report).digest()
        self.compared += 1
        if self.reports.setdefault(state, digest) != digest:
            raise SystemExit(f"round {len(self.watchers[0].held)}: {name} tells {state} otherwise than was told before")


def flat(watcher: Watcher) -> bool:
    """Prints what a process held, and tells whether it stayed."""
    stayed = len(watcher.held) >= ROUNDS
    for what in (one.name for one in fields(Held)):
        first, last, most = watcher.told(what)
        print(f"  {watcher.name:<9} {what:<12} {first:>10,.0f} {last:>10,.0f} {most:>10,.0f}")
        stayed = stayed and last <= first * GROWTH
    return stayed


def main() -> int:
    """Soaks, and prints what was held; the status is 1 where something grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--rows", type=int, default=400)
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write what was held after each round")
    arguments = parser.parse_args()
    print(machine(), flush=True)
    soak = Soak()
    with tempfile.TemporaryDirectory() as folder:
        soak.run(Path(folder), arguments.seconds, arguments.rows)
    rounds = len(soak.watchers[0].held)
    print(f"{soak.seconds:.0f} seconds, {rounds} rounds of about {arguments.rows} rows, {len(soak.reports)} states;")
    print(f"{soak.compared} reports, each the same bytes as all others of its state")
    print(f"  {'process':<9} {'holds':<12} {'second':>10} {'last tenth':>10} {'most':>10}")
    stayed = [flat(watcher) for watcher in soak.watchers]
    if arguments.csv:
        with arguments.csv.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["process", *(one.name for one in fields(Held))])
            writer.writerows([watcher.name, *astuple(one)] for watcher in soak.watchers for one in watcher.held)
    return 0 if all(stayed) else 1


if __name__ == "__main__":
    sys.exit(main())
