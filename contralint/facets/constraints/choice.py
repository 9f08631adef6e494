"""Answers from a small set: only yes or no, one word, one letter, a number, a date in one notation."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from contralint.facets.constraints.constraint import Constraint, Told
from contralint.facets.constraints.measures import Measured
from contralint.patterns import IGNORECASE, lazy_pattern

_WITH = r"\b(?:answer|respond|reply|return|output|say|give|write|state|just)\b(?: \w+){0,4}?(?: with| in| as|:)?\s+"
_NARROW = r"(?:only |just |nothing but |simply |exactly |strictly )"
_ALONE = (
    r"(?:\s*(?:only|and nothing else|alone|without (?:any )?(?:explanation|further)|no explanation|nothing else)\b)"
)
_DATE = lazy_pattern(r"\b\d{4}-\d{2}-\d{2}\b")
_OTHER_DATE = lazy_pattern(
    r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? \d{4}",
    IGNORECASE,
)


def _short(response: Measured, words: int) -> bool:
    return response.words.fewest <= words and len(response.lines) <= 2


def _says(pattern: str, longest: int) -> Callable[[Measured], bool]:
    compiled = lazy_pattern(pattern, IGNORECASE)
    return lambda response: _short(response, longest) and bool(compiled.search(response.text))


# Topic, how it is asked, what keeps it (leniently: "Answer: yes."), and how it is shown.
_CHOICES: tuple[tuple[str, regex.Pattern[str], Callable[[Measured], bool]], ...] = (
    (
        "only yes or no",
        lazy_pattern(
            rf"{_WITH}{_NARROW}(?:a )?(?:[\"'“]?yes[\"'”]?,? (?:or|/) [\"'“]?no\b)|{_WITH}(?:a )?(?:simple )?[\"'“]?yes[\"'”]?,? or [\"'“]?no[\"'”]?{_ALONE}"
            rf"|\b{_NARROW}(?:answer|reply|respond) (?:with )?[\"'“]?yes[\"'”]?,? or [\"'“]?no\b|^yes or no only\b"
        ),
        _says(r"\b(?:yes|no)\b", 3),
    ),
    (
        "one word",
        lazy_pattern(
            rf"{_WITH}(?:only |just |exactly |strictly )?(?:one|a single)[ -]word(?: only)?(?=\s*(?:[.,;:!)?]|$|answer|response|reply|only))|\b(?:in|with|using) (?:only |just |exactly )?(?:one|a single) word(?: only)?(?=\s*(?:[.,;:!)?]|$))|\bone[- ]word (?:answer|response|reply)s?(?: only)?\s*(?:[.!):]|$)"
        ),
        lambda response: _short(response, 2),
    ),
    (
        "only a letter",
        lazy_pattern(
            rf"{_WITH}{_NARROW}(?:the |a |one |single )*letter\b|\b(?:only|just) (?:output|return|reply with|answer with|write|give|state) (?:the |a |one |single )*letter\b|{_WITH}(?:the |a |one |single )*letter(?: of (?:the|your) \w+(?: \w+)?)?{_ALONE}"
        ),
        _says(r"\b\p{L}\b", 4),
    ),
    (
        "only a number",
        lazy_pattern(
            rf"{_WITH}{_NARROW}(?:the |a |one |single )*(?:final )?(?:number|figure|integer)\b(?! of)|{_WITH}(?:the |a |one |single )*(?:number|figure|integer){_ALONE}"
        ),
        _says(
            r"\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty(?:-\w+)?|hundred|thousand|million)\b",
            4,
        ),
    ),
)
# "Reply only with "approved" or "rejected"", "answer A, B, C or D only".
_OPTIONS = lazy_pattern(
    r"\b(?i:answer|respond|reply|return|output|say)\b(?: with| by saying)?(?P<only> (?:only|just|either|nothing but|exactly one of))?(?: with| by saying)?(?: one of)?:? "
    r"(?P<options>(?:[\"'“]\w[\w -]{0,20}[\"'”](?:,? or |, | / )?){2,6}|(?:[A-E](?:,? or |, ?)){1,4}[A-E])(?P<after>\s*(?:only|and nothing else|alone|\W*$))?"
)
_OPTION = lazy_pattern(r"[\"'“](\w[\w -]{0,20})[\"'”]|\b([A-E])\b")
_ISO = lazy_pattern(r"\byyyy-mm-dd\b|\biso[- ]8601\b")


@dataclass(frozen=True)
class Choice:
    """One of a few answers and nothing else."""

    what: str

    @property
    def topic(self) -> str:
        return "choice"

    def broken(self, response: Measured) -> str | None:
        kept = next(kept for what, _, kept in _CHOICES if what == self.what)
        if kept(response) or not response.text.strip():
            return None
        return f"asked for {self.what}, has {response.words.fewest} words"


@dataclass(frozen=True)
class OneOf:
    """One of some options and hardly a word more."""

    options: tuple[str, ...]

    @property
    def topic(self) -> str:
        return "choice"

    def broken(self, response: Measured) -> str | None:
        said = response.text.casefold()
        longest = max(len(option.split()) for option in self.options) + 2
        chosen = any(regex.search(rf"\b{regex.escape(option.casefold())}\b", said) for option in self.options)
        if (chosen and _short(response, longest)) or not said.strip():
            return None
        return f"asked for one of {', '.join(self.options)}, has {response.words.fewest} words"


@dataclass(frozen=True)
class IsoDate:
    """Dates as YYYY-MM-DD."""

    @property
    def topic(self) -> str:
        return "dates"

    def broken(self, response: Measured) -> str | None:
        other = _OTHER_DATE.search(response.text)
        if other is None or _DATE.search(response.text):
            return None
        return f'asked for dates as YYYY-MM-DD, has "{other.group()}"'


def read(told: Told) -> Iterator[Constraint]:
    """The narrow choice that a sentence leaves."""
    straight = told.text.lower() if len(told.text.lower()) == len(told.text) else told.text
    for what, asks, _ in _CHOICES:
        if asks.search(straight):
            yield Choice(what)
    for match in _OPTIONS.finditer(told.text):
        options = tuple(one or other for one, other in _OPTION.findall(match["options"]))
        if match["only"] or match["after"]:
            yield OneOf(options)
    if _ISO.search(straight):
        yield IsoDate()
