"""`text-label`: a text and its class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contralint.records import Field, Record
from contralint.shapes.columns import Columns, is_given, present, required_value
from contralint.shapes.content import read_content
from contralint.shapes.origin import read_origin
from contralint.shapes.unknown import UnknownShape, kind, place

if TYPE_CHECKING:
    from contralint.readers import Row
    from contralint.records import Pointer

NAME = "text-label"
TEXT = ("text",)
LABEL = ("label", "labels")


def matches(data: Columns) -> bool:
    """Whether the row has the columns of this shape."""
    return is_given(data, TEXT) and present(data, LABEL) is not None


def read(row: Row) -> list[Record]:
    """Reads the label as the answer to the text.

    Raises:
        UnknownShape: A column is missing, the text is none, or the label no label.
    """
    data = row.data
    text, label = required_value(data, TEXT), present(data, LABEL)
    if label is None:
        raise UnknownShape("'text' without a 'label' holds no request and no answer")
    instruction = read_content("instruction", data[text], (text,))
    response = read_label("response", data[label], (label,))
    return [Record(read_origin(row), NAME, instruction, response, labelled=True)]


def read_label(name: str, value: object, pointer: Pointer) -> Field:
    """Reads a class: its name, its number, yes or no, or a list of names.

    Raises:
        UnknownShape: It is anything else.
    """
    if value is None:
        return Field(name, "", pointer)
    if isinstance(value, (str, int, float)):
        return Field(name, str(value), pointer)
    if isinstance(value, (list, tuple)) and all(isinstance(label, (str, int)) for label in value):
        return Field(name, ", ".join(str(label) for label in value), pointer)
    raise UnknownShape(f"{place(pointer)} is {kind(value)}, not a label")
