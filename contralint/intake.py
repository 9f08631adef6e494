"""What reading a dataset gives: its teachings, and the rows that give none; every row is counted."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from contralint.readers import Row, Unreadable, content_digest, described
from contralint.records import Record, Split
from contralint.shapes import Layout, UnknownShape, read_row, read_source
from contralint.suppression import Ignores

UNREADABLE_ROW, UNKNOWN_SHAPE = "CL001", "CL002"


@dataclass(frozen=True)
class Broken:
    """A row that gives no record, and the rule that reports it."""

    rule: str
    row: Unreadable


@dataclass
class Intake:
    """Rows turned into records as they come.

    Attributes:
        shape: Shape that all rows are read as; None detects it row by row.
        columns: Field to column, for rows of no known shape.
        ignores: What the rows themselves and their paths ask not to be held to.
        source_field: Dotted name of the column that tells a row's source; None looks where rows usually tell it.
        rows: Rows seen; each is broken, or gave its trained turns (perhaps none) to `records` or `evaluation`.
    """

    shape: str | None = None
    columns: Mapping[str, str] | None = None
    ignores: Ignores = field(default_factory=Ignores)
    source_field: str | None = None
    rows: int = 0
    records: list[Record] = field(default_factory=list)
    evaluation: list[Record] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    _layouts: dict[str, Layout | None] = field(default_factory=dict)

    @property
    def teachings(self) -> list[Record]:
        """The records of both splits."""
        return [*self.records, *self.evaluation]

    def blank(self) -> Intake:
        """An intake of the same settings that has seen nothing."""
        return Intake(self.shape, self.columns, Ignores(self.ignores.by_glob), self.source_field)

    def add(self, other: Intake) -> None:
        """Takes over what another one of the same settings has read."""
        self.rows += other.rows
        self.records += other.records
        self.evaluation += other.evaluation
        self.broken += other.broken
        self.ignores.rows += other.ignores.rows

    def take(self, rows: Iterable[Row | Unreadable], split: Split = "training") -> None:
        """Reads the records of further rows, all of one split."""
        for row in rows:
            self.rows += 1
            if isinstance(row, Unreadable):
                self.broken.append(Broken(UNREADABLE_ROW, row))
            else:
                self._take_row(row, split)

    def _take_row(self, row: Row, split: Split) -> None:
        try:
            records = self._read(row)
        except UnknownShape as error:
            snippet = (row.text or str(row.data))[:80]
            unknown = Unreadable(row.path, row.index, row.line, 1, error.reason, snippet, content_digest(row).hex())
            self.broken.append(Broken(UNKNOWN_SHAPE, unknown))
        else:
            held = self.ignores.apply(records)
            if split == "training":
                self.records += held
            else:
                self.evaluation += [_in_split(record, split) for record in held]

    def _read(self, row: Row) -> list[Record]:
        """The records of a row, under the names of columns that the user gives, or a manifest beside the file."""
        layout = None if self.shape or self.columns else self._layout(row.path)
        if layout is None or not isinstance(row.data, Mapping):
            records = read_row(row, shape=self.shape, columns=self.columns)
            return self._sourced(records, row, (self.columns or {}).values())
        records = read_row(dataclasses.replace(row, data=layout.standard(row.data)))
        return self._sourced([layout.restored(record) for record in records], row, layout.columns.values())

    def _sourced(self, records: list[Record], row: Row, taken: Collection[str]) -> list[Record]:
        """The records of a row with its source; all of them have one origin."""
        source = read_source(row.data, self.source_field, taken) if records else None
        if source is None:
            return records
        origin = dataclasses.replace(records[0].origin, source=source)
        return [dataclasses.replace(record, origin=origin) for record in records]

    def _layout(self, path: str) -> Layout | None:
        if path not in self._layouts:
            entry = described(path)
            self._layouts[path] = Layout.of(entry) if entry else None
        return self._layouts[path]


def _in_split(record: Record, split: Split) -> Record:
    return dataclasses.replace(record, origin=dataclasses.replace(record.origin, split=split))
