"""What somebody asks not to be told of: some rules, the reason, and the last day on which that holds."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec


class Ignore(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rules not to be held to.

    Attributes:
        rules: IDs, prefixes of IDs, names, or "ALL".
        reason: For whoever reads it later.
        until: The last day on which it holds; without it, it holds always.
    """

    rules: tuple[str, ...]
    reason: str | None = None
    until: datetime.date | None = None


def as_ignore(asked: Sequence[str] | Ignore) -> Ignore:
    """Rules alone, or with all that may be said of them."""
    return asked if isinstance(asked, Ignore) else Ignore(tuple(asked))
