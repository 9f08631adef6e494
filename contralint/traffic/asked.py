"""What users ask in a row of a log, which need not hold an answer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contralint.records import Turn
from contralint.shapes import UnknownShape, read_row
from contralint.shapes.alpaca import INSTRUCTION
from contralint.shapes.cells import find
from contralint.shapes.columns import MATERIAL, Columns, filled
from contralint.shapes.halves import read_asked
from contralint.shapes.messages import MESSAGES
from contralint.shapes.packed import is_messages, read_messages
from contralint.shapes.prompt_completion import PROMPT
from contralint.shapes.qa import QUESTION
from contralint.shapes.sharegpt import CONVERSATIONS
from contralint.shapes.text_label import TEXT
from contralint.shapes.turns import ROLE_KEYS, ROLES, read_turn
from contralint.shapes.unknown import kind, listing, quote

if TYPE_CHECKING:
    from contralint.readers import Row

# Columns that hold what is asked where no answer stands beside it, in the order of detection.
ASKED = (*INSTRUCTION, *QUESTION, *PROMPT, *TEXT, "message", "content", "request")


def read_requests(row: Row, field: str | None = None) -> list[str]:
    """The requests of a row of a log: a text, a row of any known shape with or without its answer, or one message.

    Where a conversation ends with an answer, all of its requests count; where it is open, its last one alone, since
    those before were rows of their own.

    Args:
        row: The decoded row.
        field: Dotted name of the column that holds the prompt, or the conversation; None looks for it.

    Raises:
        UnknownShape: There is no telling what is asked.
    """
    value = row.data
    if field is not None:
        cell = find(value, field) if isinstance(value, Mapping) else None
        if cell is None:
            raise UnknownShape(f"the row has no column {quote(field)}")
        value = cell.value
    try:
        found = list(_requests(replace(row, data=value)))
    except RecursionError:
        raise UnknownShape("the row is nested too deeply") from None
    return [text for text in found if text]


def _requests(row: Row) -> Iterator[str]:
    data = row.data
    if isinstance(data, (str, list, tuple)):
        return _asked_in(read_asked(data, ()))
    if not isinstance(data, Mapping):
        raise UnknownShape(f"the row is {kind(data)}, neither text nor an object with keys")
    conversation = next((key for key in (*MESSAGES, *CONVERSATIONS) if is_messages(data.get(key))), None)
    if conversation:
        return _asked_in(read_messages(data[conversation], (conversation,)))
    if any(str(data.get(key)).strip().lower() in ROLES for key in ROLE_KEYS):
        return _asked_in([read_turn(data, ())])
    return _answered(row) or _unanswered(data)


def _answered(row: Row) -> Iterator[str] | None:
    """What a row of a known shape asks; None where it has none, such as for want of an answer."""
    try:
        return iter([record.request for record in read_row(row)])
    except UnknownShape:
        return None


def _unanswered(data: Columns) -> Iterator[str]:
    texts = [key for key, value in data.items() if isinstance(value, str) and value.strip()]
    key = filled(data, ASKED) or (texts[0] if len(texts) == 1 else None)
    if key is None:
        raise UnknownShape(f"there is no telling which column holds the prompt; keys found: {listing(data)}")
    value = data[key]
    if not isinstance(value, str):
        return _asked_in(read_asked(value, (key,)))
    material = next((data[name] for name in MATERIAL if name != key and isinstance(data.get(name), str)), "")
    return _asked_in(read_asked(f"{value}\n{material}".strip(), (key,)))


def _asked_in(turns: Sequence[Turn]) -> Iterator[str]:
    """The requests of a conversation: user turns that follow each other are one."""
    spoken = [turn for turn in turns if turn.role != "system"]
    asked = [
        "\n".join(turn.field.text for turn in run).strip()
        for is_user, run in itertools.groupby(spoken, key=lambda turn: turn.role == "user")
        if is_user
    ]
    answered = bool(spoken) and spoken[-1].role == "assistant"
    return iter(asked if answered else asked[-1:])
