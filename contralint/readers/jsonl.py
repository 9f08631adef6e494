"""JSON Lines: one JSON value a line."""

from __future__ import annotations

from collections.abc import Iterator

from contralint.readers.decoding import decode
from contralint.readers.json_text import JsonText
from contralint.readers.row import ROW_LIMIT, SNIPPET_WIDTH, Row, Unreadable
from contralint.readers.source import Source, Text, skip_line

BLANK = " \t\r\n"


def read_jsonl(source: Source) -> Iterator[Row | Unreadable]:
    """Rows of a JSON Lines file; blank lines are none."""
    return decode(source.path, raw_lines(source))


def raw_lines(source: Source, before: int = 0) -> Iterator[JsonText]:
    """Lines of a file that are not blank, as raw text without the line's end; `before` the first there are others."""
    number, text = before, "\n"
    with source.open_text() as stream:
        while line := stream.readline(ROW_LIMIT):
            number, text = number + 1, line
            if raw := _raw(stream, number, line):
                yield raw
        if stream.failure and text.endswith("\n"):
            yield JsonText(number + 1, 1, "", stream.failure)


def _raw(stream: Text, number: int, line: str) -> JsonText | None:
    if line.endswith("\n"):
        text = line.rstrip("\r\n")
        return JsonText(number, 1, text) if text.strip(BLANK) else None
    if len(line) == ROW_LIMIT:
        skip_line(stream)
        return JsonText(number, 1, line[:SNIPPET_WIDTH], f"longer than {ROW_LIMIT:,} characters")
    return JsonText(number, 1, line, stream.failure) if stream.failure or line.strip(BLANK) else None
