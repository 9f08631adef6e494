"""`prompt-completion`: what is asked and what is answered, each a string or a list of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contralint.shapes.columns import MATERIAL, Columns, is_given, present, read_material, required, required_value
from contralint.shapes.conversation import Conversation
from contralint.shapes.halves import read_answered, read_asked, with_system
from contralint.shapes.origin import read_origin
from contralint.shapes.tools import tools_at_hand

if TYPE_CHECKING:
    from contralint.readers import Row
    from contralint.records import Record

NAME = "prompt-completion"
PROMPT = ("prompt", "query", "message_1", "inputs", "input")
COMPLETION = ("completion", "generation", "response", "answer", "message_2", "targets", "output")


def matches(data: Columns) -> bool:
    """Whether the row has the columns of this shape."""
    return is_given(data, PROMPT) and present(data, COMPLETION) is not None


def read(row: Row) -> list[Record]:
    """Reads one record for each trained assistant turn of the completion.

    Raises:
        UnknownShape: A column is missing, or neither text nor messages.
    """
    data = row.data
    asked, answered = required_value(data, PROMPT), required(data, COMPLETION)
    turns = (*read_asked(data[asked], (asked,)), *read_answered(data[answered], (answered,)))
    material = read_material(data, [key for key in MATERIAL if key != asked])
    origin, tools = read_origin(row), tools_at_hand(data)
    return Conversation(origin, NAME, with_system(data, turns), tools, material).teachings()
