"""How many are asked for: "at most 20", "between two and four", "exactly one", "about 300"."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from dataclasses import dataclass

import regex

from contralint.facets.numerals import NUMERAL, numeral
from contralint.patterns import IGNORECASE, lazy_pattern

# Any word may stand here for a number: which are numbers `_value` tells.
_NUMBER = r"(?:\d[\d,]*|(?:an?|one) (?:single|dozen|hundred|thousand)|(?:[a-z]+[ -])?hundred|[a-z]+(?:-[a-z]+)?)"
_SPELLED = r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|[a-z]+ty)"
_MOST = (
    r"at (?:the )?(?:most|max(?:imum)?)|no (?:more|longer|greater) than|not more than|(?:a )?max(?:imum)?\.?(?: of)?:?|up to|under|within"
    r"|fewer than|less than|below|shorter than|not (?:to )?exceed(?:ing)?|(?:never|not) (?:go )?over"
)
_LEAST = (
    r"at (?:the )?(?:least|min(?:imum)?)|no (?:fewer|less|shorter) than|not (?:fewer|less) than|(?:a )?min(?:imum)?\.?(?: of)?:?"
    r"|more than|over|longer than|upwards of"
)
_ABOUT = r"about|around|roughly|approximately|approx\.?|circa|some|nearly|almost|close to|~"
_EXACT = r"exactly|precisely|strictly|only|just"
_STRICTLY_BELOW = lazy_pattern(r"under|fewer than|less than|below|shorter than", IGNORECASE)
_STRICTLY_ABOVE = lazy_pattern(r"^(?:more than|over|longer than)$", IGNORECASE)

BOUND = (
    rf"(?:(?:between|from) (?P<low>{_NUMBER}) (?:and|to) (?P<high>{_NUMBER})"
    rf"|(?:(?P<most>{_MOST})|(?P<least>{_LEAST})|(?P<about>{_ABOUT})|(?P<exact>{_EXACT}))\s*(?P<number>{_NUMBER})"
    rf"|(?P<low>{_SPELLED})\s*(?:-|–|to|or)\s*(?P<high>{_SPELLED})"
    rf"|(?P<plain>{_NUMBER}))"
)
# What may follow the unit: "100 words or less", "a sentence or two".
AFTER = (
    r"(?:\s*\(?(?P<after_most>or (?:less|fewer|under|shorter)|max(?:imum)?\b|at (?:the )?most|tops|limit)"
    r"|\s*\(?(?P<after_least>or (?:more|longer)|min(?:imum)?\b|at (?:the )?least)"
    r"|\s(?P<after_two>or two)\b|\s(?P<after_about>or so)\b)?"
)
_NUMERAL = lazy_pattern(NUMERAL)
_ARTICLE = lazy_pattern(r"^an?\b")
_HEDGED = 0.3  # share by which a figure that is only about right may be missed
_ROUND = 20  # words from which a bare number is one that is about right
_SLIP = 20  # one in so many may be counted otherwise


@dataclass(frozen=True)
class Bound:
    """Lowest and highest number asked for; None where there is none.

    Attributes:
        shown: As it is told, such as "at most 20".
        hedged: Whether the request itself calls it approximate.
        plain: Whether it is a bare number.
    """

    low: float | None
    high: float | None
    shown: str
    hedged: bool = False
    plain: bool = False

    def exceeded(self, fewest: float, slack: float) -> bool:
        """Whether even the lowest count is too high."""
        return self.high is not None and fewest > self.high + slack

    def missed(self, most: float, slack: float) -> bool:
        """Whether even the highest count is too low."""
        return self.low is not None and most < self.low - slack


def slack(bound: Bound, rough: bool) -> float:
    """How far a count may be off before it is clearly so; `rough` for units that are counted in several ways."""
    figure = bound.high if bound.high is not None else bound.low or 0.0
    if bound.hedged or (rough and bound.plain and figure >= _ROUND):
        return max(1.0, _HEDGED * figure)
    if not rough:
        return 0.0
    return max(1.0 if bound.plain else 0.0, figure // _SLIP)


def read_bound(match: regex.Match[str]) -> Bound | None:
    """The bound of a match of a pattern that holds `BOUND` and perhaps `AFTER`."""
    found = match.groupdict()
    if found["low"] and found["high"]:
        low, high = _value(found["low"]), _value(found["high"])
        if low is None or high is None or low >= high:
            return None
        return Bound(low, high, f"{low:g} to {high:g}", bool(found.get("after_about")))
    value = _value(found["number"] or found["plain"] or "")
    return None if value is None else _one_figure(value, found)


def _one_figure(value: float, found: dict[str, str | None]) -> Bound:
    most, least = found["most"], found["least"]
    if found.get("after_two"):
        return Bound(value, value + 1, f"{value:g} or {value + 1:g}")
    if found["about"] or found.get("after_about"):
        return Bound(value, value, f"about {value:g}", hedged=True)
    if most or found.get("after_most"):
        below = bool(most and _STRICTLY_BELOW.fullmatch(most))
        return Bound(None, value - below, f"{'fewer than' if below else 'at most'} {value:g}")
    if least or found.get("after_least"):
        above = bool(least and _STRICTLY_ABOVE.fullmatch(least))
        return Bound(value + above, None, f"{'more than' if above else 'at least'} {value:g}")
    exact = bool(found["exact"])
    return Bound(value, value, f"exactly {value:g}" if exact else f"{value:g}", plain=not exact)


def _value(text: str) -> float | None:
    plain = _ARTICLE.sub("one", text.strip()).removesuffix(" single")
    if plain == "one dozen":
        return 12.0
    return numeral(plain) if _NUMERAL.fullmatch(plain) else None
