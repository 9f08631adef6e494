"""`segments`: axolotl's template-free rows, whose text is cut into parts that are trained on and parts that are not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from contralint.records import Field, Pointer, Turn
from contralint.shapes.columns import required
from contralint.shapes.conversation import Conversation
from contralint.shapes.origin import read_origin
from contralint.shapes.turns import answer_turn
from contralint.shapes.unknown import UnknownShape, kind, place

if TYPE_CHECKING:
    from contralint.readers import Row
    from contralint.records import Record
    from contralint.shapes.columns import Columns

NAME = "segments"
SEGMENTS = ("segments",)
# What the common chat templates put before and behind what is said; these rows write it out.
_BEFORE = re.compile(
    r"\s*(?:<s>|<\|begin_of_text\|>|\[INST\]|<\|im_start\|>\w*\n?|<\|start_header_id\|>\w*<\|end_header_id\|>"
    r"|<start_of_turn>\w*\n?|(?:### ?)?(?:Human|User|Instruction|Assistant|Response) ?:)\s*"
)
_BEHIND = re.compile(
    r"(?:</s>|\[/INST\]|<\|im_end\|>|<\|eot_id\|>|<end_of_turn>|<\|im_start\|>assistant|<start_of_turn>model"
    r"|<\|start_header_id\|>assistant<\|end_header_id\|>|(?:### ?)?(?:Assistant|Response) ?:)\Z"
)


def matches(data: Columns) -> bool:
    """Whether the row has the columns of this shape."""
    return isinstance(data.get("segments"), (list, tuple))


def read(row: Row) -> list[Record]:
    """Reads what is trained on as answers, and the rest as what is asked.

    Raises:
        UnknownShape: There is no list of segments, or one of them is malformed.
    """
    key = required(row.data, SEGMENTS)
    value = row.data[key]
    if not isinstance(value, (list, tuple)):
        raise UnknownShape(f"'{key}' is {kind(value)}, not a list of segments")
    parts = [_read_segment(segment, (key, position)) for position, segment in enumerate(value)]
    runs = [[field for _, field in run] for _, run in itertools.groupby(parts, key=lambda part: part[0])]
    trained = [label for label, _ in itertools.groupby(parts, key=lambda part: part[0])]
    turns = tuple(_turn(label, run) for label, run in zip(trained, runs, strict=True))
    return Conversation(read_origin(row), NAME, turns).teachings()


def _read_segment(segment: object, pointer: Pointer) -> tuple[bool, Field]:
    if not isinstance(segment, Mapping) or not isinstance(segment.get("label"), bool):
        raise UnknownShape(f"{place(pointer)} is no segment with a text and a label that is true or false")
    text = segment.get("text")
    if not isinstance(text, str):
        raise UnknownShape(f"{place((*pointer, 'text'))} is {kind(text)}, not text")
    return segment["label"], Field("response" if segment["label"] else "instruction", text, (*pointer, "text"))


def _turn(trained: bool, run: list[Field]) -> Turn:
    text = "".join(field.text for field in run)
    begin, end = _bounds(text)
    said = Field(run[0].name, text[begin:end], run[0].pointer, begin)
    return answer_turn(said) if trained else Turn("user", said, trained=False)


def _bounds(text: str) -> tuple[int, int]:
    """Where what is said begins and ends within the marks of a template."""
    begin, end = 0, len(text.rstrip())
    while opening := _BEFORE.match(text, begin, end):
        begin = opening.end()
    while closing := _BEHIND.search(text, begin, end):
        end = begin + len(text[begin : closing.start()].rstrip())
    return begin + len(text[begin:end]) - len(text[begin:end].lstrip()), end
