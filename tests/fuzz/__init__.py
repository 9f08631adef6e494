"""Fuzzing: whatever is read, a scan ends, in bounded time and memory, with every row accounted for.

`make fuzz` runs it for long, tests/test_fuzz.py for some seconds. What was found is kept in tests/data/fuzz/.
"""

from __future__ import annotations

from fuzz.data import DATA
from fuzz.files import FILES
from fuzz.target import Target

__all__ = ["TARGETS", "Target"]

TARGETS = [*DATA, *FILES]
