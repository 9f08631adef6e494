"""Numbers of things, in words."""

from __future__ import annotations

from typing import Literal


def number_of(count: int, noun: str, thousands: Literal["", ","] = "") -> str:
    """So many of something, such as "1 row" or "1200 rows"; `thousands` parts long numbers."""
    return f"{count:{thousands}} {noun}" if count == 1 else f"{count:{thousands}} {noun}s"
