"""Parts of a file that can be read apart: whole lines of JSON Lines, groups of rows of Parquet.

Together they give the rows that the file gives. Of a damaged file they give more: `read` ends where the damage begins.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from contralint.readers.columnar import group_sizes, read_parquet
from contralint.readers.compressed import Bytes
from contralint.readers.decoding import decode_numbered
from contralint.readers.formats import LINES, PARQUET, format_of
from contralint.readers.hosted import is_hosted
from contralint.readers.jsonl import raw_lines
from contralint.readers.row import Row, Unreadable
from contralint.readers.source import BUFFER, UTF_8, Source, open_source

SIZE = 16_000_000  # bytes: some seconds' work


@dataclass(frozen=True)
class WholeFile:
    """A file that is read as one."""

    path: str

    def read(self) -> Iterator[Row | Unreadable]:
        """Its rows."""
        source = open_source(self.path)
        return format_of(source).rows(source)


@dataclass(frozen=True)
class Groups:
    """Groups of rows of a Parquet file: the first, the first that is no part, and how many rows stand before."""

    path: str
    begin: int
    end: int
    rows: int

    def read(self) -> Iterator[Row | Unreadable]:
        """Its rows."""
        return read_parquet(open_source(self.path), range(self.begin, self.end), self.rows)


@dataclass(frozen=True)
class Extent:
    """How many rows and lines a part has."""

    rows: int
    lines: int


@dataclass(frozen=True)
class Lines:
    """Lines of a JSON Lines file: first byte, first byte that is no part, and how many rows and lines stand before."""

    path: str
    begin: int
    end: int
    before: Extent = Extent(0, 0)

    def read(self) -> Iterator[Row | Unreadable]:
        """Its rows."""
        raws = enumerate(raw_lines(self._source, self.before.lines), self.before.rows)
        return decode_numbered(self.path, raws)

    def extent(self) -> Extent:
        """Counts its rows and lines."""
        with self._source.open_bytes() as stream:
            lines = sum(piece.count(b"\n") for piece in iter(lambda: stream.read(BUFFER) or b"", b""))
        return Extent(sum(1 for _ in raw_lines(self._source)), lines)

    @cached_property
    def _source(self) -> Source:
        return _Slice(self.path, Path(self.path), self.begin, self.end)


Shard = WholeFile | Groups | Lines


def shards(path: str) -> list[Shard]:
    """The parts of a file, in order; none of what came through a pipe or from a hub: it is read where it came in.

    Raises:
        UsageError: The file cannot be opened.
    """
    source = open_source(path)
    if is_hosted(path) or source.file != Path(path):
        return []
    form = format_of(source)
    if form is PARQUET and (sizes := group_sizes(source)):
        starts = [0, *itertools.accumulate(size.rows for size in sizes)]
        return [Groups(path, begin, end, starts[begin]) for begin, end in _runs([size.bytes for size in sizes])]
    if form is LINES and not source.compression and source.encoding == UTF_8:
        return [Lines(path, begin, end) for begin, end in itertools.pairwise(_line_starts(source.file))]
    return [WholeFile(path)]


def placed(parts: Iterable[Shard], extents: Mapping[Lines, Extent]) -> Iterator[Shard]:
    """The parts of a file with what stands before each."""
    rows = lines = 0
    for part in parts:
        if isinstance(part, Lines):
            yield dataclasses.replace(part, before=Extent(rows, lines))
            rows, lines = rows + extents[part].rows, lines + extents[part].lines
        else:
            yield part


@dataclass(frozen=True)
class _Slice(Source):
    """Some bytes of a file that is not compressed."""

    begin: int
    end: int

    @cached_property
    def compression(self) -> str:
        return ""

    @cached_property
    def encoding(self) -> str:
        """A byte order mark stands at the beginning of a file alone."""
        return UTF_8 if not self.begin else "utf-8"

    def open_bytes(self) -> Bytes:
        return Bytes(_Part(self.file, self.begin, self.end))


class _Part:
    """A reader that ends before the file does."""

    def __init__(self, file: Path, begin: int, end: int) -> None:
        self._stream = file.open("rb")
        self._stream.seek(begin)
        self._left = end - begin

    def read1(self, size: int = -1, /) -> bytes:
        piece = self._stream.read1(self._left if size < 0 else min(size, self._left))
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._stream.close()


def _line_starts(file: Path) -> list[int]:
    """Where lines start that are about SIZE bytes apart, and where the file ends."""
    end = file.stat().st_size
    starts = [0]
    with file.open("rb") as stream:
        while (wanted := starts[-1] + SIZE) < end:
            stream.seek(wanted)
            while (piece := stream.readline(BUFFER)) and not piece.endswith(b"\n"):
                pass
            starts.append(stream.tell())
    return [*starts, end] if starts[-1] < end or len(starts) == 1 else starts


def _runs(sizes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last groups (exclusive) that hold about SIZE bytes together."""
    begin, held, number = 0, 0, 0
    for number, size in enumerate(sizes, 1):
        held += size
        if held >= SIZE:
            yield begin, number
            begin, held = number, 0
    if begin < number:
        yield begin, number
