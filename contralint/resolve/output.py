"""The bytes of a changed file: encoded and compressed as those of the old one."""

from __future__ import annotations

import bz2
import codecs
import gzip
import lzma
from collections.abc import Callable, Iterable
from functools import partial
from typing import IO, Any

import zstandard

from contralint.readers.source import Source
from contralint.resolve.change import UnwritableError

_BYTE_ORDERS = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_COMPRESSORS: dict[str, Callable[[IO[bytes]], Any]] = {
    ".gz": lambda file: gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0),  # no name, no clock
    ".bz2": partial(bz2.BZ2File, mode="wb"),
    ".xz": partial(lzma.LZMAFile, mode="wb"),
    ".zst": lambda file: zstandard.ZstdCompressor(write_checksum=True).stream_writer(file, closefd=False),
}


def write_text(source: Source, file: IO[bytes], texts: Iterable[str]) -> None:
    """Writes the pieces of a text as the bytes of a file like the old one.

    Raises:
        UnwritableError: The old file holds what its encoding cannot say again.
    """
    mark = _byte_order_mark(source)
    if not source.compression:
        _write_encoded(source, file, mark, texts)
        return
    with _COMPRESSORS[source.compression](file) as compressed:
        _write_encoded(source, compressed, mark, texts)


def _byte_order_mark(source: Source) -> bytes:
    head = source.head(4)
    return next((mark for mark in (*_BYTE_ORDERS, codecs.BOM_UTF8) if head.startswith(mark)), b"")


def _write_encoded(source: Source, file: Any, mark: bytes, texts: Iterable[str]) -> None:  # noqa: ANN401 (compressors share no type)
    encoding = _BYTE_ORDERS.get(mark, "utf-8")
    errors = "surrogateescape" if encoding == "utf-8" else "strict"
    file.write(mark)
    try:
        for text in texts:
            file.write(text.encode(encoding, errors))
    except UnicodeEncodeError:
        raise UnwritableError(source.path, "it holds bytes that stand for no character") from None
