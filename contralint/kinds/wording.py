"""Whether two answers say the same, at the level at which a preference tells its two sides apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from rapidfuzz import fuzz

from contralint.models.differences import differences
from contralint.records import ToolCall

# What a word processor makes of what was typed, and what it does not show.
_TYPED = str.maketrans(
    dict.fromkeys("‘’‚‛′", "'")
    | dict.fromkeys("“”„‟″", '"')
    | dict.fromkeys("‐‑‒–—−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
    | {"…": "..."}
)
# In code, the white space that opens a line has a meaning.
_CODE_SIGNS = ("```", "\n  ", "\n\t")
# Signs of text in which letter case and punctuation have a meaning.
_FORMAL = re.compile(r"[{}\[\]<>=|\\`$#@_~^]")
# Marks that part sentences, not those within a number or a word.
_OPENING, _CLOSING = "\"'(", ".,;:!)\"'"
_SHOWN = 40  # characters of an answer that are quoted
_NEAR = 90.0  # rapidfuzz ratio (0-100) below which two answers with the same telling words are still put differently
_LONG = 2000  # characters above which texts are not compared word by word, which costs the square of their length


class Level(IntEnum):
    """How much two answers may differ and still say the same."""

    TYPOGRAPHY = 0
    PUNCTUATION = 1
    FUNCTION_WORDS = 2


@dataclass(frozen=True)
class Wording:
    """What an answer says, in words and by tool calls."""

    text: str
    calls: tuple[ToolCall, ...] = ()

    @cached_property
    def plain(self) -> str:
        """The text without what typing alone decides: white space, kinds of quotation marks and dashes."""
        text = self.text if self.text.isascii() else unicodedata.normalize("NFC", self.text).translate(_TYPED)
        if _is_code(text):
            return "\n".join(line.rstrip() for line in text.strip("\n").rstrip().split("\n"))
        return " ".join(text.split())

    @cached_property
    def bare(self) -> str:
        """The plain text without letter case and the marks between sentences, where these mean nothing."""
        if _is_code(self.plain) or _FORMAL.search(self.plain):
            return self.plain
        words = (word.lstrip(_OPENING).rstrip(_CLOSING) for word in self.plain.casefold().split())
        return " ".join(filter(None, words)) or self.plain

    @property
    def shown(self) -> str:
        """The answer as it is quoted to a reader: on one line, cut where it is long."""
        text = self.plain or ", ".join(f"{call.name}({call.arguments})" for call in self.calls)
        text = " ".join(text.split())
        return f'"{text}"' if len(text) <= _SHOWN else f'"{text[: _SHOWN - 3].rstrip()}..."'

    def key(self, level: Level) -> str:
        """Equal for answers that differ in letter case and punctuation only, where a level allows that."""
        calls = "".join(f"\n{call.name} {call.arguments}" for call in self.calls)
        return (self.plain if level is Level.TYPOGRAPHY else self.bare) + calls

    def says_as(self, other: Wording, level: Level = Level.FUNCTION_WORDS) -> bool:
        """Whether both say the same, at most as different as a level allows."""
        if self.calls != other.calls:
            return False
        if level is Level.TYPOGRAPHY:
            return self.plain == other.plain
        return self.bare == other.bare or (level is Level.FUNCTION_WORDS and _same_words(self.bare, other.bare))

    def level_apart(self, other: Wording) -> Level | None:
        """The most tolerant level at which the two are told apart; None where none does."""
        return next((level for level in reversed(Level) if not self.says_as(other, level)), None)


def _is_code(text: str) -> bool:
    return any(sign in text for sign in _CODE_SIGNS)


def _same_words(first: str, second: str) -> bool:
    """Whether two texts are near, and differ in no word that tells anything."""
    if max(len(first), len(second)) > _LONG or fuzz.ratio(first, second, score_cutoff=_NEAR) < _NEAR:
        return False
    found = differences(first, second)
    return not (found.greater or found.synonyms or found.negation or found.order or found.roles or found.units)
