"""Patterns that are compiled when first tried, by whichever of two engines is done sooner.

A scan uses few patterns, and compiling all takes longer than it does. `regex` knows the properties of letters and
look-behinds of any length. `re` compiles in a quarter of its time, and reads most texts in half of it. On ASCII both
find the same, so that `re` reads ASCII, with every pattern that it knows how to read.

Both engines try again from each character. Where a pattern may pass over any number of them, a text made for it takes
hours: so none passes over more blanks, or more of what lies between two marks, than any writing has.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, cast

import regex

# Flags, so that whoever writes patterns needs no other module.
IGNORECASE, MULTILINE, DOTALL, REVERSE = regex.IGNORECASE, regex.MULTILINE, regex.DOTALL, regex.REVERSE

_FLAGS = {IGNORECASE: re.IGNORECASE, MULTILINE: re.MULTILINE, DOTALL: re.DOTALL}
# The letters of ASCII that have a property.
_LETTERS = {"L": "a-zA-Z", "Lu": "A-Z", "Ll": "a-z", "N": "0-9", "M": "", "Latin": "a-zA-Z"}
_PART = re.compile(r"\\p\{(?P<property>\w+)\}|\\.|\[\^?\]?|.", re.DOTALL)
_BLANKS, _BETWEEN = 100, 1000  # characters that one repetition passes over at most
_REPEATED = re.compile(
    r"(?P<blank>\\[sW]|\[[\\stW ]+\]| )(?P<blanks>[*+])"
    r"|(?P<any>\.|\\[SD]|\[\^\]?(?:\\.|[^\]\\])*\]|\[\\s\\S\])(?P<anys>[*+])"
    r"|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.",
    re.DOTALL,
)
_Replacement = str | Callable[[Any], str]


def lazy_pattern(source: str, flags: int = 0) -> regex.Pattern[str]:
    """A pattern that finds what one of `regex.compile` does, compiled later."""
    return cast("regex.Pattern[str]", _Pattern(source, flags))


class _Pattern:
    """What is used of a pattern."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = _bounded(source), flags

    @cached_property
    def _of_any(self) -> regex.Pattern[str]:
        return regex.compile(self._source, self._flags)

    @cached_property
    def _of_ascii(self) -> regex.Pattern[str]:
        return cast("regex.Pattern[str]", _for_ascii(self._source, self._flags) or self._of_any)

    @cached_property
    def _of_lower_case(self) -> re.Pattern[str] | None:
        """Finds in ASCII without capitals what the pattern finds in any, where it ignores case and has none itself."""
        if not self._flags & IGNORECASE or _has_capitals(self._source):
            return None
        return _for_ascii(self._source, self._flags & ~IGNORECASE)

    def _on(self, text: str) -> regex.Pattern[str]:
        return self._of_ascii if text.isascii() else self._of_any

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> regex.Match[str] | None:
        return self._on(text).match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> regex.Match[str] | None:
        return self._on(text).fullmatch(text, start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> regex.Match[str] | None:
        # Most texts hold nothing of what is sought in them, and are found not to in half the time.
        if text.isascii() and self._of_lower_case and not self._of_lower_case.search(text.lower(), start, end):
            return None
        return self._on(text).search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[regex.Match[str]]:
        return self._on(text).finditer(text, start, end)

    def findall(self, text: str) -> list[Any]:
        return self._on(text).findall(text)

    def split(self, text: str, maxsplit: int = 0) -> list[str | Any]:
        return self._on(text).split(text, maxsplit)

    def sub(self, replacement: _Replacement, text: str, count: int = 0) -> str:
        return self._on(text).sub(replacement, text, count)

    def subn(self, replacement: _Replacement, text: str) -> tuple[str, int]:
        return self._on(text).subn(replacement, text)


def _has_capitals(source: str) -> bool:
    """Whether a pattern asks for capital letters, by themselves or by their property."""
    parts = (part[0] for part in _PART.finditer(source.replace("(?P", "(?")))
    return any(part == r"\p{Lu}" if part.startswith("\\") else part != part.lower() for part in parts)


def _bounded(source: str) -> str:
    """A pattern each of whose repetitions of blanks, and of whatever comes, has an end."""

    def with_end(part: re.Match[str]) -> str:
        sign, most = (part["blanks"], _BLANKS) if part["blanks"] else (part["anys"], _BETWEEN)
        return f"{part[0][:-1]}{{{int(sign == '+')},{most}}}" if sign else part[0]

    return _REPEATED.sub(with_end, source)


def _for_ascii(source: str, flags: int) -> re.Pattern[str] | None:
    """The pattern as `re` reads ASCII; None where it holds something that `re` does not know."""
    if flags & REVERSE:
        return None
    made = re.ASCII
    for flag, same in _FLAGS.items():
        made |= same if flags & flag else 0
    try:
        return re.compile(_spelt_out(source), made)
    except (KeyError, re.error):
        return None


def _spelt_out(source: str) -> str:
    """A pattern with letters in place of their properties.

    Raises:
        KeyError: It names another property.
    """
    told, within = "", False
    for part in _PART.finditer(source):
        if part["property"]:
            letters = _LETTERS[part["property"]]
            told += letters if within else f"[{letters}]"
            continue
        within = part[0] not in ("]", "[]", "[^]") if within else part[0].startswith("[")
        told += part[0]
    return told
