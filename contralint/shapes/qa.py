"""`qa`: question and answer, with a system prompt, a passage or choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from contralint.records import Field, Pointer, Turn
from contralint.shapes.columns import Columns, is_given, present, read_material, required, required_value
from contralint.shapes.content import read_content
from contralint.shapes.conversation import Conversation
from contralint.shapes.halves import with_system
from contralint.shapes.origin import read_origin
from contralint.shapes.tools import tools_at_hand
from contralint.shapes.turns import answer_turn

if TYPE_CHECKING:
    from contralint.readers import Row
    from contralint.records import Record

NAME = "qa"
QUESTION = ("question",)
ANSWER = ("answer", "answers", "response", "completion", "output")
CHOICES = ("choices", "options")
PASSAGE = ("context", "article", "passage", *CHOICES)
# SQuAD keeps the texts of its answers under "text", TriviaQA the main one under "value".
ANSWER_TEXTS = ("text", "value")


def matches(data: Columns) -> bool:
    """Whether the row has the columns of this shape."""
    return is_given(data, QUESTION) and present(data, ANSWER) is not None


def read(row: Row) -> list[Record]:
    """Reads the answer; of several answers, the first.

    Raises:
        UnknownShape: A column is missing or holds something else than text.
    """
    data = row.data
    asked = required_value(data, QUESTION)
    turns = (
        Turn("user", read_content("instruction", data[asked], (asked,)), trained=False),
        answer_turn(_read_answer(data, required(data, ANSWER))),
    )
    origin, material = read_origin(row), read_material(data, PASSAGE)
    return Conversation(origin, NAME, with_system(data, turns), tools_at_hand(data), material).teachings()


def _read_answer(data: Columns, key: str) -> Field:
    """The answer; a number beside a list of choices is the position of the right one."""
    answer = data[key]
    for choices in CHOICES:
        offered = data.get(choices)
        if type(answer) is int and isinstance(offered, (list, tuple)) and 0 <= answer < len(offered):
            return read_content("response", offered[answer], (choices, answer))
    return read_answer("response", answer, (key,))


def read_answer(name: str, value: object, pointer: Pointer) -> Field:
    """Reads an answer that may be text, a number, yes or no, or several of these.

    Raises:
        UnknownShape: It is anything else.
    """
    if isinstance(value, Mapping):
        key = present(value, ANSWER_TEXTS)
        if key is not None:
            return read_answer(name, value[key], (*pointer, key))
    if isinstance(value, (list, tuple)):
        return read_answer(name, value[0], (*pointer, 0)) if value else Field(name, "", pointer)
    if isinstance(value, (int, float)):
        return Field(name, str(value), pointer)
    return read_content(name, value, pointer)
