"""Where a row stands, what it is called, and which rules it asks not to be held to."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from contralint.complaints import Complaint
from contralint.ignore import Ignore
from contralint.records import Origin
from contralint.shapes.columns import Columns, is_empty
from contralint.shapes.unknown import UnknownShape

if TYPE_CHECKING:
    from contralint.readers import Row

ID_KEYS = ("id", "_id", "uid", "uuid", "prompt_id", "conversation_id", "idx")


class Wishes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a row may say to the linter, under its key "contralint"; columnar files pad it with nulls.

    Attributes:
        synthetic: What a row that `contralint synth` wrote was made of; of no effect.
    """

    ignore: tuple[str, ...] | None = None
    reason: str | None = None
    until: datetime.date | None = None
    synthetic: dict[str, Any] | None = None


def read_origin(row: Row) -> Origin:
    """Reads the place, the id and the suppressed rules of a row.

    Raises:
        UnknownShape: The key "contralint" holds anything else than {"ignore": [rules]}, with a reason and a last day.
    """
    wish = _read_wish(row.data)
    ignored = frozenset(wish.rules) if wish else frozenset()
    return Origin(row.path, row.index, row.line, _read_id(row.data), ignored, wish)


def _read_id(data: Columns) -> str | None:
    ids = (data.get(key) for key in ID_KEYS)
    return next((str(found) for found in ids if isinstance(found, (str, int)) and not isinstance(found, bool)), None)


def _read_wish(data: Columns) -> Ignore | None:
    told = data.get("contralint")
    if is_empty(told):
        return None
    try:
        # Tables without structs, such as CSV, hold it as JSON.
        wishes = msgspec.json.decode(told, type=Wishes) if isinstance(told, str) else msgspec.convert(told, Wishes)
    except msgspec.DecodeError as error:
        form = '{"ignore": [RULE, ...], "reason": TEXT, "until": YYYY-MM-DD}'
        raise UnknownShape(f"'contralint' holds something else than {form}: {Complaint.of(error)}") from None
    return Ignore(wishes.ignore, wishes.reason, wishes.until) if wishes.ignore else None
