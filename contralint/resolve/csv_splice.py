"""Cells changed in, or added to, the raw text of a row of comma- or tab-separated values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contralint.readers.delimited import CsvText, cell_extents
from contralint.resolve.change import Change, Edit


def spliced(raw: CsvText, edits: Sequence[Edit]) -> str:
    """The text of a row with other cells in some of the columns that it has."""
    cells = {str(edit.pointer[0]): str(edit.value) for edit in edits}
    return _replaced(raw, {raw.header.index(name): cell for name, cell in cells.items() if name in raw.header})


def _replaced(raw: CsvText, cells: Mapping[int, str]) -> str:
    text, extents = raw.text, cell_extents(raw.text, raw.delimiter)
    for position in sorted(cells, reverse=True):
        place = extents[position]
        quoted = text.startswith('"', place.begin) or len(extents) == 1  # a lone empty cell would be a blank line
        text = text[: place.begin] + _cell(cells[position], raw.delimiter, quoted=quoted) + text[place.end :]
    return text


def widened(text: str, raw: CsvText, change: Change, index: int) -> str:
    """The text of a row with a cell for each new column."""
    values = (change.value(index, name) for name in change.columns)
    return text + "".join(raw.delimiter + _cell(str(value), raw.delimiter) for value in values)


def widened_header(header: str, delimiter: str, columns: Sequence[str]) -> str:
    """The header, as the text before the first row, with the names of new columns."""
    named = header.rstrip("\r\n")
    quoted = named.startswith('"')
    added = "".join(delimiter + _cell(name, delimiter, quoted=quoted) for name in columns)
    return named + added + header[len(named) :]


def _cell(value: str, delimiter: str, *, quoted: bool = False) -> str:
    if quoted or any(sign in value for sign in (delimiter, '"', "\r", "\n")):
        doubled = value.replace('"', '""')
        return f'"{doubled}"'
    return value
