"""What links records that do not ask the same: whoever changes one of them must look at the others again."""

from __future__ import annotations

from typing import NamedTuple


class Tie(NamedTuple):
    """Records that share a key may clash, if they take different sides; an empty side is each row's own."""

    key: str
    side: str
