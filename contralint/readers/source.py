"""One file to read, as often as needed: where its bytes are, what it is called, how its text is decoded."""

from __future__ import annotations

import atexit
import codecs
import errno
import io
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any, TextIO

from contralint.errors import UsageError
from contralint.readers.compressed import Bytes, compression, open_bytes
from contralint.readers.hosted import is_hosted

STDIN = "<stdin>"
UTF_8 = "utf-8-sig"
BUFFER = 1 << 16
MARKS = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16"} | {
    codecs.BOM_UTF16_BE: "utf-16"
}


@dataclass(frozen=True)
class Source:
    """One file to read.

    Attributes:
        path: As it is shown.
        file: Where its bytes are: for a pipe, the copy of what came through it; nowhere for a hosted dataset.
    """

    path: str
    file: Path

    @cached_property
    def compression(self) -> str:
        return compression(self.file, self.path)

    @cached_property
    def suffix(self) -> str:
        """The extension that tells the format, in lower case: ".jsonl" of "data.JSONL.gz"."""
        name = self.path.lower()
        if self.compression:
            name = name.removesuffix(self.compression)
        return Path(name).suffix

    @cached_property
    def encoding(self) -> str:
        """The encoding that its byte order mark names; UTF-8 where there is none."""
        head = self.head(4)
        return next((name for mark, name in MARKS.items() if head.startswith(mark)), UTF_8)

    def open_bytes(self) -> Bytes:
        """Opens its bytes, decompressed."""
        return open_bytes(self.file, self.compression)

    def head(self, size: int) -> bytes:
        """Its first bytes, decompressed; fewer where it is shorter or damaged."""
        with io.BufferedReader(self.open_bytes(), BUFFER) as stream:
            return stream.read(size)

    def open_text(self) -> Text:
        """Opens its text: UTF-8, or UTF-16 or UTF-32 where it starts with their byte order mark."""
        return Text(self)


class Text:
    """The text of a file. What cannot be decoded comes as lone surrogates, which no valid text holds."""

    def __init__(self, source: Source) -> None:
        codecs.register_error("contralint-surrogates", _as_surrogate)
        errors = "surrogateescape" if source.encoding.startswith("utf-8") else "contralint-surrogates"
        self._bytes = source.open_bytes()
        buffered = io.BufferedReader(self._bytes, BUFFER)
        self._stream: TextIO = io.TextIOWrapper(buffered, source.encoding, errors, newline="\n")

    def __enter__(self) -> Text:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    @property
    def failure(self) -> str | None:
        """Why the text ends before its time, once it did: a damaged compressed stream."""
        return self._bytes.failure

    def read(self, size: int) -> str:
        return self._stream.read(size)

    def readline(self, limit: int) -> str:
        return self._stream.readline(limit)


def skip_line(stream: Text) -> None:
    """Passes the rest of a line that is too long to hold."""
    while (rest := stream.readline(BUFFER)) and not rest.endswith("\n"):
        pass


def _as_surrogate(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "\udcff", error.end


class _Spool:
    """Copies of what came through pipes, which can be read only once; removed at exit."""

    def __init__(self) -> None:
        self._stdin: Any = None
        self._copies: dict[str, Path] = {}

    def __contains__(self, path: str) -> bool:
        return _key(path) in self._copies

    def copy(self, path: str) -> Path:
        if path == STDIN and (sys.stdin is None or self._stdin is not sys.stdin):
            self.keep_stdin(path)
            self._stdin = sys.stdin
        if path not in self:
            with Path(path).open("rb") as pipe:
                self._copies[_key(path)] = _kept(pipe)
        return self._copies[_key(path)]

    def keep_stdin(self, path: str) -> None:
        if sys.stdin is None:
            raise OSError(errno.EBADF, "it is closed")
        self._copies[_key(path)] = _kept(sys.stdin.buffer)


def _key(path: str) -> str:
    return path if path == STDIN else os.path.abspath(path)  # noqa: PTH100 (follows no symlinks)


def _kept(pipe: IO[bytes]) -> Path:
    with tempfile.NamedTemporaryFile(prefix="contralint-", delete=False) as copy:
        shutil.copyfileobj(pipe, copy)
    kept = Path(copy.name)
    atexit.register(kept.unlink, missing_ok=True)
    return kept


_spool = _Spool()


def keep_stdin(path: str) -> None:
    """Reads standard input to its end; from then on it is what a path holds, whether there is such a file or not.

    Raises:
        UsageError: It cannot be read.
    """
    try:
        _spool.keep_stdin(path)
    except OSError as error:
        raise UsageError(f"{STDIN}: cannot be read: {error.strerror or error}") from error


def is_kept(path: str) -> bool:
    """Whether a path means what was kept for it, and no file."""
    return path in _spool


def open_source(path: str) -> Source:
    """The file at a path, or what was kept for it; "-" and "<stdin>" are standard input.

    Raises:
        UsageError: It is missing, a folder, or may not be read.
    """
    if is_hosted(path):
        return Source(path, Path(path))
    try:
        if path in ("-", STDIN):
            return Source(STDIN, _spool.copy(STDIN))
        piped = is_kept(path) or (Path(path).exists() and not Path(path).is_file() and not Path(path).is_dir())
        source = Source(path, _spool.copy(path) if piped else Path(path))
        source.head(1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    return source
