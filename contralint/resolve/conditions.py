"""When a side holds, said in the system prompt of its rows, in the place that each row's own shape has for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contralint.readers import described
from contralint.records import Record
from contralint.resolve.change import Edit, Prepend, Put, applied
from contralint.resolve.rows import Rows, Teaching
from contralint.resolve.strategy import UnsettledError
from contralint.shapes import Layout, alpaca
from contralint.shapes.columns import SYSTEM, is_empty
from contralint.shapes.turns import CONTENT_KEYS, ROLE_KEYS, ROLES

_GAP = "\n\n"  # between a system prompt and what is added to it


def placed(teaching: Teaching, condition: str, rows: Rows, columns: Mapping[str, str]) -> tuple[Edit, ...]:
    """Edits after which the system prompt of a row says a condition; none where it says it already.

    Each way is tried, and taken only if the row then reads as before but for its system prompt.

    Args:
        teaching: The row.
        condition: What the system prompt is to say.
        rows: Reads rows.
        columns: Field to column, for rows of no known shape.

    Raises:
        UnsettledError: The row has no place for a system prompt.
    """
    if all(condition in record.system.text for record in teaching.records):
        return ()
    for edits in _ways(teaching, condition, columns):
        again = rows.again(teaching, applied(teaching.row.data, edits))
        if _says(teaching, again, condition):
            return edits
    shape = teaching.records[0].shape if teaching.records else "unknown"
    raise UnsettledError(f"{teaching.place}: a row of the shape {shape} has no place for a system prompt")


def _says(before: Teaching, after: Teaching, condition: str) -> bool:
    if len(before.records) != len(after.records):
        return False
    pairs = zip(before.records, after.records, strict=True)
    return all(condition in new.system.text and _beside_system(old) == _beside_system(new) for old, new in pairs)


def _beside_system(record: Record) -> tuple[object, ...]:
    """All that a record says but for its system prompt."""
    context = [(turn.role, turn.field.text, turn.calls) for turn in record.context]
    rejected = record.rejected and record.rejected.text
    said = (record.instruction.text, record.input.text, record.response.text, record.calls, record.tools)
    return (record.shape, *said, context, rejected, record.rejected_calls, record.desired, record.turn)


def _ways(teaching: Teaching, condition: str, columns: Mapping[str, str]) -> Iterator[tuple[Edit, ...]]:
    data = teaching.row.data
    yield from _longer_prompt(teaching, condition)
    named = [name for name in (columns.get("system"), _described(teaching.row.path), *SYSTEM) if name]
    yield from ((Put((name,), condition),) for name in named if name in data and is_empty(data[name]))
    lists = {name: value for name, value in data.items() if _is_conversation(value)}
    yield from ((Prepend((name,), _message(value, condition)),) for name, value in lists.items())
    yield tuple(Prepend((name,), _message(value, condition)) for name, value in lists.items())
    nested = data.get("input")
    if isinstance(nested, Mapping) and _is_conversation(nested.get("messages")):  # OpenAI's preferences
        yield (Prepend(("input", "messages"), _message(nested["messages"], condition)),)
    if all(record.shape == alpaca.NAME for record in teaching.records):
        yield (Put((named[0],), condition),)


def _longer_prompt(teaching: Teaching, condition: str) -> Iterator[tuple[Edit, ...]]:
    """The prompts that are there, with the condition behind them."""
    pointers = dict.fromkeys(record.system.pointer for record in teaching.records if record.system.pointer)
    edits: list[Edit] = []
    for pointer in pointers:
        value = teaching.row.data
        for step in pointer:
            value = value[step]
        if not isinstance(value, str):
            return
        edits.append(Put(pointer, value + _GAP + condition if value else condition))
    yield tuple(edits)


def _described(path: str) -> str | None:
    """The column of system prompts that a manifest beside the file names."""
    entry = described(path)
    layout = Layout.of(entry) if entry else None
    return layout.columns.get("system") if layout else None


def _is_conversation(value: object) -> bool:
    """Whether a value is a list of messages, and not of answers alone."""
    if not isinstance(value, (list, tuple)) or not all(_role_key(message) for message in value):
        return False
    return any(ROLES.get(str(message[_role_key(message)]).lower()) != "assistant" for message in value)


def _role_key(message: object) -> str | None:
    return next((key for key in ROLE_KEYS if key in message), None) if isinstance(message, Mapping) else None


def _message(conversation: Any, condition: str) -> dict[str, str]:  # noqa: ANN401 (a list as decoded)
    """A system message with the keys that the first message has."""
    first = conversation[0]
    content = next((key for key in CONTENT_KEYS if key in first), CONTENT_KEYS[0])
    return {str(_role_key(first)): "system", content: condition}
