"""JSON documents: an array of rows, an object of columns, one row, or several values one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

import orjson

from contralint.readers.decoding import decode
from contralint.readers.json_cursor import ENDS_INSIDE, Cursor
from contralint.readers.json_text import JsonText
from contralint.readers.row import Row, Unreadable
from contralint.readers.source import Source, Text


@dataclass(frozen=True)
class _Column:
    """One column of an object of columns, and where its first cell stands.

    Attributes:
        key: Its name, as JSON.
        offset: Characters before the cell.
        size: Number of cells.
        plain: Whether some cell is no object: a list of objects alone is a row's list of messages.
    """

    key: str
    offset: int
    size: int
    plain: bool


@dataclass(frozen=True)
class Cell:
    """One cell of an object of columns.

    Attributes:
        key: The name of its column, as JSON.
        start: Where it begins in the text of its row.
    """

    key: str
    start: int
    text: JsonText

    @property
    def name(self) -> str:
        """The name of its column."""
        return str(orjson.loads(self.key))


@dataclass(frozen=True)
class Assembled(JsonText):
    """A row put together of cells that stand far apart; offsets of its text lead back to them."""

    cells: tuple[Cell, ...] = ()

    def line_at(self, offset: int) -> int:
        cell = self._cell_at(offset)
        return cell.text.line_at(max(0, offset - cell.start))

    def column_at(self, offset: int) -> int:
        cell = self._cell_at(offset)
        return cell.text.column_at(max(0, offset - cell.start))

    def _cell_at(self, offset: int) -> Cell:
        return next((cell for cell in reversed(self.cells) if cell.start <= offset), self.cells[0])


def read_json(source: Source) -> Iterator[Row | Unreadable]:
    """Rows of a JSON document."""
    return decode(source.path, raw_values(source))


def raw_values(source: Source) -> Iterator[JsonText]:
    """Raw text of the rows of a JSON document: the elements of its arrays, and its other values themselves."""
    columns = _columns(source)
    return _assembled_rows(source, columns) if columns else _values(source)


def _values(source: Source) -> Iterator[JsonText]:
    with source.open_text() as stream:
        cursor = Cursor(stream)
        last: JsonText | None = None
        while letter := cursor.space():
            for last in _top_level(cursor, letter):
                yield last
        if stream.failure and (last is None or last.problem is None):
            yield JsonText(cursor.line, cursor.column, "", stream.failure)


def _top_level(cursor: Cursor, letter: str) -> Iterator[JsonText]:
    if letter == "[":
        cursor.take()
        yield from _elements(cursor)
    elif letter == "{":
        yield _object(cursor)
    else:
        yield cursor.until("\n")


def _object(cursor: Cursor) -> JsonText:
    """An object together with whatever else but another value stands behind it on its line, which makes it broken."""
    found = cursor.balanced()
    end = cursor.offset
    if cursor.blank() in ("", "\n", "{", "["):
        return found
    gap = " " * (cursor.offset - end)
    return replace(found, text=found.text + gap + cursor.until("\n").text)


def _elements(cursor: Cursor, *, hold: bool = True) -> Iterator[JsonText]:
    """Elements of the array whose opening bracket was just passed; passes the closing one too."""
    if cursor.space() == "]":
        cursor.take()
        return
    stop = ","
    while stop == ",":
        cursor.space()
        element = cursor.until(",]", hold=hold)
        stop = cursor.take()
        if not stop:
            yield from _at_end(element, cursor)
        else:
            yield element if element.text else replace(element, problem="a value is missing: a comma too many")


def _at_end(last: JsonText, cursor: Cursor) -> Iterator[JsonText]:
    """What the file's last element stands for, where the array around is not closed."""
    swallowed = list(_split_by_lines(last)) if last.problem in (None, ENDS_INSIDE) else [last]
    yield from swallowed
    if len(swallowed) < 2 and last.problem is None:
        yield JsonText(cursor.line, cursor.column, "", "the file ends before its array does")


def _split_by_lines(broken: JsonText) -> Iterator[JsonText]:
    """Elements that a broken one swallowed for want of a bracket, as far as the lines' beginnings tell.

    A new element is taken to start where an object starts a line, as far in as the broken one or not at all.
    """
    starts = [0, *(line.end() - 1 for line in re.finditer(rf"\n(?:[ \t]{{{broken.column - 1}}})?{{", broken.text))]
    if len(starts) == 1:
        yield from [broken] if broken.text else []
        return
    for start, end in zip(starts, [*starts[1:], len(broken.text)], strict=True):
        text = broken.text[start:end].rstrip(" \t\r\n,")
        text = text.removesuffix("]") if end == len(broken.text) else text
        yield JsonText(broken.line_at(start), broken.column_at(start), text)


def _columns(source: Source) -> list[_Column]:
    """Columns of a document that is one object of equally long arrays; none for any other."""
    columns: list[_Column] = []
    with source.open_text() as stream:
        cursor = Cursor(stream)
        if cursor.space() != "{":
            return []
        sign = cursor.take()
        while sign in ("{", ","):
            column = _column(cursor)
            if column is None:
                return []
            columns.append(column)
            cursor.space()
            sign = cursor.take()
        alone = sign == "}" and not cursor.space()
    same_size = len({column.size for column in columns}) == 1
    return columns if alone and same_size and any(column.plain for column in columns) else []


def _column(cursor: Cursor) -> _Column | None:
    if cursor.space() != '"':
        return None
    key = cursor.until(":").text
    cursor.take()
    if cursor.space() != "[" or not _is_json(key):
        return None
    cursor.take()
    offset, size, plain = cursor.offset, 0, False
    for cell in _elements(cursor, hold=False):
        if cell.problem:
            return None
        size += 1
        plain = plain or not cell.text.startswith("{")
    return _Column(key, offset, size, plain)


def _is_json(text: str) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _assembled_rows(source: Source, columns: list[_Column]) -> Iterator[Assembled]:
    with ExitStack() as stack:
        cells = [_elements(_cursor_at(stack.enter_context(source.open_text()), column)) for column in columns]
        for row in zip(*cells, strict=True):
            yield _assembled([column.key for column in columns], row)


def _cursor_at(stream: Text, column: _Column) -> Cursor:
    cursor = Cursor(stream)
    cursor.skip(column.offset)
    return cursor


def _assembled(keys: list[str], row: tuple[JsonText, ...]) -> Assembled:
    text, cells = "{", list[Cell]()
    for key, cell in zip(keys, row, strict=True):
        text += f"{', ' if cells else ''}{key}: "
        cells.append(Cell(key, len(text), cell))
        text += cell.text
    problem = next((cell.problem for cell in row if cell.problem), None)
    return Assembled(row[0].line, row[0].column, text + "}", problem, tuple(cells))
