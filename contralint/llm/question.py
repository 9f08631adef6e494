"""What a language model is asked: instructions of ours with records as data, or a conversation to go on with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
import orjson

_CHARACTERS_A_TOKEN = 3  # of English about four; a budget had better be guessed too high
_REPLY_TOKENS = 100  # of a short structured reply
_ANSWER_TOKENS = 400  # of an answer in words


class Message(msgspec.Struct, omit_defaults=True):
    """What a model says: a text, calls of tools, or both."""

    content: str | None = None
    tool_calls: list[dict[str, Any]] | None = None


class Ask(Protocol):
    """What a model may be asked."""

    def messages(self) -> Sequence[Mapping[str, Any]]:
        """What is asked, as chat messages."""
        ...

    def options(self) -> dict[str, Any]:
        """What the endpoint is told besides: the form of the reply, or the tools at hand."""
        ...

    def reply(self, message: Message) -> str | None:
        """The reply as it is kept; None where the message holds none."""
        ...

    def digest(self, *settings: str) -> str:
        """Names what is asked, and the settings that it is asked with, by their content."""
        ...

    def estimate(self) -> int:
        """Tokens that asking will cost, roughly."""
        ...


@dataclass(frozen=True)
class Question:
    """One question, complete in itself.

    Attributes:
        instructions: What to do, in our words alone: no word of a record.
        data: What to do it with; sent as one JSON object, in a message of its own.
        schema: JSON Schema of the reply.
    """

    instructions: str
    data: Mapping[str, Any]
    schema: Mapping[str, Any]

    def messages(self) -> list[dict[str, str]]:
        """The question as chat messages."""
        return [{"role": "system", "content": self.instructions}, {"role": "user", "content": as_json(self.data)}]

    def options(self) -> dict[str, Any]:
        """Has the endpoint keep to the schema."""
        schema = {"name": "reply", "strict": True, "schema": self.schema}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}

    def reply(self, message: Message) -> str | None:
        """The text of the message."""
        return message.content

    def digest(self, *settings: str) -> str:
        """Names the question and the settings that it is asked with by their content."""
        parts = [self.instructions, self.data, self.schema, settings]
        return hashlib.sha256(as_json(parts).encode()).hexdigest()

    def estimate(self) -> int:
        """Tokens that asking will cost, roughly."""
        return sum(len(message["content"]) for message in self.messages()) // _CHARACTERS_A_TOKEN + _REPLY_TOKENS


@dataclass(frozen=True)
class Chat:
    """A conversation that a model is to go on with, as its users would have it: nothing of ours is added.

    Attributes:
        said: Messages so far, in the form of chat completions.
        tools: Tools at hand, in the same form.
    """

    said: Sequence[Mapping[str, Any]]
    tools: Sequence[Mapping[str, Any]] = ()

    def messages(self) -> Sequence[Mapping[str, Any]]:
        """The conversation as it is."""
        return [_encodable(message) for message in self.said]

    def options(self) -> dict[str, Any]:
        """Puts the tools at hand."""
        return {"tools": _encodable(self.tools)} if self.tools else {}

    def reply(self, message: Message) -> str | None:
        """The message as JSON."""
        return msgspec.json.encode(message).decode() if message.content or message.tool_calls else None

    def digest(self, *settings: str) -> str:
        """Names the conversation and the settings that it is asked with by their content."""
        return hashlib.sha256(as_json([self.said, self.tools, settings]).encode()).hexdigest()

    def estimate(self) -> int:
        """Tokens that asking will cost, roughly."""
        return len(as_json([self.said, self.tools])) // _CHARACTERS_A_TOKEN + _ANSWER_TOKENS


def as_json(data: Any) -> str:  # noqa: ANN401 (plain data)
    """JSON in which no text can end its string, nor spell a control token such as <|im_end|>."""
    text = orjson.dumps(_encodable(data), option=orjson.OPT_SORT_KEYS).decode()
    return text.replace("<", "\\u003c").replace(">", "\\u003e")


def _encodable(data: Any) -> Any:  # noqa: ANN401 (any JSON value)
    """The data with "?" for what UTF-8 cannot hold."""
    if isinstance(data, str):
        return data.encode("utf-8", "replace").decode()
    if isinstance(data, Mapping):
        return {key: _encodable(value) for key, value in data.items()}
    return [_encodable(value) for value in data] if isinstance(data, list | tuple) else data
