"""The edits of a row that wishes come to: texts written anew, conditions in system prompts, weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from contralint.records import Field, Pointer, Record
from contralint.resolve.change import Edit, Put, applied
from contralint.resolve.conditions import placed
from contralint.resolve.rows import Rows, Teaching, short_hash
from contralint.resolve.strategy import UnsettledError


@dataclass
class Task:
    """What is to be changed in one row.

    Attributes:
        texts: Hash of a record to its fields to their new text.
        conditions: What its system prompt is to say besides.
        weigh: Whether it is to count less.
    """

    texts: dict[str, Mapping[str, str]] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)
    weigh: bool = False


@dataclass(frozen=True)
class Editor:
    """Turns tasks into edits.

    Attributes:
        rows: Reads rows.
        columns: Field to column, for rows of no known shape.
        weight: What rows that are to count less weigh.
        weight_column: Where that is written.
    """

    rows: Rows
    columns: Mapping[str, str]
    weight: float
    weight_column: str

    def edits(self, teaching: Teaching, task: Task, *, as_text: bool) -> tuple[Edit, ...]:
        """The edits that carry out a task; none where the row is so already.

        Args:
            teaching: The row.
            task: What is to be changed.
            as_text: Whether all cells of its file are text.

        Raises:
            UnsettledError: The row has no place for what it is to hold.
        """
        done: list[Edit] = [*_rewritten(teaching, task.texts)]
        for condition in task.conditions:
            now = self.rows.again(teaching, applied(teaching.row.data, done))
            done += placed(now, condition, self.rows, self.columns)
        if task.weigh:
            done += self._weighed(teaching, as_text=as_text)
        return tuple(done)

    def _weighed(self, teaching: Teaching, *, as_text: bool) -> tuple[Edit, ...]:
        """The weight; one that is as low already stays."""
        value = teaching.row.data.get(self.weight_column)
        if value is not None and value != "":
            weighs = _number(value)
            if weighs is None:
                raise UnsettledError(
                    f"{teaching.place}: '{self.weight_column}' holds no number, but {str(value)[:40]!r}"
                )
            if weighs <= self.weight:
                return ()
        return (Put((self.weight_column,), json.dumps(self.weight) if as_text else self.weight),)


def _number(value: object) -> float | None:
    try:
        return None if isinstance(value, bool) or not isinstance(value, (int, float, str)) else float(value)
    except ValueError:
        return None


def _rewritten(teaching: Teaching, texts: Mapping[str, Mapping[str, str]]) -> tuple[Edit, ...]:
    """The texts of records that a decision writes anew."""
    edits: dict[Pointer, Put] = {}
    for record in teaching.records:
        for name, text in texts.get(short_hash(record), {}).items():
            found = _field(record, name)
            if found is None or not found.pointer:
                raise UnsettledError(f"{teaching.place}: there is no field '{name}' to write anew")
            if found.pointer in edits:
                raise UnsettledError(f"{teaching.place}: two texts to write anew stand in one string: edit it by hand")
            edits[found.pointer] = text_edit(teaching, found, text)
    return tuple(edits.values())


def _field(record: Record, name: str) -> Field | None:
    """A field by the name that reports give it, or by what it is to a record."""
    fields: dict[str, Field | None] = {
        "response": record.response,
        "instruction": record.instruction,
        "system": record.system,
        "input": record.input,
        "rejected": record.rejected,
    }
    return next((one for known, one in fields.items() if one and name in (one.name, known)), None)


def text_edit(teaching: Teaching, found: Field, text: str) -> Put:
    """The edit that writes a text of a row anew.

    Raises:
        UnsettledError: It does not stand in the row in one piece.
    """
    return Put(found.pointer, _replaced(teaching, found, text))


def _replaced(teaching: Teaching, found: Field, text: str) -> str:
    value = teaching.row.data
    for step in found.pointer:
        value = value[step]
    end = found.offset + len(found.text)
    if not isinstance(value, str) or value[found.offset : end] != found.text:
        raise UnsettledError(f"{teaching.place}: '{found.name}' is made of several values: edit it by hand")
    return value[: found.offset] + text + value[end:]
