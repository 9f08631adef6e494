"""What a language model is asked: instructions of ours, and records as data."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

_CHARACTERS_A_TOKEN = 3  # of English about four; a budget had better be guessed too high
_REPLY_TOKENS = 100  # of a short structured reply


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

    def digest(self, *settings: str) -> str:
        """Names the question and the settings that it is asked with by their content."""
        parts = [self.instructions, self.data, self.schema, settings]
        return hashlib.sha256(as_json(parts).encode()).hexdigest()

    def estimate(self) -> int:
        """Tokens that asking will cost, roughly."""
        return sum(len(message["content"]) for message in self.messages()) // _CHARACTERS_A_TOKEN + _REPLY_TOKENS


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
