"""Where a row stands, what it is called, and which rules it asks not to be held to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from contralint.records import Origin
from contralint.shapes.columns import Columns
from contralint.shapes.unknown import UnknownShape

if TYPE_CHECKING:
    from contralint.readers import Row

ID_KEYS = ("id", "_id", "uid", "uuid", "prompt_id", "conversation_id", "idx")


class Wishes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a row may say to the linter, under its key "contralint"."""

    ignore: frozenset[str] = frozenset()


def read_origin(row: Row) -> Origin:
    """Reads the place, the id and the suppressed rules of a row.

    Raises:
        UnknownShape: The key "contralint" holds anything else than {"ignore": [rules]}.
    """
    return Origin(row.path, row.index, row.line, _read_id(row.data), _read_ignored(row.data))


def _read_id(data: Columns) -> str | None:
    ids = (data.get(key) for key in ID_KEYS)
    return next((str(found) for found in ids if isinstance(found, (str, int)) and not isinstance(found, bool)), None)


def _read_ignored(data: Columns) -> frozenset[str]:
    wishes = data.get("contralint")
    if wishes is None:
        return frozenset()
    try:
        return msgspec.convert(wishes, Wishes).ignore
    except msgspec.ValidationError:
        raise UnknownShape("'contralint' holds something else than {\"ignore\": [RULE, ...]}") from None
