"""Parquet and Arrow files with rows taken out or changed, by pyarrow: loaded on use, since it is an extra."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from contralint.readers.columnar import ARROW_MAGIC
from contralint.readers.formats import PARQUET, format_of
from contralint.readers.source import Source
from contralint.resolve.change import Change, UnwritableError, applied

# pyarrow comes without types.
Table = Any
Schema = Any
Array = Any


def write_columnar(source: Source, target: Path, change: Change) -> None:
    """Writes a changed file; of rows that stay as they are, no value is touched.

    Raises:
        UnwritableError: The file is damaged, or a column cannot hold what it is to hold.
    """
    import pyarrow

    write = _write_parquet if format_of(source) is PARQUET else _write_arrow
    try:
        write(source, target, change)
    except (pyarrow.ArrowException, ValueError, TypeError) as error:
        raise UnwritableError(source.path, str(error).partition("\n")[0]) from error


def columns_of(source: Source) -> list[str]:
    """Names of the columns of a file."""
    import pyarrow
    import pyarrow.parquet

    if format_of(source) is PARQUET:
        return list(pyarrow.parquet.read_schema(source.file).names)
    with pyarrow.OSFile(str(source.file)) as file, _reader(source, file) as reader:
        return list(reader.schema.names)


def _write_parquet(source: Source, target: Path, change: Change) -> None:
    from pyarrow import parquet

    with parquet.ParquetFile(source.file) as old:
        schema = _widened(old.schema_arrow, change)
        with parquet.ParquetWriter(target, schema, **_style(old.metadata, change)) as writer:
            first = 0
            for number in range(old.num_row_groups):
                group = old.read_row_group(number)
                changed = _changed(group, schema, first, change)
                first += group.num_rows
                if changed.num_rows:
                    writer.write_table(changed, row_group_size=changed.num_rows)


def _style(metadata: Any, change: Change) -> dict[str, Any]:  # noqa: ANN401 (pyarrow comes without types)
    """How a Parquet file is written: version, codecs, and whether its Arrow schema stands in it."""
    style = {"version": metadata.format_version, "store_schema": b"ARROW:schema" in (metadata.metadata or {})}
    if metadata.num_row_groups == 0:
        return style
    group = metadata.row_group(0)
    columns = (group.column(number) for number in range(group.num_columns))
    codecs = {column.path_in_schema: column.compression.replace("UNCOMPRESSED", "NONE") for column in columns}
    usual = next(iter(codecs.values()), "NONE")
    return {**style, "compression": {**dict.fromkeys(change.columns, usual), **codecs}}


def _write_arrow(source: Source, target: Path, change: Change) -> None:
    import pyarrow

    with pyarrow.OSFile(str(source.file)) as file, _reader(source, file) as reader:
        schema = _widened(reader.schema, change)
        writing = pyarrow.ipc.new_file if _is_file(source) else pyarrow.ipc.new_stream
        with pyarrow.OSFile(str(target), "wb") as sink, writing(sink, schema) as writer:
            first = 0
            for batch, metadata in _batches(reader):
                table = pyarrow.Table.from_batches([batch])
                changed = _changed(table, schema, first, change).combine_chunks()
                first += batch.num_rows
                for written in changed.to_batches():
                    writer.write_batch(written, custom_metadata=metadata)


def _is_file(source: Source) -> bool:
    """Whether it is of the form with an index at its end, not a stream."""
    return source.head(len(ARROW_MAGIC)) == ARROW_MAGIC


def _reader(source: Source, file: object) -> contextlib.AbstractContextManager[Any]:
    import pyarrow

    opened: contextlib.AbstractContextManager[Any]
    opened = pyarrow.ipc.open_file(file) if _is_file(source) else pyarrow.ipc.open_stream(file)
    return opened


def _batches(reader: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 (as above)
    """Record batches with the metadata of their own."""
    if hasattr(reader, "num_record_batches"):
        yield from (reader.get_batch_with_custom_metadata(number) for number in range(reader.num_record_batches))
        return
    with contextlib.suppress(StopIteration):
        while True:
            yield reader.read_next_batch_with_custom_metadata()


def _widened(schema: Schema, change: Change) -> Schema:
    """The schema with the new columns; what `datasets` notes there of its columns is kept in step."""
    import pyarrow

    for name, value in change.columns.items():
        kind = pyarrow.float64() if isinstance(value, (int, float)) else pyarrow.string()
        schema = schema.append(pyarrow.field(name, kind))
        schema = _noted(schema, name, "float64" if isinstance(value, (int, float)) else "string")
    return schema


def _noted(schema: Schema, name: str, kind: str) -> Schema:
    metadata = dict(schema.metadata or {})
    try:
        told = json.loads(metadata[b"huggingface"])
        told["info"]["features"][name] = {"dtype": kind, "_type": "Value"}
    except (LookupError, TypeError, ValueError):
        return schema
    return schema.with_metadata({**metadata, b"huggingface": json.dumps(told).encode()})


def _changed(table: Table, schema: Schema, first: int, change: Change) -> Table:
    """Some rows of a file, the first of which has a number, as they are to be."""
    import pyarrow

    indices = range(first, first + table.num_rows)
    edited = [index for index in indices if index in change.edits]
    values = {index: _edited(table, index - first, change, index) for index in edited}
    columns = [_column(table, field, first, values, change) for field in schema]
    whole = pyarrow.Table.from_arrays(columns, schema=schema)
    return _without(whole, [index - first for index in indices if index in change.drops])


def _edited(table: Table, offset: int, change: Change, index: int) -> Mapping[str, Any]:
    """The columns of a row that change, as they are to be."""
    edits = change.edits[index]
    touched = {str(edit.pointer[0]) for edit in edits}
    there = table.select([name for name in table.column_names if name in touched])
    data = there.slice(offset, 1).to_pylist()[0] if there.num_columns else {}
    return {str(name): value for name, value in applied(data, edits).items()}


def _column(table: Table, field: Any, first: int, values: Mapping[int, Mapping[str, Any]], change: Change) -> Array:  # noqa: ANN401 (as above)
    import pyarrow

    if field.name in change.columns:
        cells = [change.value(first + offset, field.name) for offset in range(table.num_rows)]
        return pyarrow.array(cells, type=field.type)
    old, chunks, at = table.column(field.name), [], 0
    for index, row in values.items():
        if field.name in row:
            chunks += [*old.slice(at, index - first - at).chunks, pyarrow.array([row[field.name]], type=field.type)]
            at = index - first + 1
    return pyarrow.chunked_array([*chunks, *old.slice(at).chunks], type=field.type) if chunks else old


def _without(table: Table, offsets: Sequence[int]) -> Table:
    import pyarrow

    ends = [*offsets, table.num_rows]
    begins = [0, *(offset + 1 for offset in offsets)]
    return pyarrow.concat_tables([table.slice(begin, end - begin) for begin, end in zip(begins, ends, strict=True)])
