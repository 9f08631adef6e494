"""Numbers with their units, dates and times of day that a text states, in comparable form.

Units are brought to one unit a dimension, so that 1.6 km and 1 mile can be seen to agree; dates keep the parts they
give, so that "1969" and "20 July 1969" do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from contralint.facets.numerals import NUMERAL, numeral
from contralint.facets.units import UNITS
from contralint.patterns import IGNORECASE, lazy_pattern

_SPACED = 24  # characters, most of them blanks, in which the sign of a currency may stand before a number
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in _MONTHS) + "|sept"
_UNIT = "|".join(regex.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))

_DATE = lazy_pattern(
    rf"(?P<day>\b\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?(?:,?\s+(?P<year>\d{{4}}))?\b"
    rf"|\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>\d{{4}}))?\b"
    rf"|\b(?P<month>{_MONTH})\.?,?\s+(?:of\s+)?(?P<year>\d{{4}})\b"
    r"|\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b",
    IGNORECASE,
)
_TIME = lazy_pattern(
    r"\b(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?\s*(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<hour>\d{1,2}):(?P<minute>\d{2})\b(?!:)|\b(?P<word>noon|midnight)\b",
    IGNORECASE,
)
_YEAR = lazy_pattern(
    r"\b(?P<year>\d{1,4})(?P<era>\s*(?:BCE?|AD|CE)\b)|\b(?P<year>1[0-9]{3}|20[0-9]{2})\b(?!\s*(?:%|[.,]\d))"
)
# A range gives its first number the unit of its second: "10-12 minutes".
_AMOUNT = lazy_pattern(
    rf"(?P<sign>(?<![\d\p{{L}}])[-−](?=[\d.$]))?(?:(?P<before>[$€£¥])\s*)?(?P<number>{NUMERAL})"
    rf"(?:\s*-?(?P<unit>{_UNIT})(?![\p{{L}}\p{{N}}])|(?=\s*(?:[-–]"
    rf"|to)\s*(?:{NUMERAL})\s*-?(?P<unit>{_UNIT})(?![\p{{L}}\p{{N}}])))?",
    IGNORECASE,
)
_ASKED_UNIT = lazy_pattern(
    rf"\b(?:how\s+many|(?:what|which)\s+number\s+of|in)\s+(?P<unit>(?=%|\p{{L}}{{2}})(?:{_UNIT}))(?![\p{{L}}\p{{N}}])",
    IGNORECASE,
)
# "2 hours and 20 minutes", "5 ft 11 in": one measure in two units.
_JOINT = lazy_pattern(r"\s*,?\s*(?:and\s+)?")
_HEDGE = lazy_pattern(
    r"\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|over|more than|at least|up to|under"
    r"|less than|circa|c\.|estimated)\s*\W?$|[~≈]\s*$",
    IGNORECASE,
)

# Two figures of one quantity may differ by rounding alone; a hedged one ("about 300") by more.
_ROUNDING, _HEDGED = 0.005, 0.1


@dataclass(frozen=True)
class Quantity:
    """A stated quantity.

    Attributes:
        dimension: "length", "mass", "date", "time", ..., or "count" with no unit or the unit's own word.
        value: In the dimension's base unit (metre, gram, ...); of a date or time its parts, None where not given.
        start, end: Where it stands in the text.
        hedged: True where the text calls it approximate.
    """

    dimension: str
    value: float | tuple[int | None, ...]
    start: int
    end: int
    hedged: bool = False

    def agrees(self, other: Quantity) -> bool:
        """Whether both may be statements of the same fact, one perhaps more precise than the other."""
        if isinstance(self.value, tuple) and isinstance(other.value, tuple):
            return all(a is None or b is None or a == b for a, b in zip(self.value, other.value, strict=True))
        if isinstance(self.value, tuple) or isinstance(other.value, tuple):
            return False
        tolerance = _HEDGED if self.hedged or other.hedged else _ROUNDING
        if (
            self.dimension == "count"
            and self.value.is_integer()
            and other.value.is_integer()
            and not (self.hedged or other.hedged)
        ):
            tolerance = 0.0
        return abs(self.value - other.value) <= tolerance * max(abs(self.value), abs(other.value))


def quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of a text in order; what a date or time takes is not read again as a number."""
    found: list[Quantity] = []
    taken = bytearray(len(text))
    for pattern, read in ((_DATE, _date), (_TIME, _time), (_YEAR, _year), (_AMOUNT, _amount)):
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            if quantity := read(match):
                taken[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
                found.append(quantity)
    return _joined(sorted(found, key=lambda quantity: quantity.start), text)


def in_asked_unit(found: tuple[Quantity, ...], request: str) -> tuple[Quantity, ...]:
    """Bare numbers read in the unit that the request asks for, where no quantity is of its dimension already."""
    asked = _ASKED_UNIT.search(request)
    if not asked:
        return found
    unit = UNITS[asked["unit"].casefold()]
    if any(one.dimension == unit.dimension for one in found):
        return found
    return tuple(
        replace(one, dimension=unit.dimension, value=one.value * unit.factor + unit.offset)
        if one.dimension == "count" and isinstance(one.value, float)
        else one
        for one in found
    )


def _joined(found: list[Quantity], text: str) -> tuple[Quantity, ...]:
    """Adds a quantity to the one right before it where it tells the rest of the same measure."""
    joined: list[Quantity] = []
    for one in found:
        whole = _sum(joined[-1], one, text) if joined else None
        joined[-1:] = [whole] if whole else [*joined[-1:], one]
    return tuple(joined)


def _sum(before: Quantity, rest: Quantity, text: str) -> Quantity | None:
    """The measure that two quantities tell together, the second less than one unit of the first."""
    if isinstance(before.value, tuple) or isinstance(rest.value, tuple) or before.dimension != rest.dimension:
        return None
    amount = _AMOUNT.match(text, before.start)
    unit = UNITS.get((amount["before"] or amount["unit"] or "").casefold()) if amount else None
    if (
        not unit
        or unit.offset
        or not 0 < rest.value < unit.factor
        or not _JOINT.fullmatch(text, before.end, rest.start)
    ):
        return None
    return replace(before, value=before.value + rest.value, end=rest.end)


def _date(match: regex.Match[str]) -> Quantity:
    month = match["month"].casefold()
    number = (
        int(month) if month.isdigit() else next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(month[:3]))
    )
    value = (int(match["year"]) if match["year"] else None, number, int(match["day"]) if match["day"] else None)
    return Quantity("date", value, match.start(), match.end())


def _time(match: regex.Match[str]) -> Quantity | None:
    if match["word"]:
        return Quantity("time", (12 if match["word"].casefold() == "noon" else 0, 0), match.start(), match.end())
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 24 or minute > 59:
        return None
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].casefold() == "p" else 0)
    return Quantity("time", (hour, minute), match.start(), match.end())


def _year(match: regex.Match[str]) -> Quantity | None:
    before = match.string[max(0, match.start() - 2) : match.start()]
    if _unit_follows(match) or regex.search(r"\d[-–−,.]$", before):
        return None
    year = -int(match["year"]) if (match["era"] or "").strip().upper().startswith("B") else int(match["year"])
    return Quantity("date", (year, None, None), match.start(), match.end(), _hedged(match))


def _unit_follows(match: regex.Match[str]) -> bool:
    amount = _AMOUNT.match(match.string, match.start())
    before = match.string[max(0, match.start() - _SPACED) : match.start()]
    return bool(amount and amount["unit"]) or before.rstrip().endswith(("$", "€", "£", "¥"))


def _amount(match: regex.Match[str]) -> Quantity | None:
    number = numeral(match["number"])
    if number is None:
        return None
    unit = UNITS.get((match["before"] or match["unit"] or "").casefold())
    value = -number if match["sign"] else number
    dimension = "count"
    if unit:
        dimension, value = unit.dimension, value * unit.factor + unit.offset
    return Quantity(dimension, value, match.start(), match.end(), _hedged(match))


def _hedged(match: regex.Match[str]) -> bool:
    return bool(_HEDGE.search(match.string[max(0, match.start() - 24) : match.start()]))
