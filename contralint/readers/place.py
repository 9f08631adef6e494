"""Places in files, and the stretches of decoded text whose places are asked for."""

from __future__ import annotations

from dataclasses import dataclass

from contralint.records import Pointer


@dataclass(frozen=True)
class Place:
    """A place in a file as an editor shows it: lines and columns from 1, in characters, `end_column` exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Stretch:
    """Part of one string of a row.

    Attributes:
        pointer: Keys and positions that lead from the row to the string.
        start: First character, counted in the decoded string from 0.
        end: Character after the last.
    """

    pointer: Pointer
    start: int
    end: int


@dataclass(frozen=True)
class Extent:
    """Where something stands in a row's raw text: offset of its first character, and after its last."""

    begin: int
    end: int
