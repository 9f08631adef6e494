"""The columns of a row: finding the one that is filled among the names that a column goes by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contralint.records import Field, Pointer
from contralint.shapes.canonical import canonical
from contralint.shapes.content import read_content
from contralint.shapes.unknown import UnknownShape, quote

Columns = Mapping[str, object]

SYSTEM = ("system", "system_prompt")
MATERIAL = ("input", "context")
NO_MATERIAL = Field("input", "")


def filled(data: Columns, keys: Sequence[str]) -> str | None:
    """The first of the keys whose column holds anything; Arrow pads columns with nulls, CSV with ""."""
    return next((key for key in keys if key in data and not is_empty(data[key])), None)


def present(data: Columns, keys: Sequence[str]) -> str | None:
    """The first of the keys whose column is filled, else is no null, else is there at all."""
    known = [key for key in keys if key in data]
    return filled(data, known) or next((key for key in known if data[key] is not None), known[0] if known else None)


def is_given(data: Columns, keys: Sequence[str]) -> bool:
    """Whether one of the columns holds a value, be it an empty text."""
    return any(data.get(key) is not None for key in keys)


def is_empty(value: object) -> bool:
    """Whether a value is null or an empty text."""
    return value is None or (isinstance(value, str) and not value)


def read_field(data: Columns, name: str, keys: Sequence[str]) -> Field:
    """The text of the first of the columns that is filled; "" where there is none.

    Raises:
        UnknownShape: The column holds something else than text.
    """
    key = present(data, keys)
    return Field(name, "") if key is None else read_content(name, data[key], (key,))


def read_material(data: Columns, keys: Sequence[str] = MATERIAL) -> Field:
    """What is given beside the instruction, in the first of the columns that is filled."""
    key = filled(data, keys)
    return NO_MATERIAL if key is None else as_material(data[key], (key,))


def as_material(value: object, pointer: Pointer) -> Field:
    """Any value as text that is given beside the instruction: a string, lines, or JSON."""
    if value is None or isinstance(value, str):
        return Field("input", value or "", pointer)
    if isinstance(value, (list, tuple)) and all(isinstance(line, str) for line in value):
        return Field("input", "\n".join(value), pointer)
    return Field("input", canonical(value), pointer)


def required(data: Columns, keys: Sequence[str]) -> str:
    """The first of the keys whose column is filled, else is there.

    Raises:
        UnknownShape: None of the columns is there.
    """
    key = present(data, keys)
    if key is None:
        raise UnknownShape(f"the row has no {' or '.join(quote(key) for key in keys[:2])}")
    return key


def required_value(data: Columns, keys: Sequence[str]) -> str:
    """As `required`, of columns that may not be null.

    Raises:
        UnknownShape: None of the columns is there, or it is null.
    """
    key = required(data, keys)
    if data[key] is None:
        raise UnknownShape(f"{quote(key)} is null")
    return key
