"""All in lower case, all in capitals."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contralint.facets.constraints.constraint import Constraint, Told
from contralint.facets.constraints.measures import Measured
from contralint.patterns import DOTALL, lazy_pattern

_LOWER = r"lower[- ]?case(?: letters?)?(?: only)?|small letters"
_UPPER = r"upper[- ]?case(?: letters?)?(?: only)?|capital letters|all[- ]caps|capitals|block capitals"
_CASE = rf"(?:(?P<lower>{_LOWER})|(?P<upper>{_UPPER}))"
_ASKED = lazy_pattern(
    rf"(?:\b(?:answer|respond|reply|write|speak|everything|response|reply|output|it|text|entirely|completely|only|all|always|exclusively)\b(?: \w+){{0,3}}?"
    rf"|[,;(]|^)\s*(?:should be |must be |be |is )?(?:entirely |completely |only |exclusively |all )*(?:in|using|with)\s+(?:only |all |entirely |english and (?:in )?(?:all )?)*{_CASE}"
    rf"|(?:^|[,;(.]\s*|\b(?:use|using|in) )(?:all|only) {_CASE}(?=\s*(?:[.,;:!)]|$|please|letters))"
    rf"|\bno (?:(?P<lower>capital letters|capitals|upper[- ]?case)|(?P<upper>lower[- ]?case))"
)
# "Write the first word in capital letters", "a password with uppercase letters", "convert names to uppercase".
_OF_A_PART = lazy_pattern(
    r"^(?:what|why|how|who|when)\b(?!.*[,;:])|\b(?:mean|means|meaning|first|last|each|every|title|headings?|words? (?:that|which)|names?|keywords?|password|function|code|script|program|column|variable|at least|some|one"
    r"|names?|sql|between|convert|contain|letter of|acronym|labels?|keys?|header|sentence|city|countr)\b"
)
_CODE = lazy_pattern(r"```.*?(?:```|\Z)|`[^`\n]+`|\bhttps?://\S+|\S+@\S+", DOTALL)
_CAPITAL = lazy_pattern(r"\b\p{Lu}\p{Ll}\w*|\b[\p{Lu}](?!\p{Lu})\b")
_SMALL = lazy_pattern(r"\b\p{Ll}{2,}\b")


@dataclass(frozen=True)
class Casing:
    """Letters of one case only; acronyms may stand among small letters."""

    lower: bool

    @property
    def topic(self) -> str:
        return "case"

    def broken(self, response: Measured) -> str | None:
        text = _CODE.sub(" ", response.text)
        found = (_CAPITAL if self.lower else _SMALL).search(text)
        if found is None:
            return None
        return f'asked for {"lower case" if self.lower else "capital letters"}, has "{found.group()}"'


def read(told: Told) -> Iterator[Constraint]:
    """The case that a sentence asks for the whole response."""
    for match in _ASKED.finditer(told.plain):
        if not _OF_A_PART.search(told.plain[: match.end()]):
            yield Casing(bool(match["lower"]))
            return
