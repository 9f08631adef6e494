"""Whole processes, timed and weighed: what the benchmarks that start them share."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from contralint.models.search import Profile

ROOT: Final = Path(__file__).parent.parent
PROFILES: Final[tuple[Profile, ...]] = ("fast", "balanced", "thorough")
# Diagnostics found or not: both are a scan that went well.
WENT_WELL: Final = (0, 1)
_EVERY: Final = 0.2  # seconds between two looks at the memory of a process


@dataclass(frozen=True)
class Took:
    """What a command and all that it started took.

    Attributes:
        wall: Seconds by the clock.
        work: Seconds of processor time.
        memory: Most bytes that its processes held together at any look; what they share counts once.
        printed: Its standard output.
    """

    wall: float
    work: float
    memory: int
    printed: bytes


class _Watch(threading.Thread):
    """Looks at the memory of a session of processes until told to stop."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self.over = threading.Event()
        self._session = session

    def run(self) -> None:
        while not self.over.wait(_EVERY):
            self.most = max(self.most, sum(map(_held, self._members())))

    def _members(self) -> list[Path]:
        found = []
        for folder in Path("/proc").iterdir():
            with suppress(ProcessLookupError):
                if folder.name.isdigit() and os.getsid(int(folder.name)) == self._session:
                    found.append(folder)
        return found


def _held(process: Path) -> int:
    """Proportional set size of a process in bytes: of a page that n processes share, one nth."""
    try:
        lines = (process / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):  # it has ended
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def run(*command: str) -> Took:
    """Runs a command with this checkout's package.

    Raises:
        SystemExit: It ended with another status than a scan's.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    before, start = _worked(), time.perf_counter()
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        try:
            printed, complaints = process.communicate()
        finally:
            watch.over.set()
            watch.join()
    wall = time.perf_counter() - start
    if process.returncode not in WENT_WELL:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{complaints.decode()}")
    return Took(wall, _worked() - before, watch.most, printed)


def scan(path: str, *options: str) -> Took:
    """Scans a file without a cache, as a user would, and prints JSON."""
    return run(
        sys.executable, "-m", "contralint", "scan", path, "--isolated", "--no-cache", "--format", "json", *options
    )


def machine() -> str:
    """The machine and how busy it is, to stand above figures."""
    load = f"{os.getloadavg()[0]:.1f}"
    return f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load} at the start"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
