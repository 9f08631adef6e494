"""One thing that reads what others wrote, and what must hold whatever they wrote."""

from __future__ import annotations

import contextlib
import hashlib
import resource
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hypothesis.strategies import SearchStrategy

CORPUS = Path(__file__).parent.parent / "data" / "fuzz"
SECONDS = 20  # for one input, with room for a busy machine: most take some milliseconds


MEGABYTES = 1000  # that the process may grow by for one input, beyond what it ever had


class HangError(AssertionError):
    """An input takes longer than any may."""


class MemoryGrowthError(AssertionError):
    """An input takes more memory than any may."""


@dataclass(frozen=True)
class Target:
    """Something to fuzz.

    Attributes:
        name: Also that of its folder in the corpus.
        check: Reads an input, in an empty folder of its own; raises whatever must not be raised.
        inputs: Inputs that are worth trying.
    """

    name: str
    check: Callable[[bytes, Path], None]
    inputs: SearchStrategy[bytes]

    @property
    def folder(self) -> Path:
        """Where its corpus lies."""
        return CORPUS / self.name

    def corpus(self) -> list[Path]:
        """Inputs that once were found to fail."""
        return sorted(self.folder.glob("*"))

    def keep(self, data: bytes) -> Path:
        """Adds an input to the corpus."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / hashlib.sha256(data).hexdigest()[:12]
        path.write_bytes(data)
        return path

    def attempt(self, data: bytes, folder: Path) -> None:
        """Checks one input within its time."""
        before = _peak()
        with limited():
            self.check(data, folder)
        if _peak() - before > MEGABYTES:
            raise MemoryGrowthError(f"grew by {_peak() - before} MB, from {before}")


def _peak() -> int:
    """Megabytes that the process held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """Raises HangError where what is done within takes too long: the processor's time, or far longer by the clock."""

    def hang(*_: object) -> None:
        raise HangError(f"longer than {SECONDS} seconds")

    timers = {signal.ITIMER_PROF: (signal.SIGPROF, SECONDS), signal.ITIMER_REAL: (signal.SIGALRM, 30 * SECONDS)}
    before = {number: signal.signal(number, hang) for number, _ in timers.values()}
    for timer, (_, seconds) in timers.items():
        signal.setitimer(timer, seconds, 1)  # again each second: libraries swallow errors here and there
    try:
        yield
    finally:
        for timer, (number, _) in timers.items():
            signal.setitimer(timer, 0)
            signal.signal(number, before[number])
