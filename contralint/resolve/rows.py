"""The rows of conflicts, read again: what they hold, and what they teach."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contralint.diagnostics import Diagnostic
from contralint.intake import Intake
from contralint.kinds.pairing import content_hash
from contralint.readers import Row, read_some
from contralint.records import Record
from contralint.resolve.change import RowKey

_SHORT = 12  # hex characters by which decisions tell records apart


@dataclass(frozen=True)
class Teaching:
    """A row and the records that it gives."""

    row: Row
    records: tuple[Record, ...]

    @property
    def place(self) -> str:
        """The row as messages name it."""
        return f"{self.row.path}:{self.row.line}"


@dataclass(frozen=True)
class Rows:
    """Rows by their place.

    Attributes:
        intake: Makes what reads rows under the configuration.
        taught: The rows; those that cannot be read, or fit no shape, have no records.
    """

    intake: Callable[[], Intake]
    taught: Mapping[RowKey, Teaching]

    @classmethod
    def of(cls, diagnostics: Iterable[Diagnostic], intake: Callable[[], Intake]) -> Rows:
        """The rows of conflicts; each file is read once.

        Raises:
            UsageError: A file cannot be read any more.
        """
        members = (place for found in diagnostics for side in found.sides for place in side.members)
        return cls.at(((place.path, place.index) for place in members), intake)

    @classmethod
    def at(cls, places: Iterable[RowKey], intake: Callable[[], Intake]) -> Rows:
        """The rows at some places; each file is read once.

        Raises:
            UsageError: A file cannot be read any more.
        """
        wanted: dict[str, set[int]] = defaultdict(set)
        for path, index in places:
            wanted[path].add(index)
        rows = (row for path in sorted(wanted) for row in read_some(path, wanted[path]))
        taught = {(row.path, row.index): Teaching(row, teachings(row, intake)) for row in rows if isinstance(row, Row)}
        return cls(intake, taught)

    def again(self, teaching: Teaching, data: Any) -> Teaching:  # noqa: ANN401 (a row of any type)
        """A row as it would be read with other data."""
        row = dataclasses.replace(teaching.row, data=data)
        return Teaching(row, teachings(row, self.intake))


def teachings(row: Row, intake: Callable[[], Intake]) -> tuple[Record, ...]:
    """The records of a row; none where it fits no shape."""
    made = intake()
    made.take([row])
    return tuple(made.records)


def short_hash(record: Record) -> str:
    """The hash by which decisions know what a record teaches."""
    return content_hash(record)[:_SHORT]
