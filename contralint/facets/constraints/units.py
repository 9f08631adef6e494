"""The units that a response may use: metric, Celsius, the 24-hour clock."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from contralint.facets.constraints.constraint import Constraint, Told
from contralint.facets.constraints.measures import Measured
from contralint.patterns import IGNORECASE, lazy_pattern

_USE = r"\b(?:use|using|in|give|state|write|express)\b(?: \w+){0,4}? (?:only |the )?"
# How it is asked for, what breaks it, what keeps it even so, and how it is shown.
_SYSTEMS: tuple[tuple[str, regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]], ...] = (
    (
        "metric units",
        lazy_pattern(rf"{_USE}metric(?: units| system)?\b"),
        lazy_pattern(r"\d\s?-?(?:miles?|inch(?:es)?|feet|foot|yards?|pounds|lbs?|ounces?|oz|gallons?|°\s?F|degrees Fahrenheit)\b|\d\s?[″]", IGNORECASE),
        lazy_pattern(r"\d\s?-?(?:km|kilomet(?:re|er)s?|m|met(?:re|er)s?|cm|mm|kg|kilo(?:gram)?s?|g|grams?|lit(?:re|er)s?|l|ml|°\s?C|degrees Celsius)\b", IGNORECASE),
    ),
    (
        "degrees Celsius",
        lazy_pattern(rf"{_USE}(?:degrees )?celsius\b"),
        lazy_pattern(r"\d\s?(?:°\s?F\b|degrees Fahrenheit)", IGNORECASE),
        lazy_pattern(r"\d\s?(?:°\s?C\b|degrees Celsius)", IGNORECASE),
    ),
    (
        "the 24-hour clock",
        lazy_pattern(rf"{_USE}24[- ]?h(?:our)?s?(?: clock| format| time| notation)?\b"),
        lazy_pattern(r"\b\d{1,2}(?::\d{2})?\s?[ap]\.?m\b", IGNORECASE),
        lazy_pattern(r"\b(?:[01]?\d|2[0-3]):[0-5]\d\b(?!\s?[ap]\.?m)", IGNORECASE),
    ),
)  # fmt: skip
_NEGATED = lazy_pattern(r"\b(?:not|never|n't|both|convert|and imperial|or imperial|and fahrenheit|to fahrenheit)\b")


@dataclass(frozen=True)
class Units:
    """One system of units; the other may stand beside it."""

    system: str

    @property
    def topic(self) -> str:
        return "units"

    def broken(self, response: Measured) -> str | None:
        breaks, keeps = next((breaks, keeps) for system, _, breaks, keeps in _SYSTEMS if system == self.system)
        found = breaks.search(response.text)
        if found is None or keeps.search(response.text):
            return None
        return f'asked for {self.system}, has "{found.group()}"'


def read(told: Told) -> Iterator[Constraint]:
    """The system of units that a sentence asks for."""
    if not _NEGATED.search(told.plain):
        yield from (Units(system) for system, asks, *_ in _SYSTEMS if asks.search(told.plain))
