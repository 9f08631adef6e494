"""Which reader a file needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from contralint.readers.columnar import ARROW_MAGIC, read_arrow, read_parquet
from contralint.readers.decoding import decode_numbered
from contralint.readers.delimited import raw_records, read_delimited
from contralint.readers.hosted import is_hosted
from contralint.readers.hugging_face import read_hosted
from contralint.readers.json_document import raw_values, read_json
from contralint.readers.jsonl import BLANK, raw_lines, read_jsonl
from contralint.readers.plain import is_plain, read_plain
from contralint.readers.row import Raw, Row, Unreadable
from contralint.readers.source import BUFFER, Source, Text

Reading = Callable[[Source], Iterator[Row | Unreadable]]


@dataclass(frozen=True)
class Format:
    """How files of one format are read.

    Attributes:
        rows: Reads and decodes rows.
        raws: Reads the raw text of the same rows; formats that are not text have none.
        decode: Decodes some of those texts, each with its row's number; None where a row's text is not all there is
            to it, as in a table with a header.
    """

    rows: Reading
    raws: Callable[[Source], Iterator[Raw]] | None = None
    decode: Callable[[str, Iterable[tuple[int, Raw]]], Iterator[Row | Unreadable]] | None = None


LINES = Format(read_jsonl, raw_lines, decode_numbered)
DOCUMENT = Format(read_json, raw_values, decode_numbered)
DELIMITED = Format(read_delimited, raw_records)
PARQUET = Format(read_parquet)
ARROW = Format(read_arrow)
HOSTED = Format(read_hosted)
PLAIN = Format(read_plain)

# By extension. JSON under any of its names is looked into, since both kinds go by either.
FORMATS = {".csv": DELIMITED, ".tsv": DELIMITED, ".parquet": PARQUET, ".arrow": ARROW}
JSON = frozenset({".jsonl", ".ndjson", ".json"})
_MAGIC = {b"PAR1": PARQUET, ARROW_MAGIC: ARROW}


def format_of(source: Source) -> Format:
    """The format of a file: by its extension, and by its content where that does not tell."""
    return _told_format(source) or _json_format(source)


def log_format_of(source: Source) -> Format:
    """The format of a log of prompts, which may be plain text besides: whatever has no mark of another format."""
    found = _told_format(source)
    if found is None and source.suffix not in JSON:
        with source.open_text() as stream:
            return PLAIN if is_plain(_line(stream)) else _json_format(source)
    return found or _json_format(source)


def _told_format(source: Source) -> Format | None:
    """The format that the extension of a file tells, or its first bytes; None for JSON and for text."""
    if is_hosted(source.path):
        return HOSTED
    if source.suffix in FORMATS:
        return FORMATS[source.suffix]
    head = b"" if source.suffix in JSON else source.head(8)
    return next((found for magic, found in _MAGIC.items() if head.startswith(magic)), None)


def _json_format(source: Source) -> Format:
    with source.open_text() as stream:
        first, second = _line(stream), _line(stream)
    if first in ("[", "{"):
        return DOCUMENT
    if source.suffix in (".jsonl", ".ndjson"):
        return DOCUMENT if first.startswith("[") and not second else LINES
    return LINES if _one_a_line(first, second) else DOCUMENT


def _one_a_line(first: str, second: str) -> bool:
    """Whether lines hold an object each: a line within a document follows a comma, a colon or a bracket."""
    return first.startswith("{") and second.startswith("{") and first[-1] not in "{[,:"


def _line(stream: Text) -> str:
    """The next line that is not blank, stripped; of a long one only the beginning and the end."""
    line = ""
    while piece := stream.readline(BUFFER):
        line = line[:BUFFER] + piece
        if piece.endswith("\n"):
            if line.strip(BLANK):
                break
            line = ""
    return line.strip(BLANK)
