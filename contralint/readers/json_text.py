"""One JSON value as raw text: finding in it the characters that a decoded string was made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import orjson

from contralint.readers.place import Extent, Stretch
from contralint.readers.row import Raw
from contralint.records import Pointer

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
            value = extent(self.text, stretch.pointer)
        except (LookupError, ValueError):  # not the text it once was
            return super().find(stretch)
        if self.text[value.begin] != '"':
            return value
        content, begin = self.text[value.begin + 1 : value.end - 1], value.begin + 1
        return Extent(begin + _raw_offset(content, stretch.start), begin + _raw_offset(content, stretch.end))


def extent(text: str, pointer: Pointer) -> Extent:
    """Where the value stands that keys and positions lead to.

    Of a key that stands twice the last counts, as in decoding.

    Raises:
        LookupError: There is none.
    """
    at = _space(text, 0)
    for step in pointer:
        at = [item.value for item in items(text, at) if item.step == step][-1]
    return Extent(at, value_end(text, at))


@dataclass(frozen=True)
class Item:
    """One member of an object or element of an array.

    Attributes:
        step: Its key or position.
        start: Offset of the key, or of the element.
        value: Offset of the value.
    """

    step: str | int
    start: int
    value: int


def items(text: str, at: int) -> Iterator[Item]:
    """What the object or array at an offset holds; of any other value, nothing."""
    closing = {"{": "}", "[": "]"}.get(text[at])
    if closing is None:
        return
    position = 0
    at = _space(text, at + 1)
    while text[at] != closing:
        step, start = cast("str | int", position), at
        if closing == "}":
            end = value_end(text, at)
            step = cast("str", orjson.loads(text[at:end]))
            at = _space(text, _space(text, end) + 1)
        yield Item(step, start, at)
        position += 1
        at = _space(text, value_end(text, at))
        at = _space(text, at + 1) if text[at] == "," else at


def _space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def value_end(text: str, at: int) -> int:
    """Offset after the value at an offset."""
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
