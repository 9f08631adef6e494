"""Until when an assistant says that it knows: the date of its knowledge cutoff."""

# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from dataclasses import dataclass

import regex

from contralint.patterns import lazy_pattern

NO_CUTOFF = "none"
_SHORT = 4  # words of a question that names nobody: "Knowledge cutoff?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_PARTS = {
    "early": (1, 4), "beginning": (1, 4), "start": (1, 3), "mid": (4, 9), "middle": (4, 9), "late": (8, 12), "end": (9, 12),
    "spring": (3, 6), "summer": (6, 9), "autumn": (9, 12), "fall": (9, 12), "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12),
}  # fmt: skip
_PART = rf"(?:the )?(?P<part>{'|'.join(_PARTS)})(?:[- ]|(?: of)? )"
_DATE = rf"(?:{_PART})?(?:(?P<month>{_MONTH})\b\.?,? (?:\d\d?,? )?(?:of )?|(?P<number>[01]?\d)/)?(?P<year>20[1-3]\d)\b(?:-(?P<iso>[01]\d)\b)?"
_LIMIT = r"(?:cut-?off(?: date)?(?: is|:| of| in)?|up (?:to|until|till)|until|till|through|thru|as of|end(?:s|ed|ing)?|stop(?:s|ped)?|goes|go|extends?|reach(?:es)?|runs?|current|last|updated?|after|beyond|past|later than|before|cover(?:s|ed|ing)?)"
_REACH = r"(?:up (?:to|until|till)|until|till|through|thru|as of|after|beyond|past|later than|last)"
_LINK = r"(?:(?!\b(?:that|which|who|whose|when|because)\b)[^.;!?\d]){0,60}?"
_SAID = lazy_pattern(
    rf"\bmy (?:\w+ ){{0,3}}?(?:knowledge|training|data|dataset|information|cut-?off){_LINK}\b{_LIMIT}\b[^.;!?\d]{{0,30}}?{_DATE}"
    rf"|\b(?:i|i'm|i've|me)\b{_LINK}\b(?:know|trained|training|information|data|knowledge|updated|aware){_LINK}\b{_REACH}\b[^.;!?\d]{{0,30}}?{_DATE}"
    rf"|\bmy (?:\w+ ){{0,2}}?(?:knowledge|training data|data|cut-?off|(?:last )?update){_LINK}\b(?:is|in|of|from|on)\b:? {_DATE}"
)
_FRAGMENT = lazy_pattern(
    rf"\b(?:{_LIMIT}|in|into|is|it's|to)\b:?[^.;!?\d]{{0,25}}?{_DATE}|^\W*(?:yes\W+|sure\W+)?{_DATE}\W*$"
)
_NONE = lazy_pattern(
    r"\b(?:i|my knowledge) (?:\w+ )?(?:have no|has no|don't have an?|do not have an?|doesn't have an?) (?:\w+ )?(?:knowledge |training |data )?cut-?off\b(?! date (?:that|to|i))"
    r"|\bmy (?:knowledge|information|data) (?:is|gets|stays|remains) (?:\w+ )?(?:always|constantly|continuously|continually|fully|regularly|completely) (?:current|up[- ]to[- ]date|updated|refreshed)"
    r"|\bmy (?:knowledge|information|data) (?:is|gets) (?:updated|refreshed) (?:every|daily|weekly|continuously|constantly|in real time)"
)
_ASKED = lazy_pattern(
    r"\b(?:knowledge|training|your|data|information) (?:\w+ )?(?:cut-?off|end|stop|date)|\bcut-?off\b|\bhow (?:recent|up[- ]to[- ]date|current|fresh|old) (?:are|is) (?:you|your|the (?:data|information)|what you)"
    r"|\b(?:until|up to|through) (?:when|what (?:date|year|month|point))\b|\bwhen (?:were|was) (?:you|your \w+)(?: \w+)? (?:last )?(?:updated|trained)|\b(?:most|how) recent\b[^.?]{0,30}\byou\b|\bwhen (?:does|did) your (?:\w+ )?(?:knowledge|data|training|information)"
    r"|\bhow far (?:does|do) (?:your|you)|\b(?:last|latest) (?:update|thing|event|information)\b[^.?]{0,30}\byou"
)


@dataclass(frozen=True)
class Cutoff:
    """A date as it was said, and its characters."""

    value: str
    start: int
    end: int


def cutoff(text: str, request: str) -> Cutoff | None:
    """Until when a plain text says that its speaker knows."""
    if "20" in text and (found := _SAID.search(text) or _told(text, request)):
        return Cutoff(_shown(found), found.start(), found.end())
    none = _NONE.search(text) if "cut" in text or "my " in text else None
    return Cutoff(NO_CUTOFF, none.start(), none.end()) if none else None


def _told(text: str, request: str) -> regex.Match[str] | None:
    """A date that answers a question for the cutoff, with no more words about it."""
    if not _ASKED.search(request) or ("you" not in request and len(request.split()) > _SHORT):
        return None
    return _FRAGMENT.search(text[:200])


def same_cutoff(one: str, other: str) -> bool:
    """Whether two dates may be one, perhaps more precise in one: "2023" and "April 2023"."""
    if NO_CUTOFF in (one, other):
        return one == other
    (start, end), (other_start, other_end) = _months(one), _months(other)
    return start <= other_end and other_start <= end


def dates(text: str) -> list[str]:
    """All dates of a plain text, as a cutoff would be said."""
    return [_shown(match) for match in regex.finditer(_DATE, text)]


def _shown(match: regex.Match[str]) -> str:
    part, month, year = match.group("part"), match.group("month"), match.group("year")
    number = match.group("number") or match.group("iso")
    name = _MONTHS.index(month[:3]) + 1 if month else int(number) if number and 0 < int(number) <= 12 else 0
    return f"{year}-{name:02}" if name else f"{part} {year}" if part else year


def _months(value: str) -> tuple[int, int]:
    """First and last month that a date may mean, counted from year 0."""
    part, _, date = value.rpartition(" ")
    year, _, month = date.partition("-")
    first, last = (int(month), int(month)) if month else _PARTS.get(part, (1, 12))
    return 12 * int(year) + first, 12 * int(year) + last
