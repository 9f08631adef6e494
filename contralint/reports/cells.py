"""Text as a terminal lays it out: what is drawn as one, the cells that it takes, and the direction it runs in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex
from rich.cells import cell_len

from contralint.escape import quotable, visible

_CLUSTER = regex.compile(r"\X")
_RIGHT_TO_LEFT = r"\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Bidi_Class=AN}"
# The first that is found names the direction; what has none takes that of its surroundings.
_DIRECTIONS = (
    ("R", regex.compile(f"[{_RIGHT_TO_LEFT}]")),
    ("E", regex.compile(r"^\P{Bidi_Class=L}*\p{Bidi_Class=EN}")),
    ("L", regex.compile(r"\p{Bidi_Class=L}")),
    ("T", regex.compile(r"\p{Bidi_Class=ET}")),
    ("B", regex.compile(r"\p{Pe}")),
)
# Digits after right-to-left letters run on in their line, with the signs that belong to them ("50%"), and so does the
# bracket that closes what was opened there.
_RUN = regex.compile(r"R(?:[^L]*[REB])?T*")
_LOOSE_JOINER = regex.compile(r"\u200D(?!\p{Extended_Pictographic})")
LEFT_TO_RIGHT_MARK = "\u200e"
_OPENS = regex.compile(rf"^[^\p{{Bidi_Class=L}}]*[{_RIGHT_TO_LEFT}]")
_CLOSES = regex.compile(rf'[{_RIGHT_TO_LEFT}][^\p{{Bidi_Class=L}}"]*(?:"|$)')


class Shown(NamedTuple):
    """A word, or a part of one, as it stands on a line.

    Attributes:
        text: As it is printed within a JSON string.
        width: Cells that it takes.
        direction: "R" right to left, "E" begins with digits, "L" left to right, "T" a sign of digits, "B" a closing
            bracket, "N" none of its own.
    """

    text: str
    width: int
    direction: str


@lru_cache(maxsize=16384)
def shown(text: str) -> Shown:
    """A piece of a record's text as a line quotes it."""
    printed = "".join(quotable(text))
    direction = next((name for name, pattern in _DIRECTIONS if pattern.search(printed)), "N")
    return Shown(printed, cell_len(_LOOSE_JOINER.sub("", printed)), direction)


def drawn(text: str) -> Iterator[str]:
    """What a terminal draws as one, each: a character with its accents, a joined emoji, or an escape."""
    for cluster in _CLUSTER.findall(text):
        if visible(cluster) == cluster:
            yield cluster
        else:
            yield from cluster


def runs(directions: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Stretches of a line that a terminal may lay out from right to left, each as one."""
    return (match.span() for match in _RUN.finditer("".join(directions)))


def settled(text: str) -> str:
    """Text that leaves a line of ours in order where a terminal lays out right-to-left writing.

    Marks keep the line's own direction from the first letter of a quotation, and its numbers and punctuation from
    joining the quoted words. LEFT-TO-RIGHT MARK is the one control that terminals with and without such a layout
    agree to draw as nothing.
    """
    return _CLOSES.sub(
        lambda match: match[0] + LEFT_TO_RIGHT_MARK, _OPENS.sub(lambda match: LEFT_TO_RIGHT_MARK + match[0], text)
    )
