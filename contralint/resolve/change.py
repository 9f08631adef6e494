"""What is to become of the rows of a file."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contralint.errors import UsageError
from contralint.records import Pointer

RowKey = tuple[str, int]  # path as it is shown, and index


class UnwritableError(UsageError):
    """A file cannot be changed without risk to what is to stay as it is."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: cannot be changed: {reason}")


@dataclass(frozen=True)
class Put:
    """A value for a place in a row: it replaces what stands there; a key that is not there is added."""

    pointer: Pointer
    value: Any


@dataclass(frozen=True)
class Prepend:
    """A value that comes to stand in front of a list."""

    pointer: Pointer
    value: Any


Edit = Put | Prepend


@dataclass(frozen=True)
class Change:
    """What is to become of the rows of one file.

    Attributes:
        drops: Indices of the rows that are taken out.
        edits: By index, what changes in a row that stays.
        columns: Columns that a table does not have yet, with the value for rows that are not edited.
    """

    drops: frozenset[int] = frozenset()
    edits: Mapping[int, Sequence[Edit]] = field(default_factory=dict)
    columns: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.drops or self.edits)

    def value(self, index: int, column: str) -> Any:  # noqa: ANN401 (a cell of any type)
        """What a row holds in one of the new columns."""
        values = [edit.value for edit in self.edits.get(index, ()) if edit.pointer == (column,)]
        return values[-1] if values else self.columns[column]


def applied(data: Any, edits: Sequence[Edit]) -> Any:  # noqa: ANN401 (a row of any type)
    """A row as it will be.

    Raises:
        LookupError: A place is not there.
    """
    changed = copy.deepcopy(data)
    for edit in edits:
        if isinstance(edit, Prepend):
            _at(changed, edit.pointer).insert(0, edit.value)
        else:
            _at(changed, edit.pointer[:-1])[edit.pointer[-1]] = edit.value
    return changed


def _at(data: Any, pointer: Pointer) -> Any:  # noqa: ANN401 (as above)
    for step in pointer:
        data = data[step]
    return data
