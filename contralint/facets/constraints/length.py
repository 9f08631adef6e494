"""How long a response is to be: words, sentences, paragraphs, lines, characters, bullet points."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from contralint.facets.constraints.bounds import AFTER, BOUND, Bound, read_bound, slack
from contralint.facets.constraints.constraint import Constraint, Told
from contralint.facets.constraints.measures import Measured, Range
from contralint.patterns import lazy_pattern

_UNITS = {
    "word": "words",
    "sentence": "sentences",
    "paragraph": "paragraphs",
    "line": "lines",
    "verse": "lines",
    "character": "characters",
    "bullet": "bullet points",
}
_UNIT = r"(?P<unit>words?|sentences?|paragraphs?|lines?|characters?|bullet(?:ed)?[- ]?points?|bullets|bullet items)\b"
_QUALITY = r"(?:\s+(?:short|brief|complete|full|simple|concise|clear|single|separate|distinct|single-line|well-written|english))*"
_ASKED = rf"{BOUND}{_QUALITY}[\s-]+{_UNIT}{AFTER}"
_MAKE = (
    r"(?:write|give|provide|compose|create|generate|produce|craft|draft|need|want|use|include|make|offer|add|pen|output|list|answer|reply"
    r"|respond|explain|describe|summari[sz]e)(?: me| us| back)?(?: with| of| in| using)?(?: a total of)?"
)
_REPLY = r"(?:answer|response|reply|summary|text|essay|poem|output|message|story|description|explanation|review|email|letter|it|article|post|caption|slogan|replies|answers|responses|everything)"
_OPENINGS = (
    # "in two sentences", "of exactly six lines"
    r"(?:^|(?<=[\s(]))(?:in|using|with|within|into|to|of|spanning)\s+(?:a total of\s+|a length of\s+)?",
    # "write three sentences about"
    rf"(?:^|(?<=[\s,;(]))(?:{_MAKE})\s+",
    # "your answer should be at most", "it must not exceed", "keep it under", "limit yourself to"
    rf"\b(?:your|the|this|each|every|all)? ?{_REPLY} (?:should|must|has to|have to|needs? to|is to|are to|can|may|shall|will)(?: only| not)?"
    r"(?: be| have| contain| include| use| consist of| comprise| run to)?\s*(?:in )?(?=\S)",
    r"\bmake (?:it|this|(?:the|your) \w+) (?=(?:exactly|at|no|about|around|between|\d|under))",
    r"\b(?:keep|limit|restrict|confine|hold|cap|stick)\b(?: [\w']+){0,4}?(?: to| at| within)?\s+(?=(?:under|below|within|at|no|fewer|less|max|up|\d|one|two|three|four|five|six|seven|eight|nine|ten|twenty|an?\b|about|exactly))",
)
# A bound that stands for itself: ", at most 25 words", "(max 20 words)".
_ALONE = lazy_pattern(
    r"(?:^|[,;:(–—.-]\s*|\band |\bbut |\bdo )(?=(?:at (?:the )?(?:most|least|max)|no (?:more|fewer|longer|less)|not (?:more|exceed)|max|min|up to|under|fewer"
    r"|less than|more than|(?:an? |one |two |three |four |five |\d+ )(?:short |single )?(?:sentences?|paragraphs?|words?),? (?:only|please|max|tops)|between \d|exactly|about \d|around \d|approximately|\d+ (?:words|sentences|characters) (?:or|max|at)))"
    + _ASKED
)
_OPENED = lazy_pattern("(?:" + "|".join(_OPENINGS) + ")" + _ASKED)
# "a four-line poem", "a 500 word essay"
_SHAPED = lazy_pattern(
    rf"\b(?:write|give|compose|create|draft|generate|provide|make|produce|pen|craft|need|want|as|in|with|into|me|add)\b(?:\s+\w+){{0,2}}?"
    rf"\s+(?:an?|one)\s+(?:(?:short|brief|simple|single|nice|concise),?\s+)*{BOUND}[\s-](?P<unit>word|sentence|paragraph|line|character|bullet(?! ?-?points?))\b[\s-]+"
    r"(?!limit|minimum|maximum|max|min|count|long\b(?! \w))(?=\p{L})"
)
# What makes the figure one of a part, of something else, or of what is worked on.
_OF_ANOTHER = lazy_pattern(
    r"^\W*(?:each|per\b|apiece|every|of code|of (?:the|this|that|my|your|an?) |from (?:the|this|my|a)|that (?:rhyme|start|begin|end|mean|describe|are|contain|come"
    r"|can|have|use)|which (?:rhyme|start)|where |that's |name|title|phrase|slogan|tagline|for each|for every|in (?:the|this|that) |starting|beginning|ending|rhyming|related|associated"
    r"|containing|meaning|apart|before|after|above|below|earlier|ahead|long (?:sentence|word|line)|above|spac|or phrases|with the (?:letter|same)"
    r"|to (?:describe|express|rhyme)|you (?:use|know|like)|followed|and (?:a|an|one|two|three|\d+|then) )"
)
_PART = lazy_pattern(
    r"\b(?:each|every|per|both|titles?|headlines?|subject(?: line)?|captions?|headings?|introduction|intro|conclusion|hook|first|last|second|third|final"
    r"|opening|closing|the next|these|those|following|above|given|two versions|respectively|function|program|script|regex|code|password|username)\b"
    r"[^,;:.]{0,40}$"
)
_MULTIPLE = lazy_pattern(
    r"\b(?:followed by|and then|, then|along with|as well as|plus|versions?|respectively|in addition)\b"
)
_WORDLIST = lazy_pattern(
    r"\b(?:list|give|name|find|suggest|tell|use|include|add|generate|create|provide|make|write|me|us|of)\s+\S+[\s-]*$"
)
_IN_A_SENTENCE = lazy_pattern(r"\b(?:use|using|put|words?|phrase|say|used|count|number of|how many|find|identify)\b")
_POEM = lazy_pattern(
    r"\b(?:poem|verse|stanza|rhyme|lyrics?|song|limerick|haiku|ode|ballad|sonnet)\b|\b(?:write|compose|give me) (?:exactly )?\S+ (?:short |rhyming )?lines\b"
)
_NEVER_MORE = lazy_pattern(r"\b(?:never|not|n't|without)\b[^.;:]{0,40}\b(?:more than|over|longer than) \S+(?: \S+)?$")
_LIMITED = lazy_pattern(r"\b(?:limit|restrict|confine|cap|keep|hold)(?:ed)?\b[^.;:,]{0,40}$")
_TEXT = 20  # words that make a text; fewer may be a list of words
_CAST = 12  # characters of a story, not of a text, are fewer
_LONGEST = 5000


@dataclass(frozen=True)
class Length:
    """So many words, sentences, ..."""

    unit: str
    bound: Bound

    @property
    def topic(self) -> str:
        return self.unit

    def broken(self, response: Measured) -> str | None:
        counted = self._count(response)
        if counted is None:
            return None
        off = slack(self.bound, self.unit in ("words", "characters"))
        asked = f"asked for {self.bound.shown} {self._shown_unit}"
        if self.bound.exceeded(counted.fewest, off):
            return f"{asked}, has {counted.fewest}"
        if self.bound.missed(counted.most, off) and not response.cut:
            return f"{asked}, has {counted.most or 'none'}"
        return None

    @property
    def _shown_unit(self) -> str:
        return self.unit[:-1] if self.bound.shown.split()[-1] == "1" else self.unit

    def _count(self, response: Measured) -> Range | None:
        if self.unit == "bullet points":
            return response.bullets
        if response.code or (response.dense and self.unit != "characters"):
            return None
        if self.unit == "lines":
            return response.verses if len(response.lines) > 1 else None
        return {
            "words": response.words,
            "sentences": response.sentences,
            "paragraphs": response.paragraphs,
            "characters": response.characters,
        }[self.unit]


def read(told: Told) -> Iterator[Constraint]:
    """Lengths that a sentence asks of the whole response; none where it asks them of parts."""
    found = [
        length
        for pattern in (_OPENED, _ALONE, _SHAPED)
        for match in pattern.finditer(told.plain)
        if (length := _length(match, told.plain))
    ]
    if _MULTIPLE.search(told.plain):
        return
    for length in dict.fromkeys(found):
        if all(other == length or other.unit != length.unit for other in found):
            yield length


def _length(match: regex.Match[str], text: str) -> Length | None:
    bound, unit = _as_told(read_bound(match), text[: match.end("unit")]), _unit(match["unit"])
    rest, before = text[match.end() :], text[: match.start("unit")]
    if bound is None or _OF_ANOTHER.match(rest) or _PART.search(text[: match.start()]):
        return None
    figure = bound.high if bound.high is not None else bound.low
    if not figure or figure > _LONGEST or not _plausible(unit, bound, text, before):
        return None
    return Length(unit, bound)


def _as_told(bound: Bound | None, before: str) -> Bound | None:
    """The bound in its sentence: both "never more than two" and "limit it to two" give the highest number."""
    if bound is None or bound.low is None:
        return bound
    if bound.high is None and _NEVER_MORE.search(before):
        return Bound(None, bound.low - 1, f"at most {bound.low - 1:g}")
    if bound.plain and _LIMITED.search(before):
        return Bound(None, bound.low, f"at most {bound.low:g}")
    return bound


def _plausible(unit: str, bound: Bound, text: str, before: str) -> bool:
    figure = bound.high if bound.high is not None else bound.low or 0
    if unit == "characters":
        return figure > _CAST
    if unit == "lines":
        return figure > 1 and bool(_POEM.search(text))
    if unit == "words":
        # "Give me five words" asks for words, not for a length.
        return figure > 1 and not (figure < _TEXT and bound.plain and _WORDLIST.search(before))
    if unit == "sentences" and figure == 1:
        return not _IN_A_SENTENCE.search(before)
    return True


def _unit(text: str) -> str:
    return next(unit for prefix, unit in _UNITS.items() if text.startswith(prefix))
