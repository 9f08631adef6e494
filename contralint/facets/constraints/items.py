"""How many things are to be listed: "name three rivers"."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from contralint.facets.constraints.bounds import BOUND, Bound, read_bound
from contralint.facets.constraints.constraint import Constraint, Told
from contralint.facets.constraints.measures import Measured, Range
from contralint.patterns import lazy_pattern

_ASKED = lazy_pattern(
    rf"(?:^|[.!?:]\s+|\b(?:please|you|and|then)\s+)(?:list|name|give|provide|suggest|generate|create|recommend|identify|mention|share|offer|tell|brainstorm|come up with|think of|write(?: down)?|what are|which)"
    rf"(?: me| us)?(?: out| a list of| a total of| the names of)?\s+{BOUND}(?P<rest>\s+\p{{L}}[^.;:?!\n]*)"
)
_LISTED = lazy_pattern(
    rf"\b(?:with|of|in|contain|have|has|include|list)\s+{BOUND}(?P<rest>\s+(?:\w+ )?(?:items|entries|steps|list items))\b"
)
_NOUN = lazy_pattern(
    r"^\s+(?:(?!of\b|about\b|on\b|for\b|in\b|to\b|that\b|with\b|from\b)[\p{L}'-]+\s+){0,4}?(?P<noun>\p{L}[\p{L}'-]*s|people|ideas|children|men|women)\b"
)
# Not things of a list, or things that hold lists themselves.
_NO_ITEMS = lazy_pattern(
    r"^(?:words?|sentences?|paragraphs?|lines?|characters?|points|times?|minutes?|hours?|days?|weeks?|months?|years?|euros?|dollars?|pounds?|percents?|lists?|verses?|stanzas?|versions?"
    r"|articles?|stories|poems?|essays|emails?|letters?|tables?|chapters?|sections|haikus?|examples?|parts|recipes?|questions|jokes|tweets|dialogues|scenes|paragraphs|reviews|descriptions|prompts"
    r"|hashtags|emojis|placeholders|grams?|kilos?|meters?|miles?|plus|is|was|this|less|business|thus|as|has)$"
)
_COMPLEX = lazy_pattern(
    r"\b(?:each|every|per|and (?:\d+|two|three|four|five|ten|one)\b|as well as|followed by|both|respectively|one for|or more|and then|pros and cons|advantages and disadvantages|for (?:both|each))\b"
)
_SHORT_ITEM = 5  # words of an item that stands between commas
_LIST_LINE = lazy_pattern(r"^[^,;]+(?:[,;] ?[^,;]+)+$")


@dataclass(frozen=True)
class Items:
    """So many things in a list."""

    bound: Bound
    noun: str

    @property
    def topic(self) -> str:
        return "items"

    def broken(self, response: Measured) -> str | None:
        counted = _count(response)
        if counted is None or counted.fewest == 0:
            return None
        if self.bound.exceeded(counted.fewest, 0) or (self.bound.missed(counted.most, 0) and not response.cut):
            shown = counted.fewest if self.bound.exceeded(counted.fewest, 0) else counted.most
            return f"asked for {self.bound.shown} {self.noun}, lists {shown}"
        return None


def read(told: Told) -> Iterator[Constraint]:
    """The number of things that a sentence asks for, where it asks for one kind of thing."""
    asked = (match for pattern in (_ASKED, _LISTED) for match in pattern.finditer(told.plain))
    found = list({match.start("rest"): match for match in asked if _NOUN.match(match["rest"])}.values())
    if len(found) != 1 or _COMPLEX.search(told.plain):
        return
    noun = _NOUN.match(found[0]["rest"])
    bound = read_bound(found[0])
    figure = (bound.high if bound.high is not None else bound.low) if bound else None
    if noun and bound and figure and 1 < figure <= 50 and not _NO_ITEMS.match(noun["noun"]):
        yield Items(bound, noun["noun"])


def _count(response: Measured) -> Range | None:
    """Items of the one list of a response; None where it has none, or several."""
    if response.items.most:
        return _marked(response)
    lines = response.body
    if len(lines) == 1 and _LIST_LINE.match(lines[0].strip()):
        parts = regex.split(r"\s*(?:;|,)\s*(?:and |or )?|\s+and\s+", lines[0].strip().rstrip("."))
        commas = regex.split(r"\s*(?:;|,)\s*", lines[0].strip().rstrip("."))
        if all(0 < len(part.split()) <= _SHORT_ITEM for part in parts):
            return Range(len(commas), len(parts))
    return None


def _marked(response: Measured) -> Range | None:
    """Top-level items; None where headings part them or numbers start anew: each part may be a list of its own."""
    numbers = [int(found[1]) for line in response.lines if (found := regex.match(r"\(?(\d{1,3})[.)]\s", line))]
    restarts = sum(later <= earlier for earlier, later in itertools.pairwise(numbers))
    between = [line for line in response.lines if line.rstrip().endswith(":") or line.startswith("#")]
    if restarts or len(between) > 1:
        return None
    if numbers:
        return Range(min(len(numbers), response.items.fewest), max(len(numbers), response.items.most))
    return response.items
