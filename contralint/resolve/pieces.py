"""A text file as pieces, each as it is and as it is to be; put together, the first give the file byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from contralint.readers.delimited import CsvText
from contralint.readers.formats import DELIMITED, DOCUMENT, Format, format_of
from contralint.readers.json_document import Assembled
from contralint.readers.row import Raw
from contralint.readers.source import Source
from contralint.resolve import csv_splice, json_splice
from contralint.resolve.change import Change, UnwritableError
from contralint.resolve.walker import Walker


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, before and after."""

    old: str
    new: str


@dataclass(frozen=True)
class Part:
    """A row, or where rows lie scattered, one of its cells.

    Attributes:
        row: The whole row.
        raw: The text that stands in the file.
        column: The column whose cell it is; None for a whole row.
    """

    index: int
    row: Raw
    raw: Raw
    column: str | None = None

    def after(self, change: Change) -> str:
        """Its text as it is to be; "" where the row is dropped."""
        if self.index in change.drops:
            return ""
        edits, text = change.edits.get(self.index, ()), self.raw.text
        if isinstance(self.raw, CsvText):
            spliced = csv_splice.spliced(self.raw, edits)
            return csv_splice.widened(spliced, self.raw, change, self.index)
        if self.column is not None:
            edits = [type(one)(one.pointer[1:], one.value) for one in edits if one.pointer[0] == self.column]
        return json_splice.spliced(text, edits)


class Weaver(Protocol):
    """Turns what stands between rows, and rows, into pieces, in order."""

    def gap(self, text: str) -> Iterator[Piece]: ...
    def part(self, part: Part) -> Iterator[Piece]: ...
    def end(self, text: str) -> Iterator[Piece]: ...


def pieces(source: Source, change: Change) -> Iterator[Piece]:
    """The pieces of a text file.

    Raises:
        UnwritableError: The file is damaged, or does not hold its rows as they were read.
    """
    form = format_of(source)
    weaver: Weaver = _Elements(change) if form is DOCUMENT else _Lines(change, table=form is DELIMITED)
    with source.open_text() as stream:
        walker = Walker(stream)
        for part in _parts(source, form):
            yield from weaver.gap(walker.upto(part.raw.line, part.raw.column))
            if walker.take(len(part.raw.text)) != part.raw.text:
                raise UnwritableError(source.path, f"row {part.index + 1} does not stand where it was read")
            yield from weaver.part(part)
        yield from weaver.end(walker.rest())
        if stream.failure:
            raise UnwritableError(source.path, stream.failure)


def _parts(source: Source, form: Format) -> Iterator[Part]:
    assert form.raws
    raws = form.raws(source)
    first = next(raws, None)
    if first is None:
        return
    rows = enumerate(row for rest in ([first], raws) for row in rest)
    if isinstance(first, Assembled):
        cells = [part for index, row in rows for part in _cells(index, row)]
        yield from sorted(cells, key=lambda part: (part.raw.line, part.raw.column))
    else:
        yield from (Part(index, row, row) for index, row in rows)


def _cells(index: int, row: Raw) -> Iterator[Part]:
    assert isinstance(row, Assembled)
    return (Part(index, row, cell.text, cell.name) for cell in row.cells)


class _Lines:
    """Rows that own the line that they end: JSON Lines, and tables."""

    def __init__(self, change: Change, *, table: bool) -> None:
        self._change = change
        self._header = table and bool(change.columns)
        self._waiting = ""  # the header, until a row tells what stands between its cells
        self._dropped = False

    def gap(self, text: str) -> Iterator[Piece]:
        if self._header:
            self._waiting = text
            return
        cut = (text.find("\n") + 1 or len(text)) if self._dropped else 0
        yield Piece(text[:cut], "")
        yield Piece(text[cut:], text[cut:])

    def part(self, part: Part) -> Iterator[Piece]:
        if self._header and isinstance(part.raw, CsvText):
            columns = list(self._change.columns)
            yield Piece(self._waiting, csv_splice.widened_header(self._waiting, part.raw.delimiter, columns))
            self._header = False
        self._dropped = part.index in self._change.drops
        yield Piece(part.raw.text, part.after(self._change))

    def end(self, text: str) -> Iterator[Piece]:
        return self.gap(text)


class _Elements:
    """Rows in arrays: of two neighbours, the comma goes with the second."""

    def __init__(self, change: Change) -> None:
        self._change = change
        self._gap = ""
        self._begun = False
        self._kept = False  # whether a row of the present array was kept
        self._columns: dict[int, None] = {}  # rows that are kept, in order

    def gap(self, text: str) -> Iterator[Piece]:
        if self._begun and text.strip(" \t\r\n") in ("", ","):
            self._gap = text
            return
        self._gap, self._begun, self._kept = "", True, False
        yield Piece(text, text)

    def part(self, part: Part) -> Iterator[Piece]:
        dropped = part.index in self._change.drops
        yield Piece(self._gap, self._gap if self._kept and not dropped else "")
        yield Piece(part.raw.text, part.after(self._change))
        self._kept = self._kept or not dropped
        if part.column is not None and not dropped:
            self._columns[part.index] = None

    def end(self, text: str) -> Iterator[Piece]:
        bracket = text.rfind("]") + 1
        if not self._columns or not self._change.columns:
            yield Piece(text, text)
            return
        yield Piece(text[:bracket], text[:bracket] + "".join(map(self._column, self._change.columns)))
        yield Piece(text[bracket:], text[bracket:])

    def _column(self, name: str) -> str:
        values = [self._change.value(index, name) for index in self._columns]
        return f", {json_splice.dumped(name, '')}: {json_splice.dumped(values, '')}"
