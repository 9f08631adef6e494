"""Any other table, through `--map`: which column holds the instruction, which the response, and so on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from contralint.errors import UsageError
from contralint.records import Field, Origin, Record, Turn
from contralint.shapes.cells import Cell, find
from contralint.shapes.columns import Columns, as_material
from contralint.shapes.content import read_content
from contralint.shapes.conversation import Conversation
from contralint.shapes.halves import read_asked
from contralint.shapes.origin import read_origin
from contralint.shapes.qa import read_answer
from contralint.shapes.text_label import read_label
from contralint.shapes.tools import tools_at_hand
from contralint.shapes.turns import answer_turn, read_turns
from contralint.shapes.unknown import UnknownShape, quote
from contralint.shapes.unpaired_preference import read_wanted

if TYPE_CHECKING:
    from contralint.readers import Row

NAME = "mapped"
PARTS = ("messages", "instruction", "input", "system", "response", "label", "chosen", "rejected", "id")
# What a record needs at least, one of these sets.
NEEDED = (("messages",), ("instruction", "response"), ("instruction", "label"), ("instruction", "chosen", "rejected"))


def check_columns(columns: Mapping[str, str]) -> None:
    """Checks that columns are named for enough parts of a record, and for nothing else.

    Raises:
        UsageError: They are not.
    """
    for part in columns:
        if part not in PARTS:
            raise UsageError(f"--map {part}=...: a record has no {quote(part)}; its parts are {', '.join(PARTS)}")
    if not any(all(part in columns for part in needed) for needed in NEEDED):
        raise UsageError("--map needs instruction=COLUMN with response, label, or chosen and rejected (or messages)")


def read(row: Row, columns: Mapping[str, str]) -> list[Record]:
    """Reads a row whose columns are named; a dotted name leads into objects and lists, as in "turns.0.text".

    Raises:
        UsageError: The columns do not make up a record.
        UnknownShape: The row lacks one of them, or it holds something else than text.
    """
    check_columns(columns)
    cells = {part: _found(row.data, name) for part, name in columns.items()}
    conversation = Conversation(
        _read_origin(row, cells), NAME, _read_turns(cells), tools_at_hand(row.data), _read_material(cells)
    )
    teachings = conversation.teachings()
    return teachings if "messages" in cells else [_finish(teachings[-1], cells)]


def _found(data: Columns, name: str) -> Cell:
    cell = find(data, name)
    if cell is None:
        raise UnknownShape(f"the row has no column {quote(name)}")
    return cell


def _read_origin(row: Row, cells: Mapping[str, Cell]) -> Origin:
    origin = read_origin(row)
    return replace(origin, id=str(cells["id"].value)) if "id" in cells else origin


def _read_material(cells: Mapping[str, Cell]) -> Field:
    cell = cells.get("input", Cell())
    return as_material(cell.value, cell.pointer)


def _read_turns(cells: Mapping[str, Cell]) -> tuple[Turn, ...]:
    system = cells.get("system", Cell())
    prompt = Turn("system", read_content("system", system.value, system.pointer), trained=False)
    opening = (prompt,) if prompt.field.text else ()
    if "messages" in cells:
        return (*opening, *read_turns(cells["messages"].value, cells["messages"].pointer))
    asked = cells["instruction"]
    return (*opening, *read_asked(asked.value, asked.pointer), answer_turn(_read_response(cells)))


def _read_response(cells: Mapping[str, Cell]) -> Field:
    part = next(part for part in ("chosen", "response", "label") if part in cells)
    read_part = read_label if part == "label" else read_answer
    return read_part("response", cells[part].value, cells[part].pointer)


def _finish(record: Record, cells: Mapping[str, Cell]) -> Record:
    """The record with what its other columns say: a rejected side, or whether the response is wanted."""
    if "chosen" in cells:
        rejected = read_answer("rejected", cells["rejected"].value, cells["rejected"].pointer)
        return replace(record, response=replace(record.response, name="chosen"), rejected=rejected)
    if "response" not in cells:
        return replace(record, labelled=True)
    return replace(record, desired=read_wanted(cells["label"].value)) if "label" in cells else record
