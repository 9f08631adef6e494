"""A request with its material masked: what kind of thing is asked for, whatever it is asked of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import regex

from contralint.patterns import DOTALL, IGNORECASE, MULTILINE, lazy_pattern

# What stands in for masked material: words that say nothing, since vectors are made of the text.
_THING, _FIGURE = "it", "some"
_BLOCK = lazy_pattern(r"```.*?(?:```|\Z)|(?:^(?: {4}|\t|>)[^\n]*\n?)+", DOTALL | MULTILINE)
_LINK = lazy_pattern(r"\b(?:https?://|www\.)\S+|\b[\w-]+(?:/[\w.-]+)+\b", IGNORECASE)
_ADDRESS = lazy_pattern(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b|(?<!\w)@\w+")
_QUOTED = lazy_pattern(r"\"[^\"\n]{2,}\"|“[^”\n]{2,}”|«[^»\n]{2,}»|(?<!\w)['‘][^'‘’\n]{2,}['’](?!\w)|`[^`\n]+`")
_NUMBER = lazy_pattern(r"[$€£#]?\b[\p{L}-]{0,4}\d[\w.,:/%-]*(?<![.,:])")
_NUMERAL = lazy_pattern(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen)\b", IGNORECASE)
_NAME = lazy_pattern(r"(?<![.!?:\n]\s)(?<!^)(?<!\A[\"'(])\b\p{Lu}[\p{L}\p{M}.&-]*(?<![.-])(?:['’]s)?|\b\p{Lu}{2,}\b")
_RUN = lazy_pattern(r"\bit(?:(?:\s+(?:of|the|and|de|von|van|la))?\s+it\b)+")
_PRONOUNS = frozenset(("I", "I'm", "I'd", "I've", "I'll", "OK", "AM", "PM"))


@dataclass(frozen=True)
class Masked:
    """A request without its material.

    Attributes:
        text: The request with a word that says nothing in place of each piece of material.
        slots: How many pieces of each sort were masked: "block", "link", "address", "quote", "number",
            "numeral", "name".
    """

    text: str
    slots: Counter[str]


@lru_cache(maxsize=65536)
def masked(text: str) -> Masked:
    """Masks blocks, links, addresses, quotations, numbers and names."""
    slots: Counter[str] = Counter()
    for sort, pattern, stand_in in _MASKS:
        text, count = pattern.subn(f" {stand_in} " if sort == "block" else stand_in, text)
        slots[sort] += count
    text, count = _names(text)
    slots["name"] += count
    return Masked(_RUN.sub(_THING, " ".join(text.split())), +slots)


_MASKS = (
    ("block", _BLOCK, _THING),
    ("link", _LINK, _THING),
    ("address", _ADDRESS, _THING),
    ("quote", _QUOTED, _THING),
    ("number", _NUMBER, _FIGURE),
    ("numeral", _NUMERAL, _FIGURE),
)


def _names(text: str) -> tuple[str, int]:
    count = 0

    def mask(match: regex.Match[str]) -> str:
        nonlocal count
        if match[0] in _PRONOUNS:
            return str(match[0])
        count += 1
        return _THING

    return _NAME.sub(mask, text), count
