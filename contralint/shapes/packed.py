"""Messages packed into one JSON string, as tables keep them that have no lists."""

from __future__ import annotations

import json
from dataclasses import replace

from contralint.records import Pointer, Turn
from contralint.shapes.canonical import decode
from contralint.shapes.turns import read_turns


def is_messages(value: object) -> bool:
    """Whether a value is a list, or the JSON string of one."""
    return isinstance(value, (list, tuple)) or _is_packed(value)


def read_messages(value: object, pointer: Pointer) -> tuple[Turn, ...]:
    """Reads a list of messages, or the JSON string of one, whose turns then stand within that string.

    Raises:
        UnknownShape: As `read_turns`.
    """
    if not isinstance(value, str) or not _is_packed(value):
        return read_turns(value, pointer)
    turns, cursor = [], 0
    for turn in read_turns(decode(value), pointer):
        offset = _find(turn.field.text, value, cursor)
        turns.append(replace(turn, field=replace(turn.field, pointer=pointer, offset=offset)))
        cursor = offset + len(turn.field.text)
    return tuple(turns)


def _is_packed(value: object) -> bool:
    return isinstance(value, str) and value.lstrip().startswith("[") and isinstance(decode(value), list)


def _find(text: str, packed: str, start: int) -> int:
    """Where a text begins in a JSON string, however it is escaped there; the last place reached where it cannot be."""
    written = (json.dumps(text, ensure_ascii=ascii_only)[1:-1] for ascii_only in (False, True))
    return next((at for form in written if (at := packed.find(form, start)) >= 0), start)
