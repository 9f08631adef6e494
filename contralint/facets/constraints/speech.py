"""The language that a response is to be in."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from contralint.facets.constraints.constraint import Constraint, Told
from contralint.facets.constraints.measures import Measured
from contralint.facets.language import LANGUAGES, alike, code_of, language, names
from contralint.patterns import lazy_pattern

_VERB = r"(?:answer|respond|reply|speak|write|communicate|converse|talk|explain|antworte\w*|schreib\w*|réponds|répondez|responde|responda|scrivi|rispondi)"
_FILLER = r"(?:\s+(?:to|me|us|back|the|this|user|users|customers?|question|questions|everything|only|always|exclusively|it|all|messages?|your|my|answer|entirely|please|a|an|short|bitte|immer|ab|jetzt|nur))*"
_GOES_ON = lazy_pattern(r"\s*(?:,? ?(?:and|or|then|/|und|oder|et|y)\b|-|class|word|lesson|alphabet|cuisine|characters)")
_NAME = lazy_pattern(r" \p{Lu}\p{Ll}+")
_SHORT = 12  # letters of a sentence that tells a language


@dataclass(frozen=True)
class Speech:
    """In one language."""

    code: str

    @property
    def topic(self) -> str:
        return "language"

    def broken(self, response: Measured) -> str | None:
        found = language(response.text)
        if found is None or alike(found.code, self.code) or response.code:
            return None
        # Examples and quotations in the language asked for are part of many right answers.
        parts = [language(line) for line in response.lines if len(line) > _SHORT]
        if any(part and alike(part.code, self.code) for part in parts):
            return None
        return f"asked for {LANGUAGES[self.code]}, is in {found.name}"


@cache
def _asked() -> regex.Pattern[str]:
    known = "|".join(regex.escape(name) for name in sorted(names(), key=len, reverse=True))
    return lazy_pattern(
        rf"\b{_VERB}{_FILLER}(?: [^\s.,;:?!]+){{0,6}}?\s+(?:in|auf|en|em)\s+(?:(?:fluent|plain|simple|brazilian|modern|formal|perfect|proper|polite) )*(?P<name>{known})\b"
        rf"|\b(?:tell|describe|summari[sz]e|list|give|show)(?: me| us| it| this)? in (?P<name>{known})\b"
        rf"|\b(?:response|reply|answer|replies|answers|responses|output|message)s? (?:must|should|has to|have to|needs? to|is to|are to|shall|will)? ?(?:always |only )?be (?:written )?(?:entirely |only )?in (?P<name>{known})\b"
        rf"|\b(?:use|speak)(?: only)? (?P<name>{known})(?: only)?(?=\s*(?:[.,;!]|$|in your|for (?:your|all)))"
        rf"|^(?:please )?(?:only )?(?:in|auf|en|em) (?P<name>{known})(?: only)?(?:,|:| bitte| please)"
    )


def read(told: Told) -> Iterator[Constraint]:
    """The language that a sentence asks for the whole response."""
    for match in _asked().finditer(told.plain):
        code = code_of(match["name"])
        # "In French Polynesia": a name goes on.
        goes_on = _GOES_ON.match(told.plain, match.end()) or _NAME.match(told.text, match.end())
        if code and not goes_on:
            yield Speech(code)
            return
