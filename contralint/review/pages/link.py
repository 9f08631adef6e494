"""Addresses of pages, and counted words on them."""

from __future__ import annotations

from collections.abc import Sequence

from contralint.review.conflict import Conflict
from contralint.review.filters import Filter


def address(conflicts: Sequence[Conflict], position: int | None, chosen: Filter) -> str:
    """Where a conflict is shown within a list; without one, where the list begins."""
    return f"/{'' if position is None else f'conflict/{conflicts[position].key}'}{chosen.query}"
