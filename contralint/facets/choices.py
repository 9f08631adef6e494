"""Multiple choice: the options that a request offers, and which of them a response takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from contralint.patterns import DOTALL, IGNORECASE, MULTILINE, lazy_pattern
from contralint.words import normalise

# "A. engine", "(b) engine", "- C: engine", "4) engine": an option with the name it is called by.
_NAMED = lazy_pattern(
    r"^[ \t]*(?:[-*•][ \t]+)?\(?(?P<name>[A-Ha-h]|[1-9])[.):][ \t]+(?P<text>\S[^\n]*?)[ \t]*$", MULTILINE
)
_LISTED = lazy_pattern(r"^[ \t]*[-*•][ \t]+(?P<text>\S[^\n]*?)[ \t]*$", MULTILINE)
# A bare list is a list of options where the request says so.
_OFFER = lazy_pattern(r"\b(?:options?|choices?|choose|select|pick|which (?:one )?of (?:the|these))\b", IGNORECASE)
_TAKEN = lazy_pattern(
    r"^\W*(?:(?:the\s+)?(?:correct\s+|right\s+|best\s+)?(?:answer|option|choice)(?:\s+is)?\s*:?\s*)?"
    r"(?:option\s+)?\(?(?P<name>[A-Ha-h]|[1-9])\)?(?P<rest>[.):\s].*)?$",
    IGNORECASE | DOTALL,
)
# What stands between two items of one list: commas, slashes or "or", and other short items.
_LIST = lazy_pattern(
    r"[\s\"'”’`]*(?:[,/|;]|\b(?:or|and|vs\.?|versus)\b)[\s\"'“‘`]*"
    r"(?:(?:or|and)\b\s*|[\p{L}\p{N}&' -]{1,40}[\"'”’`]?\s*(?:[,/|;]|\b(?:or|and)\b)[\s\"'“‘`]*)*+",
    IGNORECASE,
)
_FEWEST, _MOST = 2, 12


@dataclass(frozen=True)
class Choice:
    """What a response takes of the options that its request offers.

    Attributes:
        text: The option taken, normalised; "" where the list does not hold the one that is named.
        options: All options, normalised.
        by_name: Whether the response calls it by its letter or number.
        start, end: Where in the response.
    """

    text: str
    options: frozenset[str]
    by_name: bool
    start: int
    end: int


@lru_cache(maxsize=4096)
def options(request: str) -> tuple[tuple[str, str], ...]:
    """Name and normalised text of each option, in order; names are "" in a bare list."""
    named = [(match["name"].upper(), normalise(match["text"])) for match in _NAMED.finditer(request)]
    if _FEWEST <= len(named) <= _MOST and len({name for name, _ in named}) == len(named):
        return tuple(named)
    listed = [("", normalise(match["text"])) for match in _LISTED.finditer(request)]
    return tuple(listed) if _FEWEST <= len(listed) <= _MOST and _OFFER.search(request) else ()


def choice(request: str, response: str) -> Choice | None:
    """The option that a response takes, by name or by text; None where it takes none, or nothing is offered."""
    offered = options(request)
    texts = frozenset(text for _, text in offered)
    said = response.strip()
    start = len(response) - len(response.lstrip())
    if not offered or not said:
        return None
    if normalise(said) in texts:
        return Choice(normalise(said), texts, False, start, start + len(said))
    taken = _TAKEN.match(said)
    text = dict(offered).get(taken["name"].upper()) if taken else None
    if taken and text is None and not taken["rest"]:
        # A name that stands for nothing in a list that was cut short.
        return Choice("", texts, True, start + taken.start("name"), start + taken.end("name"))
    if taken is None or text is None or not (not taken["rest"] or _repeats(taken["rest"], text)):
        return None
    return Choice(text, texts, True, start + taken.start("name"), start + taken.end("name"))


def lists_both(offer: str, first: str, second: str) -> bool:
    """Whether a text offers two labels in one list: "positive, negative or neutral", "(low/medium/high)"."""
    places = [[match.span() for match in _item(label).finditer(offer)] for label in (first, second)]
    return any(
        _LIST.fullmatch(offer, min(one[1], other[1]), max(one[0], other[0])) is not None
        for one in places[0]
        for other in places[1]
    )


@lru_cache(maxsize=1024)
def _item(label: str) -> regex.Pattern[str]:
    return lazy_pattern(rf"(?<![\p{{L}}\p{{N}}]){regex.escape(label)}(?![\p{{L}}\p{{N}}])", IGNORECASE)


def _repeats(rest: str, text: str) -> bool:
    """Whether what follows an option's name is its text, or an explanation on a line of its own."""
    own, _, _ = rest.strip(" .):\t").partition("\n")
    return not own or normalise(own).startswith(text)
