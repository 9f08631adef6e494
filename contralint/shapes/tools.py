"""Tools and tool calls, brought to one form in which equal ones are equal strings."""

from __future__ import annotations

from collections.abc import Mapping

from contralint.records import Pointer, Tool, ToolCall
from contralint.shapes.canonical import canonical, decode
from contralint.shapes.columns import Columns, filled, is_empty
from contralint.shapes.unknown import UnknownShape, kind, listing, place

TOOLS = ("tools", "functions")
ARGUMENTS = ("arguments", "parameters", "input", "args")
# Hermes and Qwen write calls into the text of the response.
CALL_OPENS, CALL_CLOSES = "<tool_call>", "</tool_call>"


def tools_at_hand(data: Columns) -> tuple[Tool, ...]:
    """The tools of a row: its column "tools", or "functions" in older data.

    Raises:
        UnknownShape: A tool is neither a schema nor a name.
    """
    key = filled(data, TOOLS)
    return () if key is None else read_tools(data[key], (key,))


def read_tools(value: object, pointer: Pointer) -> tuple[Tool, ...]:
    """Reads tool schemas: a list of them (bare, or as OpenAI wraps them), one, or a JSON string of either.

    Raises:
        UnknownShape: A tool is neither a schema nor a name.
    """
    return tuple(_read_tool(tool, pointer) for tool in _several(value))


def read_calls(value: object, pointer: Pointer) -> tuple[ToolCall, ...]:
    """Reads tool calls: a list of them, one, or a JSON string of either.

    Raises:
        UnknownShape: A call has no name.
    """
    return tuple(_read_call(call, pointer) for call in _several(value))


def calls_in_text(text: str) -> tuple[ToolCall, ...]:
    """Calls that a response writes between <tool_call> tags; what is no call there is text like any other."""
    tagged = [decode(after.partition(CALL_CLOSES)[0]) for after in text.split(CALL_OPENS)[1:]]
    return tuple(_read_call(call, ()) for call in tagged if _is_call(call))


def _is_call(value: object) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("name"), str) and any(key in value for key in ARGUMENTS)


def _several(value: object) -> list[object]:
    decoded = decode(value)
    items = decoded if isinstance(decoded, (list, tuple)) else [decoded]
    return [decode(item) for item in items if not is_empty(item)]


def _read_tool(tool: object, pointer: Pointer) -> Tool:
    if isinstance(tool, str):
        return Tool(tool)
    if not isinstance(tool, Mapping):
        raise UnknownShape(f"{place(pointer)} holds {kind(tool)} where a tool's schema should stand")
    schema = _unwrapped(tool)
    name = schema.get("name") or tool.get("type")
    if not isinstance(name, str):
        raise UnknownShape(f"a tool in {place(pointer)} has no name, but the keys {listing(tool)}")
    return Tool(name, canonical(schema))


def _read_call(call: object, pointer: Pointer) -> ToolCall:
    called = _unwrapped(call) if isinstance(call, Mapping) else {}
    name = called.get("name")
    if not isinstance(name, str):
        raise UnknownShape(f"a tool call in {place(pointer)} has no name")
    arguments = next((called[key] for key in ARGUMENTS if not is_empty(called.get(key))), {})
    return ToolCall(name, canonical(decode(arguments)))


def _unwrapped(value: Mapping[str, object]) -> Mapping[str, object]:
    """What OpenAI's {"type": "function", "function": {...}} wraps; the bare form without that type."""
    inner = value.get("function")
    if isinstance(inner, Mapping):
        return inner
    return {key: held for key, held in value.items() if key != "type" or held != "function"}
