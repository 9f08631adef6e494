"""Where two texts that are near each other differ, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import regex
from rapidfuzz.distance import LCSseq

from contralint.diagnostics import Diagnostic, Location, Passage

_NEAR = 0.5  # share of words in common below which two texts are different texts: nothing stands out
_COMPARED = 2000  # characters of a text that are compared
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"  # scripts that part no words
_MARKED = r"\p{M}*"
_LETTERS = rf"[\w--[{_UNSPACED}]]+"
# Words and the signs that change what they say (currencies, minus, emoji); punctuation changes nothing.
_WORDS = regex.compile(rf"[{_UNSPACED}]{_MARKED}|{_LETTERS}(?:['\u2019]{_LETTERS})*|[\p{{S}}\p{{Pd}}]", regex.V1)
# The same in ASCII, three times as fast.
_ASCII_WORDS = re.compile(r"\w+(?:'\w+)*|[-$+<=>^`|~]", re.ASCII)

Stretches = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Contrast:
    """What differs in each of two texts: stretches of characters, in order, of the whole text."""

    ours: Stretches = ()
    theirs: Stretches = ()


class _Window(NamedTuple):
    """What is compared of a text; beyond an end that is cut, the text goes on."""

    text: str
    start: int
    end: int
    cut_before: bool
    cut_after: bool


def contrast(ours: Passage, theirs: Passage) -> Contrast:
    """Compares two texts around their passages; where they are too far apart, the passages alone."""
    whole = _contrast(_around(ours), _around(theirs))
    return whole or _contrast(_within(ours), _within(theirs)) or Contrast()


def opposed(diagnostic: Diagnostic, position: int, place: Location) -> Stretches:
    """Where a member of a side differs from the other side's first: all sides but the first face the first."""
    sides = diagnostic.sides
    if len(sides) == 1:
        return ()
    return contrast(place.passage, sides[1 if position == 0 else 0].members[0].passage).ours


def _around(passage: Passage) -> _Window:
    text, start = passage.text, max(0, passage.start - _COMPARED // 2)
    end = min(len(text), start + _COMPARED)
    cut_before, cut_after = start > 0 or passage.cut_before, end < len(text) or passage.cut_after
    return _Window(text, start, end, cut_before=cut_before, cut_after=cut_after)


def _within(passage: Passage) -> _Window:
    end = min(passage.end, passage.start + _COMPARED, len(passage.text))
    return _Window(passage.text, passage.start, end, cut_before=False, cut_after=end < passage.end)


def _contrast(ours: _Window, theirs: _Window) -> Contrast | None:
    """What differs between two windows; None where they are not near each other."""
    our_words, their_words = _words(ours), _words(theirs)
    codes = LCSseq.opcodes(our_words, their_words)
    shared = sum(code.src_end - code.src_start for code in codes if code.tag == "equal")
    if shared == 0 or shared < _NEAR * max(len(our_words), len(their_words)):
        return None
    changed = [code for code in codes if code.tag != "equal"]
    return Contrast(
        _stretches(ours, [(code.src_start, code.src_end) for code in changed]),
        _stretches(theirs, [(code.dest_start, code.dest_end) for code in changed]),
    )


@lru_cache(maxsize=64)
def _words(window: _Window) -> list[str]:
    return [word.casefold() for word in _pattern(window.text).findall(window.text, window.start, window.end)]


def _pattern(text: str) -> re.Pattern[str] | regex.Pattern[str]:
    return _ASCII_WORDS if text.isascii() else _WORDS


def _stretches(window: _Window, ranges: Sequence[tuple[int, int]]) -> Stretches:
    """Ranges of words as stretches of the text, without what only the cut of a window sets apart.

    Neighbours are one, as a word may be taken out and another put in.
    """
    found = _pattern(window.text).finditer(window.text, window.start, window.end)
    words = [match.span() for match in found]
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if start == end or (window.cut_before and start == 0) or (window.cut_after and end == len(words)):
            continue
        if joined and joined[-1][1] == start:
            start = joined.pop()[0]
        joined.append((start, end))
    return tuple((words[start][0], words[end - 1][1]) for start, end in joined)
