"""What measuring gives, whatever was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contralint.bench.cases import Case
from contralint.bench.metrics import Bin

Figure = int | float | str | None


@dataclass(frozen=True)
class Table:
    """Figures in rows.

    Attributes:
        key: Its name in JSON.
        title: Its heading for readers.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Figure, ...], ...]


@dataclass(frozen=True)
class Mistake:
    """A case that was taken for what it is not.

    Attributes:
        name: What it is about, in a few words.
    """

    case: Case
    name: str
    expected: str
    found: str


@dataclass(frozen=True)
class Measurement:
    """The figures of one task.

    Attributes:
        figures: Name to figure; None where the cases do not tell.
        reliability: Scores against the share of positive cases; empty where nothing has a score.
        notes: What the reader should know of how it was measured, such as that a budget was used up.
    """

    task: str
    files: tuple[str, ...]
    figures: Mapping[str, Figure]
    tables: tuple[Table, ...]
    mistakes: tuple[Mistake, ...]
    reliability: tuple[Bin, ...] = ()
    notes: tuple[str, ...] = ()
