"""The tokens of a text as comparing two texts needs them: numbers, names, code, negations and words by their stems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

import regex

from contralint.models.lexicon import (
    CONTRACTIONS,
    FRAMES,
    FUNCTION_WORDS,
    NEGATIONS,
    NUMERALS,
    QUESTION_WORDS,
    SPELLINGS,
    may_be_framed,
)
from contralint.patterns import lazy_pattern
from contralint.words import stem

Kind = Literal["number", "name", "code", "negation", "question", "function", "word"]

_TOKEN = lazy_pattern(
    r"(?P<code>`[^`\n]+`|[\p{L}_]\w*\(\)|[\p{L}_][\p{L}\p{N}]*(?:_[\p{L}\p{N}]+)+|[\p{L}_]\w*(?:\.[\p{Ll}_]\w+)+|\p{Ll}+\p{Lu}\w*"
    r"|(?<=\s|^)--?[\p{L}][\w-]*|\b[CF][+#]{1,2}|[+*/=<>^×÷]|(?<=[\p{N}\s)])[-−](?=[\p{N}\s(]))"
    r"|(?P<number>\p{N}+(?:[.,:]\p{N}+)*)(?:(?:st|nd|rd|th)\b)?"
    r"|(?P<word>[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)*)"
    r"|(?P<symbol>[%$€£°])"
    r"|(?P<end>[.!?:\n]+)"
)


_LISTED: dict[Kind, Mapping[str, str | int]] = {
    "number": NUMERALS,
    "negation": NEGATIONS,
    "question": {word: word for word in QUESTION_WORDS},
    "function": {word: word for word in FUNCTION_WORDS},
}


class Token(NamedTuple):
    """One token.

    Attributes:
        key: What it is compared by: its value, its stem, or the code as written.
        kind: What it is.
    """

    key: str
    kind: Kind


def plain(text: str) -> str:
    """The text with straight quotes, contractions written out and polite frames around it taken off."""
    text = text.replace("’", "'").replace("‘", "'").strip()
    if "'" in text or "cannot" in text.casefold():
        for pattern, full in CONTRACTIONS:
            text = pattern.sub(full, text)
        text = text.strip()
    before = ""
    while before != text and may_be_framed(text):
        before = text
        for frame in FRAMES:
            text = frame.sub("", text, count=1).strip()
    return text


@lru_cache(maxsize=16384)
def tokens(text: str) -> tuple[Token, ...]:
    """Tokens of a text in order."""
    return tuple(_tokens(plain(text)))


def _tokens(text: str) -> Iterator[Token]:
    initial = True
    for found in _TOKEN.finditer(text):
        group = found.lastgroup or "word"
        if group != "end":
            yield _token(found[group], group, initial)
        initial = group == "end"


# Most words of a dataset stand in it many times; those that are kept share their tokens.
@lru_cache(maxsize=65536)
def _token(text: str, group: str, initial: bool) -> Token:
    if group == "code":
        return Token(text.strip("`").removesuffix("()"), "code")
    if group == "number":
        return Token(_value(text), "number")
    return _word(text, initial)


def _word(text: str, initial: bool) -> Token:
    folded = text.casefold()
    for kind, listed in _LISTED.items():
        if folded in listed:
            return Token(str(listed[folded]), kind)
    named = (text[0].isupper() and not initial) or text[1:].isupper() or any(each.isdigit() for each in text)
    return Token(stem(SPELLINGS.get(folded, folded)), "name" if named else "word")


def _value(text: str) -> str:
    grouped = regex.fullmatch(r"\p{N}{1,3}(?:,\p{N}{3})+(?:\.\p{N}+)?", text)
    text = text.replace(",", "") if grouped else text
    return text.rstrip("0").rstrip(".") if "." in text and text.count(".") == 1 else text
