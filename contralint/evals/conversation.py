"""A record as a chat, and an answer to a chat as a record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contralint.errors import UsageError
from contralint.readers import Row
from contralint.records import Record, Tool, ToolCall
from contralint.shapes import UnknownShape, read_row

ANSWERS = "<answers>"
Message = dict[str, Any]


def asked(record: Record, system: str | None = None) -> list[Message]:
    """The conversation up to a record's response, in the form of chat completions.

    Args:
        record: What is asked.
        system: The system prompt in place of its own.
    """
    told = record.system.text if system is None else system
    messages: list[Message] = [{"role": "system", "content": told}] if told else []
    ids: list[str] = []  # of calls whose results have not come yet
    for turn in record.context:
        if turn.role == "tool":
            messages.append({"role": "tool", "tool_call_id": ids.pop(0) if ids else "call", "content": turn.field.text})
        elif turn.calls:
            ids = [f"call_{len(messages)}_{number}" for number in range(len(turn.calls))]
            messages.append(_calling(turn.field.text, turn.calls, ids))
        else:
            messages.append({"role": turn.role, "content": turn.field.text})
    last = {"role": "user", "content": record.request}
    return [*messages, last] if record.request or not record.context else messages


def schemas(tools: Sequence[Tool]) -> list[dict[str, Any]]:
    """Tools in the form of chat completions."""
    return [{"type": "function", "function": {"name": tool.name, **_schema(tool)}} for tool in tools]


def spoken(record: Record) -> Message:
    """A record's response as a message."""
    if not record.calls:
        return {"role": "assistant", "content": record.response.text}
    return _calling(record.response.text, record.calls, [f"call_{number}" for number in range(len(record.calls))])


def answered(messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]], answer: Message) -> Record:
    """An answer as the record that a scan would read.

    Raises:
        UsageError: It is no answer of an assistant.
    """
    row = Row(ANSWERS, 0, 1, {"messages": [*messages, answer], "tools": [*tools]}, None)
    try:
        records = read_row(row, shape="messages")
    except UnknownShape as error:
        raise UsageError(f"an answer cannot be read: {error.reason}") from None
    if not records:
        raise UsageError("an answer cannot be read: it is no message of an assistant")
    return records[-1]


def request_of(messages: Sequence[Mapping[str, Any]]) -> str:
    """The request that a conversation ends with."""
    return next((str(one.get("content") or "") for one in reversed(messages) if one.get("role") == "user"), "")


def system_of(messages: Sequence[Mapping[str, Any]]) -> str:
    """The system prompt of a conversation."""
    return next(_contents(messages, "system"), "")


def _contents(messages: Sequence[Mapping[str, Any]], role: str) -> Iterator[str]:
    return (str(one.get("content") or "") for one in messages if one.get("role") == role)


def _calling(text: str, calls: Sequence[ToolCall], ids: Sequence[str]) -> Message:
    made = [
        {"id": name, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
        for name, call in zip(ids, calls, strict=True)
    ]
    return {"role": "assistant", "content": text or None, "tool_calls": made}


def _schema(tool: Tool) -> dict[str, Any]:
    schema = json.loads(tool.schema)
    return {key: schema[key] for key in ("description", "parameters") if schema.get(key)}
