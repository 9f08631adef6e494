"""One JSON value as raw text: finding in it the characters that a decoded string was made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import orjson

from contralint.readers.place import Extent, Stretch
from contralint.readers.row import Raw

# What jsonlines passes over at the start of a line (a byte order mark, a record separator) besides white space.
_SPACE = re.compile("[ \t\r\n\ufeff\x1e]*")
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_SCALAR = re.compile(r"[^ \t\r\n,\]}]+")
_NESTING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)
# Each match stands for one decoded character; a surrogate pair is one too.
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)


@dataclass(frozen=True)
class JsonText(Raw):
    """A row that is written as JSON."""

    def find(self, stretch: Stretch) -> Extent:
        """Where a stretch stands: of what is no string, the whole value; of what is not there, the whole row."""
        try:
            at = _space(self.text, 0)
            for step in stretch.pointer:
                at = _descend(self.text, at, step)
            end = _value_end(self.text, at)
        except (LookupError, ValueError):  # not the text it once was
            return super().find(stretch)
        if self.text[at] != '"':
            return Extent(at, end)
        content = self.text[at + 1 : end - 1]
        return Extent(at + 1 + _raw_offset(content, stretch.start), at + 1 + _raw_offset(content, stretch.end))


def _descend(text: str, at: int, step: str | int) -> int:
    """Offset of the value under a key or position; of a key that stands twice the last counts, as in decoding."""
    matches = [item.value for item in _items(text, at) if item.step == step]
    return matches[-1]


@dataclass(frozen=True)
class _Item:
    step: str | int
    value: int


def _items(text: str, at: int) -> Iterator[_Item]:
    closing = {"{": "}", "[": "]"}.get(text[at])
    if closing is None:
        return
    position = 0
    at = _space(text, at + 1)
    while text[at] != closing:
        step: str | int = position
        if closing == "}":
            end = _value_end(text, at)
            step = cast("str", orjson.loads(text[at:end]))
            at = _space(text, _space(text, end) + 1)
        yield _Item(step, at)
        position += 1
        at = _space(text, _value_end(text, at))
        at = _space(text, at + 1) if text[at] == "," else at


def _space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _value_end(text: str, at: int) -> int:
    if text[at] in "{[":
        return _nested_end(text, at)
    match = (_STRING if text[at] == '"' else _SCALAR).match(text, at)
    if match is None:
        raise LookupError(at)
    return match.end()


def _nested_end(text: str, at: int) -> int:
    depth = 0
    for token in _NESTING.finditer(text, at):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token[0], 0)
        if depth == 0:
            return token.end()
    raise LookupError(at)


def _raw_offset(content: str, wanted: int) -> int:
    """Offset, in the raw content of a string, of the character that decodes to number `wanted`."""
    decoded = raw = 0
    for escape in _ESCAPE.finditer(content):
        plain = escape.start() - raw
        if decoded + plain >= wanted:
            break
        decoded += plain + 1
        raw = escape.end()
    return min(raw + wanted - decoded, len(content))
