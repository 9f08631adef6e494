"""Parquet and Arrow files, by pyarrow: loaded on use, since it is an extra."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from contralint.errors import MissingExtraError
from contralint.readers.compressed import DAMAGED
from contralint.readers.features import conversion, described_in
from contralint.readers.row import Row, Unreadable

if TYPE_CHECKING:
    from contralint.readers.source import Source

BATCH_ROWS = 1024
ARROW_MAGIC = b"ARROW1"


class Batch(Protocol):
    """What is used of pyarrow's record batches."""

    num_rows: int
    schema: Any

    def validate(self, *, full: bool) -> None: ...

    def slice(self, offset: int, length: int) -> Batch: ...

    def to_pylist(self) -> list[dict[str, Any]]: ...


Batches = Iterator[Batch]


@dataclass(frozen=True)
class GroupSize:
    """Rows of a group of a Parquet file, and the bytes that they take unpacked."""

    rows: int
    bytes: int


def read_parquet(source: Source, groups: Sequence[int] | None = None, first: int = 0) -> Iterator[Row | Unreadable]:
    """Rows of a Parquet file.

    Args:
        source: The file.
        groups: The groups of rows to read; None for all.
        first: Number of the first row.
    """
    return _rows(source, partial(_parquet_batches, groups), first)


def group_sizes(source: Source) -> list[GroupSize]:
    """The groups of rows of a Parquet file; none where it cannot be read, which `read_parquet` reports."""
    try:
        import pyarrow.parquet

        with pyarrow.parquet.ParquetFile(source.file) as file:
            groups = [file.metadata.row_group(number) for number in range(file.num_row_groups)]
            return [GroupSize(group.num_rows, group.total_byte_size) for group in groups]
    except (ImportError, OSError, ValueError):
        return []


def read_arrow(source: Source) -> Iterator[Row | Unreadable]:
    """Rows of an Arrow IPC file or stream, such as those of a Hugging Face dataset saved to disk."""
    return _rows(source, _arrow_batches)


def _parquet_batches(groups: Sequence[int] | None, source: Source) -> Batches:
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(source.file) as file:
        yield from file.iter_batches(BATCH_ROWS, groups)


def _arrow_batches(source: Source) -> Batches:
    import pyarrow

    # Not mapped into memory: a file that is cut while it is read would end this process.
    with pyarrow.OSFile(str(source.file)) as opened:
        if source.head(len(ARROW_MAGIC)) == ARROW_MAGIC:
            with pyarrow.ipc.open_file(opened) as file:
                yield from (file.get_batch(number) for number in range(file.num_record_batches))
        elif opened.size():
            with pyarrow.ipc.open_stream(opened) as stream:
                yield from stream


def _rows(source: Source, batches_of: Callable[[Source], Batches], index: int = 0) -> Iterator[Row | Unreadable]:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtraError(f"{source.path}: reading {source.suffix or 'this'} files", "parquet") from error
    if source.compression:
        yield _unreadable(source, 0, f"unpack it first: a {source.suffix} file inside {source.compression} is not read")
        return
    try:
        for batch in batches_of(source):
            convert = conversion(described_in(batch.schema.metadata))
            for row in _decoded(source, batch, index):
                yield replace(row, data=convert(row.data)) if convert and isinstance(row, Row) else row
            index += batch.num_rows
    except (pyarrow.ArrowException, OSError) as error:
        yield _unreadable(source, index, f"{DAMAGED}: {error}")


def _decoded(source: Source, batch: Batch, first: int) -> Iterator[Row | Unreadable]:
    """Rows of a batch; where it has a damaged one, each is tried by itself."""
    try:
        batch.validate(full=True)
        rows = batch.to_pylist()
    except (ValueError, ArithmeticError) as error:
        if batch.num_rows == 1:
            yield _unreadable(source, first, str(error))
            return
        for offset in range(batch.num_rows):
            yield from _decoded(source, batch.slice(offset, 1), first + offset)
    else:
        for index, data in enumerate(rows, first):
            yield Row(source.path, index, index + 1, data, None)


def _unreadable(source: Source, index: int, reason: str) -> Unreadable:
    return Unreadable(source.path, index, index + 1, 1, reason.partition("\n")[0], "")
