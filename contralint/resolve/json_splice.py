"""Changes spliced into the raw text of a JSON value: what is not changed stays as it is written, numbers among it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from contralint.readers.json_text import Item, extent, items, value_end
from contralint.readers.place import Extent
from contralint.resolve.change import Edit, Prepend, Put

_FIRST_COLON = re.compile(r'[\s\[{\ufeff]*"(?:[^"\\]|\\.)*"\s*:(\s*)')


def spliced(text: str, edits: Sequence[Edit]) -> str:
    """The text of a JSON value with changes in it.

    Raises:
        LookupError: A place is not there.
    """
    for edit in edits:
        text = _prepended(text, edit) if isinstance(edit, Prepend) else _put(text, edit)
    return text


def dumped(value: Any, beside: str) -> str:  # noqa: ANN401 (any JSON value)
    """A value as JSON, written as the text beside it is: with or without spaces and escapes."""
    escaped = "\\u" in beside and beside.isascii()
    return json.dumps(value, ensure_ascii=escaped, separators=(", ", ": ") if _is_airy(beside) else (",", ":"))


def _put(text: str, edit: Put) -> str:
    if not edit.pointer:
        return dumped(edit.value, text)
    outer = extent(text, edit.pointer[:-1])
    members = list(items(text, outer.begin))
    there = [member.value for member in members if member.step == edit.pointer[-1]]
    written = dumped(edit.value, text)
    if there:
        return text[: there[-1]] + written + text[value_end(text, there[-1]) :]
    if text[outer.begin] != "{":
        raise LookupError(edit.pointer)
    key = json.dumps(edit.pointer[-1], ensure_ascii=text.isascii())
    if not members:
        return f"{text[: outer.begin]}{{{key}: {written}}}{text[outer.end :]}"
    last = members[-1]
    colon = text[value_end(text, last.start) : last.value]
    end = value_end(text, last.value)
    return text[:end] + _separator(text, outer, members) + key + colon + written + text[end:]


def _prepended(text: str, edit: Prepend) -> str:
    outer = extent(text, edit.pointer)
    if text[outer.begin] != "[":
        raise LookupError(edit.pointer)
    elements = list(items(text, outer.begin))
    written = dumped(edit.value, text)
    if not elements:
        return f"{text[: outer.begin]}[{written}]{text[outer.end :]}"
    first = elements[0].start
    return text[:first] + written + _separator(text, outer, elements) + text[first:]


def _separator(text: str, outer: Extent, members: Sequence[Item]) -> str:
    """What stands between the members of an object or array, or would, where it has only one."""
    if len(members) > 1:
        return text[value_end(text, members[-2].value) : members[-1].start]
    lead = text[outer.begin + 1 : members[0].start]
    return "," + (lead or (" " if _is_airy(text) else ""))


def _is_airy(text: str) -> bool:
    colon = _FIRST_COLON.match(text)
    return colon is None or bool(colon[1])
