"""What the tests of shapes share: rows made of plain data, and pointers followed by hand."""

from __future__ import annotations

from typing import Any

from contralint.readers import Row
from contralint.records import Field, Record
from contralint.shapes import read_row


def records_of(data: Any, shape: str | None = None, columns: dict[str, str] | None = None) -> list[Record]:  # noqa: ANN401 (any JSON value)
    return read_row(Row(path="data.jsonl", index=4, line=5, data=data, text=None), shape=shape, columns=columns)


def the_record(data: Any, shape: str | None = None, columns: dict[str, str] | None = None) -> Record:  # noqa: ANN401 (any JSON value)
    (record,) = records_of(data, shape, columns)
    return record


def follow(data: Any, field: Field) -> Any:  # noqa: ANN401 (any JSON value)
    """What stands in the row where the field says that it stands."""
    for step in field.pointer:
        data = data[step]
    return data


def roles(record: Record) -> list[str]:
    return [turn.role for turn in record.context]
