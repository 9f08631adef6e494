"""Columns and tags under names of their own, as LLaMA-Factory's `dataset_info.json` lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from contralint.records import Field, Pointer, Record
from contralint.shapes.columns import Columns

# LLaMA-Factory's names for columns, to those that shapes know.
_COLUMNS = {
    **{"prompt": "instruction", "query": "input", "response": "output", "messages": "conversations"},
    **{name: name for name in ("history", "system", "tools", "chosen", "rejected", "kto_tag")},
}
_ROLES = {
    **{"user_tag": "human", "assistant_tag": "gpt", "observation_tag": "observation"},
    **{"function_tag": "function_call", "system_tag": "system"},
}
_ROLE, _CONTENT = "from", "value"
_MESSAGES = ("conversations", "chosen", "rejected")


@dataclass(frozen=True)
class Layout:
    """How the rows of a file name what they hold.

    Attributes:
        columns: Column that shapes know, to the file's own.
        role, content: Keys of a message.
        roles: The file's name of a role, to one that shapes know.
    """

    columns: Mapping[str, str]
    role: str
    content: str
    roles: Mapping[str, str]

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Layout | None:
        """The layout that an entry describes; None where it names no column and no tag."""
        columns, tags = entry.get("columns"), entry.get("tags")
        if not isinstance(columns, Mapping) and not isinstance(tags, Mapping):
            return None
        tags = tags if isinstance(tags, Mapping) else {}
        named = columns.items() if isinstance(columns, Mapping) else ()
        return cls(
            {_COLUMNS[name]: str(column) for name, column in named if name in _COLUMNS and column},
            str(tags.get("role_tag", _ROLE)),
            str(tags.get("content_tag", _CONTENT)),
            {str(tags[tag]): role for tag, role in _ROLES.items() if tag in tags},
        )

    def standard(self, data: Columns) -> dict[str, object]:
        """A row under the names that shapes know; columns that are not listed keep theirs."""
        taken = set(self.columns.values())
        row = {key: value for key, value in data.items() if key not in taken and key not in self.columns}
        row |= {known: data[own] for known, own in self.columns.items() if own in data}
        return {key: self._messages(value) if key in _MESSAGES else value for key, value in row.items()}

    def restored(self, record: Record) -> Record:
        """A record of such a row, whose texts stand where the file's own names lead."""
        return replace(
            record,
            instruction=self._restored(record.instruction),
            response=self._restored(record.response),
            system=self._restored(record.system),
            input=self._restored(record.input),
            context=tuple(replace(turn, field=self._restored(turn.field)) for turn in record.context),
            rejected=self._restored(record.rejected) if record.rejected else None,
        )

    def _messages(self, value: object) -> object:
        if isinstance(value, (list, tuple)):
            return [self._messages(message) for message in value]
        if not isinstance(value, Mapping) or self.role not in value:
            return value
        names = {self.role: _ROLE, self.content: _CONTENT}
        message = {names.get(key, key): held for key, held in value.items()}
        return {**message, _ROLE: self.roles.get(str(message[_ROLE]), message[_ROLE])}

    def _restored(self, field: Field) -> Field:
        if not field.pointer:
            return field
        first, *rest = field.pointer
        steps: Pointer = tuple(rest)
        if first in _MESSAGES:
            steps = tuple({_ROLE: self.role, _CONTENT: self.content}.get(str(step), step) for step in rest)
        return replace(field, pointer=(self.columns.get(str(first), first), *steps))
