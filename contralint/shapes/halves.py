"""The two halves of an exchange, what is asked and what is answered, each a string or a list of messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from contralint.records import Pointer, Turn
from contralint.shapes.columns import SYSTEM, Columns, read_field
from contralint.shapes.content import read_content
from contralint.shapes.transcript import is_transcript, read_transcript
from contralint.shapes.turns import answer_turn, read_turn, read_turns


def read_asked(value: object, pointer: Pointer) -> tuple[Turn, ...]:
    """What is asked: none of its turns is trained on.

    Raises:
        UnknownShape: It is neither text nor messages.
    """
    if isinstance(value, str) and is_transcript(value):
        return read_transcript(value, pointer)
    if isinstance(value, (list, tuple)):
        return tuple(replace(turn, trained=False) for turn in read_turns(value, pointer))
    return (Turn("user", read_content("instruction", value, pointer), trained=False),)


def read_answered(value: object, pointer: Pointer) -> tuple[Turn, ...]:
    """What is answered: a text, one message or several; a null is an empty text.

    Raises:
        UnknownShape: It is neither text nor messages.
    """
    if isinstance(value, (list, tuple)):
        return read_turns(value, pointer)
    if isinstance(value, Mapping):
        return (read_turn(value, pointer),)
    return (answer_turn(read_content("response", value, pointer)),)


def with_system(data: Columns, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Turns, opened by the system prompt that the row keeps in a column of its own.

    A system prompt among the turns goes before it.

    Raises:
        UnknownShape: The column holds something else than text.
    """
    system = read_field(data, "system", SYSTEM)
    if not system.text or any(turn.role == "system" for turn in turns):
        return turns
    return (Turn("system", system, trained=False), *turns)
