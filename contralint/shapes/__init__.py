"""Shapes turn a raw row into records: what is asked there, and what is taught as the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contralint.errors import UsageError
from contralint.shapes import (
    alpaca,
    mapped,
    messages,
    preference,
    prompt_completion,
    qa,
    segments,
    sharegpt,
    text_label,
    unpaired_preference,
)
from contralint.shapes.layout import Layout
from contralint.shapes.source import read_source
from contralint.shapes.unknown import UnknownShape, kind, listing, quote

if TYPE_CHECKING:
    from contralint.readers import Row
    from contralint.records import Record
    from contralint.shapes.columns import Columns

__all__ = ["SHAPES", "Layout", "Shape", "UnknownShape", "read_row", "read_source"]


@dataclass(frozen=True)
class Shape:
    """One way to write a training example.

    Attributes:
        key: The key that a row of this shape is known by, even where the rest does not fit.
        matches: Whether a row has the columns of this shape.
        read: The records of a row that has them; raises UnknownShape where they hold something else.
    """

    key: str
    matches: Callable[[Columns], bool]
    read: Callable[[Row], list[Record]]


# In the order of detection, the most specific first.
SHAPES: dict[str, Shape] = {
    preference.NAME: Shape("chosen", preference.matches, preference.read),
    unpaired_preference.NAME: Shape("kto_tag", unpaired_preference.matches, unpaired_preference.read),
    messages.NAME: Shape("messages", messages.matches, messages.read),
    sharegpt.NAME: Shape("conversations", sharegpt.matches, sharegpt.read),
    segments.NAME: Shape("segments", segments.matches, segments.read),
    alpaca.NAME: Shape("instruction", alpaca.matches, alpaca.read),
    qa.NAME: Shape("question", qa.matches, qa.read),
    prompt_completion.NAME: Shape("prompt", prompt_completion.matches, prompt_completion.read),
    text_label.NAME: Shape("text", text_label.matches, text_label.read),
}


def read_row(row: Row, *, shape: str | None = None, columns: Mapping[str, str] | None = None) -> list[Record]:
    """Reads the records of one row; none where the row trains no assistant turn.

    Args:
        row: The decoded row and its place.
        shape: Name of the shape to read it as; None tells it by the row's keys.
        columns: Columns of a table of any other shape, such as {"instruction": "ask", "response": "reply.text"}.

    Raises:
        UnknownShape: The row fits no known shape, or not the one that is asked for.
        UsageError: There is no such shape, or the columns do not make up a record.
    """
    if not isinstance(row.data, Mapping):
        raise UnknownShape(f"the row is {kind(row.data)}, not an object with keys")
    try:
        if columns:
            return mapped.read(row, columns)
        return _shape(shape or _detect(row.data)).read(row)
    except RecursionError:
        raise UnknownShape("the row is nested too deeply") from None
    except UnknownShape as unknown:
        raise UnknownShape(f"{unknown.reason}; keys found: {listing(row.data)}") from None


def _shape(name: str) -> Shape:
    if name not in SHAPES:
        raise UsageError(f"no shape is called {quote(name)}; the shapes are {', '.join(SHAPES)}")
    return SHAPES[name]


def _detect(data: Columns) -> str:
    """Name of the first shape whose columns the row has, else of the first that it is known by."""
    fitting = (name for name, shape in SHAPES.items() if shape.matches(data))
    nearly = (name for name, shape in SHAPES.items() if shape.key in data)
    found = next(fitting, None) or next(nearly, None)
    if found is None:
        raise UnknownShape("these keys fit no known shape (name the columns with --map)")
    return found
