"""The source that a row names: the dataset, annotator or pipeline that it comes from."""

from __future__ import annotations

import sys
from collections.abc import Collection

from contralint.shapes.cells import find
from contralint.shapes.columns import Columns

SOURCE_NAMES = ("source", "dataset", "metadata.source")
"""Where rows name their source by themselves, the first that does so."""
# A source is a name. What is longer, or has lines, is a text: of a translation, or one to be summed up.
_LONGEST_NAME = 100


def read_source(data: Columns, field: str | None = None, taken: Collection[str] = ()) -> str | None:
    """The source of a row; None where it names none, so that its file stands for it.

    Args:
        data: The row.
        field: Dotted name of the column that names it; None looks where rows usually do.
        taken: Columns that hold something else, as the user says.
    """
    if field is not None:
        cell = find(data, field)
        return _named(cell.value) if cell else None
    for name in SOURCE_NAMES:
        cell = None if name in taken else find(data, name)
        if cell and _is_name(cell.value):
            return _named(cell.value)
    return None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_NAME and len(value.split()) > 0 and "\n" not in value


def _named(value: object) -> str | None:
    """A value as a name; the same name of many rows is held once."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    return sys.intern(str(value).strip()) or None
