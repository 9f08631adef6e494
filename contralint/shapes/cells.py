"""Values of a row by dotted names, which lead into objects and lists, as in "turns.0.text"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contralint.records import Pointer
from contralint.shapes.columns import Columns


@dataclass(frozen=True)
class Cell:
    """What a column holds in one row, and where."""

    value: object = None
    pointer: Pointer = ()


def find(data: Columns, name: str) -> Cell | None:
    """The cell that a name leads to; None where the row has no such column."""
    if name in data:
        return Cell(data[name], (name,))
    cell = Cell(data)
    for step in name.split("."):
        value = cell.value
        if isinstance(value, Mapping) and step in value:
            cell = Cell(value[step], (*cell.pointer, step))
        elif isinstance(value, (list, tuple)) and step.isdecimal() and int(step) < len(value):
            cell = Cell(value[int(step)], (*cell.pointer, int(step)))
        else:
            return None
    return cell
