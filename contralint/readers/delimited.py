"""Comma- and tab-separated values, with a header row."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from contralint.readers.place import Extent, Stretch
from contralint.readers.row import NOT_UTF8, ROW_LIMIT, Raw, Row, Unreadable
from contralint.readers.source import Source, Text, skip_line

DELIMITERS = {".csv": ",", ".tsv": "\t"}
_FORBIDDEN = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class CsvText(Raw):
    """A row as comma- or tab-separated text.

    Attributes:
        cells: Its cells, decoded.
        header: Names of the columns.
        delimiter: What stands between cells.
    """

    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    delimiter: str = ","

    def find(self, stretch: Stretch) -> Extent:
        if len(stretch.pointer) != 1 or stretch.pointer[0] not in self.header:
            return super().find(stretch)
        offsets = _cell_offsets(self.text, self.delimiter)[self.header.index(str(stretch.pointer[0]))]
        last = len(offsets) - 1
        return Extent(offsets[min(stretch.start, last)], offsets[min(stretch.end, last)])


def _cell_offsets(text: str, delimiter: str) -> list[list[int]]:
    """For each cell, where each of its decoded characters stands, and where the cell's content ends."""
    cells: list[list[int]] = []
    at = -1
    while at < len(text):
        at = _next_cell(text, at + 1, delimiter, cells)
    return cells


def cell_extents(text: str, delimiter: str) -> list[Extent]:
    """Where each cell of a row stands, with its quotation marks."""
    extents: list[Extent] = []
    at = -1
    while at < len(text):
        begin = at + 1
        at = _next_cell(text, begin, delimiter, [])
        extents.append(Extent(begin, at))
    return extents


def _next_cell(text: str, at: int, delimiter: str, cells: list[list[int]]) -> int:
    quoted = text.startswith('"', at)
    offsets: list[int] = []
    at += quoted
    end = at
    while at < len(text) and (quoted or text[at] != delimiter):
        if quoted and text[at] == '"' and not text.startswith('""', at):
            quoted = False
            end = at
        else:
            offsets.append(at)
            at += quoted and text[at] == '"'  # a doubled quotation mark stands for one
            end = at + 1
        at += 1
    cells.append([*offsets, end])
    return at


def read_delimited(source: Source) -> Iterator[Row | Unreadable]:
    """Rows of a CSV or TSV file; every cell is text."""
    for index, raw in enumerate(raw_records(source)):
        fault = _fault(raw)
        if fault:
            yield raw.unreadable(source.path, index, fault.reason, fault.offset)
        else:
            data = dict(zip(raw.header, raw.cells, strict=True))
            yield Row(source.path, index, raw.line, data, raw.text)


def raw_records(source: Source) -> Iterator[CsvText]:
    """Rows of a CSV or TSV file below its header; blank lines are none."""
    csv.field_size_limit(ROW_LIMIT)
    with source.open_text() as stream:
        records = _records(stream, DELIMITERS[source.suffix])
        header = next(records, None)
        if header is None:
            return
        if fault := _fault(replace(header, header=header.cells)):
            yield replace(header, problem=f"no row can be read, since the header cannot: {fault.reason}")
            return
        names = _distinct(header.cells)
        for record in records:
            yield replace(record, header=names)


@dataclass(frozen=True)
class _Fault:
    reason: str
    offset: int


def _fault(raw: CsvText) -> _Fault | None:
    if raw.problem:
        return _Fault(raw.problem, 0)
    forbidden = _FORBIDDEN.search(raw.text)
    if forbidden:
        return _Fault("NUL character" if forbidden[0] == "\0" else NOT_UTF8, forbidden.start())
    if len(raw.cells) != len(raw.header):
        return _Fault(f"the header has {len(raw.header)} cells, this row {len(raw.cells)}", 0)
    return None


class _Lines:
    """Lines as the csv module takes them, which remembers those that make up the present record."""

    def __init__(self, stream: Text) -> None:
        self._stream = stream
        self.number = 0
        self.record = ""
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(ROW_LIMIT - len(self.record))
        self.ended = not line
        if self.ended:
            raise StopIteration
        self.number += 1
        self.record += line
        if len(self.record) == ROW_LIMIT:
            if not line.endswith("\n"):
                skip_line(self._stream)
            raise csv.Error(f"longer than {ROW_LIMIT:,} characters")
        return line


def _records(stream: Text, delimiter: str) -> Iterator[CsvText]:
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter)
    while not lines.ended:
        line, lines.record = lines.number + 1, ""
        problem, cells = None, list[str]()
        try:
            cells = next(reader, [])
        except csv.Error as error:
            problem = str(error).partition(" - ")[0]  # behind it comes advice for programmers
        if lines.ended and lines.record:
            problem = "a quotation mark is not closed"
        if stream.failure and not lines.record.endswith("\n"):
            problem = stream.failure
        if problem or cells:
            text = lines.record.rstrip("\r\n")
            yield CsvText(line, 1, text, problem, tuple(cells), delimiter=delimiter)


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """Column names, with ".1", ".2" behind those that came before."""
    counts: Counter[str] = Counter()
    distinct: list[str] = []
    for name in names:
        distinct.append(f"{name}.{counts[name]}" if counts[name] else name)
        counts[name] += 1
    return tuple(distinct)
