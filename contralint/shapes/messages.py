"""`messages`: a list of role and content, with tools, tool calls, tool results and content parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contralint.shapes.columns import required
from contralint.shapes.conversation import Conversation
from contralint.shapes.halves import with_system
from contralint.shapes.origin import read_origin
from contralint.shapes.packed import is_messages, read_messages
from contralint.shapes.tools import tools_at_hand

if TYPE_CHECKING:
    from contralint.readers import Row
    from contralint.records import Record
    from contralint.shapes.columns import Columns

NAME = "messages"
MESSAGES = ("messages",)


def matches(data: Columns) -> bool:
    """Whether the row has the columns of this shape."""
    return is_messages(data.get("messages"))


def read(row: Row) -> list[Record]:
    """Reads one record for each trained assistant turn.

    Raises:
        UnknownShape: There is no list of messages, or one of them is malformed.
    """
    key = required(row.data, MESSAGES)
    turns = with_system(row.data, read_messages(row.data[key], (key,)))
    return Conversation(read_origin(row), NAME, turns, tools_at_hand(row.data)).teachings()
