"""`alpaca`: instruction, input?, output or response, system?, history?."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contralint.records import Pointer, Record, Turn
from contralint.shapes.columns import Columns, filled, is_given, present, read_material, required, required_value
from contralint.shapes.content import read_content
from contralint.shapes.conversation import Conversation
from contralint.shapes.halves import with_system
from contralint.shapes.origin import read_origin
from contralint.shapes.tools import tools_at_hand
from contralint.shapes.turns import answer_turn
from contralint.shapes.unknown import UnknownShape, kind, place

if TYPE_CHECKING:
    from contralint.readers import Row

NAME = "alpaca"
INSTRUCTION = ("instruction", "INSTRUCTION")
RESPONSE = ("output", "response", "completion", "RESPONSE")


def matches(data: Columns) -> bool:
    """Whether the row has the columns of this shape."""
    return is_given(data, INSTRUCTION) and present(data, RESPONSE) is not None


def read(row: Row) -> list[Record]:
    """Reads the answer, and those of the history, which are trained on, too.

    Raises:
        UnknownShape: A column is missing or holds something else than text.
    """
    data = row.data
    key = required(data, RESPONSE)
    answer = answer_turn(read_content("response", data[key], (key,)))
    turns = with_system(data, (*read_instruction(data), answer))
    return Conversation(read_origin(row), NAME, turns, tools_at_hand(data), read_material(data)).teachings()


def read_instruction(data: Columns) -> tuple[Turn, ...]:
    """The history and the instruction that follows it.

    Raises:
        UnknownShape: The instruction is missing, or the history is no list of pairs.
    """
    key = required_value(data, INSTRUCTION)
    asked = read_content("instruction", data[key], (key,))
    return (*_read_history(data), Turn("user", asked, trained=False))


def _read_history(data: Columns) -> list[Turn]:
    if filled(data, ("history",)) is None:
        return []
    value = data["history"]
    if not isinstance(value, (list, tuple)):
        raise UnknownShape(f"'history' is {kind(value)}, not a list of [user, assistant] pairs")
    return [turn for position, pair in enumerate(value) for turn in _read_exchange(pair, ("history", position))]


def _read_exchange(pair: object, pointer: Pointer) -> tuple[Turn, Turn]:
    if not isinstance(pair, (list, tuple)) or len(pair) != 2:
        raise UnknownShape(f"{place(pointer)} is not a [user, assistant] pair")
    asked = read_content("instruction", pair[0], (*pointer, 0))
    answered = read_content("response", pair[1], (*pointer, 1))
    return Turn("user", asked, trained=False), answer_turn(answered)
