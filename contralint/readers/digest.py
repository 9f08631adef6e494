"""Which rows of a file are the same as before, told without decoding them where that can be."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Collection, Iterator
from typing import BinaryIO

import orjson

from contralint.readers.formats import LINES, format_of
from contralint.readers.jsonl import BLANK
from contralint.readers.row import Row, Unreadable
from contralint.readers.source import MARKS, Source, open_source

_BLANK = BLANK.encode()
SIZE = 16  # bytes of a digest
_PIECE = 1 << 24  # bytes of a line that are held at once


def digests(path: str) -> list[bytes]:
    """A digest of each row of a file, in order: of its raw text where that says all, else of its content.

    Raises:
        UsageError: The file cannot be opened.
    """
    source = open_source(path)
    form = format_of(source)
    if form is LINES and not source.compression and not _marked(source):
        return _line_digests(source)
    if form.raws and form.decode:
        return [_digest(f"{raw.problem or ''}{raw.text}".encode("utf-8", "surrogatepass")) for raw in form.raws(source)]
    return [content_digest(row) for row in form.rows(source)]


def read_some(path: str, wanted: Collection[int]) -> Iterator[Row | Unreadable]:
    """Rows of a file by their numbers, in order; the others are not decoded where that can be.

    Raises:
        UsageError: The file cannot be opened.
    """
    source = open_source(path)
    form = format_of(source)
    if form.raws and form.decode:
        yield from form.decode(source.path, ((at, raw) for at, raw in enumerate(form.raws(source)) if at in wanted))
    else:
        yield from (row for row in form.rows(source) if row.index in wanted)


def _marked(source: Source) -> bool:
    """Whether a text begins with a byte order mark."""
    return source.head(4).startswith((codecs.BOM_UTF8, *MARKS))


def _line_digests(source: Source) -> list[bytes]:
    """Digests of the rows of plain lines, which are the lines that are not blank, without decoding them."""
    with source.file.open("rb") as stream:
        pieces = iter(lambda: stream.readline(_PIECE), b"")
        lines = (piece if _ends(piece) else _shortened(piece, stream) for piece in pieces)
        return [_digest(line.rstrip(b"\r\n")) for line in lines if line.strip(_BLANK)]


def _ends(piece: bytes) -> bool:
    return len(piece) < _PIECE or piece.endswith(b"\n")


def _shortened(piece: bytes, stream: BinaryIO) -> bytes:
    """What stands for a line that is too long to hold: its digest."""
    made = hashlib.blake2b(piece)
    while not _ends(piece):
        piece = stream.readline(_PIECE)
        made.update(piece)
    return made.digest()


def content_digest(row: Row | Unreadable) -> bytes:
    """A digest of what a row holds, however it is written: order of keys, spacing and format set aside."""
    if isinstance(row, Unreadable):
        return _digest((row.content or f"{row.reason}\n{row.snippet}").encode("utf-8", "surrogatepass"))
    try:
        return _digest(orjson.dumps(row.data, default=str, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS))
    except TypeError:  # a number beyond 64 bits, or text that is no Unicode
        return _digest(repr(row.data).encode("utf-8", "surrogatepass"))


def _digest(told: bytes) -> bytes:
    return hashlib.blake2b(told, digest_size=SIZE).digest()
