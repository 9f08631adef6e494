"""Records by their place: FILE:LINE, as editors and reports name it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from contralint.config import Config
from contralint.errors import UsageError
from contralint.intake import Intake
from contralint.readers import Row, Unreadable, discover, read
from contralint.records import Record
from contralint.suppression import Ignores

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>[1-9]\d*)(?::(?P<column>[1-9]\d*))?")


@dataclass(frozen=True)
class RowPlace:
    """A line of a file, and a column where one is given, both from 1."""

    path: str
    line: int
    column: int | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" + (f":{self.column}" if self.column else "")


@dataclass(frozen=True)
class Found:
    """The records asked for, in order, and all records of their files."""

    records: tuple[Record, ...]
    among: Sequence[Record]


def row_place(text: str) -> RowPlace:
    """Reads FILE:LINE, or FILE:LINE:COLUMN as reports print it.

    Raises:
        UsageError: It is neither, or does not name one file.
    """
    match = _PLACE.fullmatch(text)
    if not match:
        raise UsageError(f"'{text}' is not of the form FILE:LINE")
    files = discover([match["path"]])
    if len(files) > 1:
        raise UsageError(f"'{match['path']}' is not one file but {len(files)}")
    return RowPlace(files[0], int(match["line"]), int(match["column"]) if match["column"] else None)


def look_up(places: Sequence[RowPlace], config: Config) -> Found:
    """The last teaching of the row at each place.

    Raises:
        UsageError: A file cannot be opened, or there is no such row, or it cannot be read or teaches nothing, or two
            places are in one row.
    """
    indices = [_row_at(place).index for place in places]
    rows = [(place.path, index) for place, index in zip(places, indices, strict=True)]
    if len(set(rows)) < len(rows):
        raise UsageError(f"{' and '.join(map(str, places))} are the same row")
    intake = Intake(config.schema, config.map or None, Ignores(config.per_path_ignores))
    evaluation = discover(config.against)
    for path in sorted({place.path for place in places}):
        intake.take(read(path), "evaluation" if path in evaluation else "training")
    records = [_last_record(intake, place, index) for place, index in zip(places, indices, strict=True)]
    return Found(tuple(records), intake.teachings)


def _row_at(place: RowPlace) -> Row:
    covering: list[Row] = []
    for row in read(place.path):
        if row.line > place.line:
            break
        if isinstance(row, Row) and place.line <= row.line + (row.text or "").count("\n"):
            covering.append(row)
        elif isinstance(row, Unreadable) and row.line == place.line:
            raise UsageError(f"{place}: the row cannot be read: {row.reason}")
    if not covering:
        raise UsageError(f"{place}: no row stands there")
    return _chosen(place, covering)


def _chosen(place: RowPlace, covering: Sequence[Row]) -> Row:
    """Of rows that share a line, the one at the column."""
    if place.column:
        before = [row for row in covering if (row.line, row.column) <= (place.line, place.column)]
        return before[-1] if before else covering[0]
    starting = [row for row in covering if row.line == place.line]
    if len(starting) > 1:
        raise UsageError(f"{place}: {len(starting)} rows stand on this line: say FILE:LINE:COLUMN")
    return covering[-1]


def _last_record(intake: Intake, place: RowPlace, index: int) -> Record:
    for broken in intake.broken:
        if (broken.row.path, broken.row.index) == (place.path, index):
            raise UsageError(f"{place}: the row cannot be read: {broken.row.reason}")
    records = [one for one in intake.teachings if (one.origin.path, one.origin.index) == (place.path, index)]
    if not records:
        raise UsageError(f"{place}: the row trains no assistant turn")
    return records[-1]
