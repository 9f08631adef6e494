"""Which texts are near each other: duplicates collapsed, templates cut, vectors compared."""

from __future__ import annotations

from contralint.neighbours.collapse import Collapsed, collapse
from contralint.neighbours.index import NearPairs, near_pairs
from contralint.neighbours.template import distinctive

__all__ = ["Collapsed", "NearPairs", "collapse", "distinctive", "near_pairs"]
