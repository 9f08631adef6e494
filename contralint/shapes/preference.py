"""`preference`: prompt?, chosen and rejected: strings, messages, or whole conversations that begin alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contralint.records import Field, Record, Tool, Turn
from contralint.shapes.alpaca import INSTRUCTION, read_instruction
from contralint.shapes.columns import MATERIAL, NO_MATERIAL, Columns, filled, is_given, read_material, required_value
from contralint.shapes.conversation import Conversation
from contralint.shapes.halves import read_asked, with_system
from contralint.shapes.messages import MESSAGES
from contralint.shapes.origin import read_origin
from contralint.shapes.sharegpt import CONVERSATIONS
from contralint.shapes.sides import Sides, has_sides, read_sides
from contralint.shapes.tools import read_tools, tools_at_hand
from contralint.shapes.turns import read_turns

if TYPE_CHECKING:
    from contralint.readers import Row

NAME = "preference"
PROMPT = ("prompt", "question", "query", "input")


@dataclass(frozen=True)
class Request:
    """What both sides answer: the turns before them, what is given beside, the tools at hand."""

    turns: tuple[Turn, ...] = ()
    material: Field = NO_MATERIAL
    tools: tuple[Tool, ...] = ()


def matches(data: Columns) -> bool:
    """Whether the row has the columns of this shape."""
    return has_sides(data)


def read(row: Row) -> list[Record]:
    """Reads one record: where the two sides part, in the context that they share.

    Raises:
        UnknownShape: A side or the prompt is missing or malformed, or the sides answer different requests.
    """
    data = row.data
    sides = read_sides(data)
    request = _read_request(data) if sides.lack_prompt else Request(tools=tools_at_hand(data))
    return [_prefer(row, sides.after(request.turns), request)]


def _prefer(row: Row, sides: Sides, request: Request) -> Record:
    """The record of two whole sides: the chosen answer as the response, its counterpart as the rejected one."""
    at = sides.fork
    chosen, rejected = sides.chosen[at], sides.rejected[at]
    turns = with_system(row.data, (*sides.chosen[:at], replace(chosen, trained=True)))
    conversation = Conversation(read_origin(row), NAME, turns, request.tools, request.material)
    return replace(
        conversation.teachings()[-1],
        response=replace(chosen.field, name="chosen"),
        rejected=replace(rejected.field, name="rejected"),
        rejected_calls=rejected.calls,
    )


def _read_request(data: Columns) -> Request:
    """What is asked, in the first of the columns that says it: OpenAI's input, a prompt, messages, an instruction."""
    nested = data.get("input")
    if isinstance(nested, Mapping):
        return Request(read_turns(nested.get("messages"), ("input", "messages")), tools=_nested_tools(nested))
    tools = tools_at_hand(data)
    if filled(data, ("prompt",)) is None:
        key = filled(data, (*MESSAGES, *CONVERSATIONS))
        if key is not None:
            return Request(read_turns(data[key], (key,)), tools=tools)
        if is_given(data, INSTRUCTION):
            return Request(read_instruction(data), read_material(data), tools)
    key = required_value(data, PROMPT)
    material = read_material(data, [other for other in MATERIAL if other != key])
    return Request(read_asked(data[key], (key,)), material, tools)


def _nested_tools(nested: Mapping[str, object]) -> tuple[Tool, ...]:
    return read_tools(nested.get("tools"), ("input", "tools"))
