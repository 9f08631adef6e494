"""A log of real users' prompts: each one once, with how often it stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contralint.errors import UsageError
from contralint.neighbours.collapse import collapse
from contralint.readers import Row, Unreadable, read_log
from contralint.shapes import UnknownShape
from contralint.traffic.asked import read_requests


@dataclass(frozen=True)
class Log:
    """The requests of a log.

    Attributes:
        texts: Requests that differ.
        counts: How often each stands in the log.
        notes: What the reader should know of it, such as that rows were left out.
    """

    texts: tuple[str, ...]
    counts: NDArray[np.int64]
    notes: tuple[str, ...] = ()

    @classmethod
    def read(cls, files: Sequence[str], field: str | None = None) -> Log:
        """Reads the requests of some files.

        Args:
            files: Paths that `discover` gave.
            field: Dotted name of the column that holds the prompt; None looks for it in each row.

        Raises:
            UsageError: A file cannot be opened, or none holds a request.
        """
        reading = _Reading(field)
        requests = [text for path in files for text in reading.requests(path)]
        if not requests:
            raise UsageError(f"--usage: no prompts in {', '.join(files[:3])}{reading.hint}")
        found = collapse(requests)
        counts = np.bincount(found.member_of, minlength=len(found.unique)).astype(np.int64)
        return cls(found.unique, counts, reading.notes)

    @property
    def total(self) -> int:
        """How many requests there are."""
        return int(self.counts.sum())


@dataclass
class _Reading:
    """Reads files, and counts the rows that ask nothing."""

    field: str | None
    rows: int = 0
    empty: int = 0
    first: str = ""

    def requests(self, path: str) -> Iterator[str]:
        for row in read_log(path):
            self.rows += 1
            try:
                found = self._requests(row)
            except UnknownShape as error:
                self._leave_out(f"{path}:{row.line}: {error.reason}")
                continue
            if not found:
                self._leave_out(f"{path}:{row.line}: no user asks anything there")
            yield from found

    def _leave_out(self, why: str) -> None:
        self.empty += 1
        self.first = self.first or why

    def _requests(self, row: Row | Unreadable) -> list[str]:
        if isinstance(row, Unreadable):
            raise UnknownShape(row.reason)
        return read_requests(row, self.field)

    @property
    def hint(self) -> str:
        """Why there is nothing."""
        return f" ({self.first}); name the column with --usage-field" if self.empty else ""

    @property
    def notes(self) -> tuple[str, ...]:
        if not self.empty:
            return ()
        return (f"{self.empty:,} of {self.rows:,} rows of the usage log hold no prompt: {self.first}",)
