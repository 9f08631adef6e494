"""What a response must not have, or must have: lists, commas, emojis, headings, exclamation marks, placeholders."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from contralint.facets.constraints.bounds import BOUND, Bound, read_bound
from contralint.facets.constraints.constraint import Constraint, Told
from contralint.facets.constraints.measures import Measured
from contralint.patterns import DOTALL, IGNORECASE, MULTILINE, lazy_pattern

_FLAGS = MULTILINE
_BULLETS = lazy_pattern(r"^[ \t]*[-*•–‣+][ \t]+\S", _FLAGS)
_NUMBERED = lazy_pattern(r"^[ \t]*\(?\d{1,3}[.)][ \t]+\S", _FLAGS)
_LISTS = lazy_pattern(r"^[ \t]*(?:[-*•–‣+]|\(?\d{1,3}[.)])[ \t]+\S", _FLAGS)
_MARKDOWN = lazy_pattern(r"^#{1,6} |\*\*[^*\n]+\*\*|^[ \t]*[-*][ \t]+\S|^```|\[[^\]\n]+\]\([^)\n]+\)", _FLAGS)
_EMOJI = lazy_pattern(r"[\p{Emoji_Presentation}\N{VARIATION SELECTOR-16}]")
_CONTRACTION = lazy_pattern(
    r"\b(?:\p{L}+n['’]t|(?:i|you|we|they)['’](?:re|ve|ll|d|m)|(?:it|he|she|that|there|what|who|here|let)['’](?:s|ll|d))\b",
    IGNORECASE,
)
# A thing by the words that name it: its pattern, how many make it a habit, and how it is shown.
_THINGS: tuple[tuple[str, regex.Pattern[str], int, str], ...] = (
    (r"bullet(?:ed)?[- ]?(?:points?|lists?)|bullets", _BULLETS, 2, "bullet points"),
    (r"number(?:ed|ing)[- ]?(?:lists?|points?)?", _NUMBERED, 2, "numbered lists"),
    (r"lists?|list formatting", _LISTS, 2, "lists"),
    (r"markdown(?: formatting| syntax)?", _MARKDOWN, 1, "Markdown"),
    (r"headings?|headers?", lazy_pattern(r"^#{1,6} \S", _FLAGS), 1, "headings"),
    (r"bold(?: text| type|face)?", lazy_pattern(r"\*\*[^*\n]+\*\*"), 1, "bold text"),
    (r"commas?", lazy_pattern(r",(?!\d)"), 1, "commas"),
    (r"semicolons?", lazy_pattern(r";(?!\w)"), 1, "semicolons"),
    (r"exclamation (?:marks?|points?)", lazy_pattern(r"!"), 1, "exclamation marks"),
    (r"question marks?", lazy_pattern(r"\?"), 1, "question marks"),
    (r"emojis?|emoticons?", _EMOJI, 1, "emojis"),
    (r"hashtags?", lazy_pattern(r"(?<!\w)#\p{L}\w*"), 1, "hashtags"),
    (r"contractions?", _CONTRACTION, 1, "contractions"),
    (r"(?:urls?|hyperlinks?|links?)", lazy_pattern(r"\bhttps?://\S+|\bwww\.\S+"), 1, "links"),
    (r"code blocks?|code fences?", lazy_pattern(r"^[ \t]*```", _FLAGS), 1, "code blocks"),
    (r"em[- ]dash(?:es)?", lazy_pattern(r"—"), 1, "em dashes"),
    (
        r"prices?|price figures",
        lazy_pattern(r"[$€£]\s?\d|\d\s?(?:[$€£]|(?:euros?|dollars?|pounds?|eur|usd|gbp)\b)", IGNORECASE),
        1,
        "prices",
    ),
    (r"digits?|numerals?", lazy_pattern(r"\d"), 1, "digits"),
)
_ANY = "|".join(f"(?P<t{number}>{words})" for number, (words, *_) in enumerate(_THINGS))
_FORBIDDING = (
    r"(?:(?:do not|don't|never|must not|mustn't|should not|shouldn't|cannot|can't|may not)(?: ever)? (?:use|include|write|add|contain|make|put|have|mention|state|quote|give|name|format (?:it |your (?:answer|reply|response)s? )?(?:as|with|in)|answer (?:with|in)|reply (?:with|in))"
    r"|avoid(?: using)?|without(?: using| any)?|refrain from (?:using|writing)|no more use of|not (?:use|contain|include)|use no|(?:^|[,;:(.]\s*|\band |\bbut |\bwith )no)"
)
_FORBIDDEN = lazy_pattern(
    rf"{_FORBIDDING}(?: any| a| the)?(?: kind of| sort of)?(?: \w+ly)? (?:{_ANY})\b(?P<more>(?:,? ?(?:or|and|,) (?:any )?[\w -]{{3,24}}?)*)(?=[\s.,;:!)]|$)"
)
_OTHER_THINGS = lazy_pattern(rf"\b(?:{_ANY})\b")
# What narrows it to a part or lets some of it through.
_NARROWED = lazy_pattern(
    r"^\s*(?:with|that|to|in (?:the|your) (?:title|first|last|subject|introduction|code)|longer|more than|over|of more|unless|except|if|when|outside|other than|from (?:me|the)|comprehension"
    r"|before|after|between|at the (?:end|start|beginning)|in the (?:first|last|end)|of (?!any))"
)
_COUNTED = lazy_pattern(
    rf"\b(?:include|use|contain|have|add|with|write|give|highlight|using|containing)\s+(?:a total of )?{BOUND}\s+(?:\w+ )?(?P<what>placeholders?|highlighted sections?|sections? in (?:your|the) (?:answer|response)|emojis?|hashtags?)\b"
)
_COUNTS = {
    "placeholder": (lazy_pattern(r"\[[^\[\]\n]+\]"), "placeholders"),
    "highlighted": (lazy_pattern(r"\*[^*\n]+\*"), "highlighted sections"),
    "section": (lazy_pattern(r"\*[^*\n]+\*"), "highlighted sections"),
    "emoji": (_EMOJI, "emojis"),
    "hashtag": (lazy_pattern(r"(?<!\w)#\p{L}\w*"), "hashtags"),
}
_WANTED = (
    (lazy_pattern(r"\btitle,? (?:that is )?(?:wrapped|enclosed|placed|put) in double angular brackets"), lazy_pattern(r"<<[^<>\n]+>>"), "a title in <<...>>"),
    (lazy_pattern(r"\b(?:end|finish|close) (?:\w+ ){0,4}with (?:a|one|another) (?:\w+[- ]?){0,2}question\b"), lazy_pattern(r"[?？][^.!]{0,80}\Z"), "a question at the end"),
    (lazy_pattern(r"\b(?:wrap|enclose|put|surround) (?:your |the )?(?:entire |whole )?(?:response|answer|reply|output|it) (?:in|with|within) (?:double |single )?(?:quotation marks|quote marks|quotes)"), lazy_pattern(r"\A\s*[\"“].*[\"”]\s*\Z", DOTALL), "quotation marks around it"),
    (lazy_pattern(r"\b(?:add|include|with|write|give|needs?|have|contain)s? (?:a|the) (?:clear |short |suitable )?subject line\b"), lazy_pattern(r"^\W*subject\b", IGNORECASE | MULTILINE), "a subject line"),
    (lazy_pattern(r"\b(?:add|include|end with|at the end of your \w+, please (?:explicitly )?add) a (?:postscript|p\.s\.)"), lazy_pattern(r"\bP\.?\s?S\b", IGNORECASE), "a postscript"),
)  # fmt: skip


@dataclass(frozen=True)
class Without:
    """Nothing of a kind: lists, commas, emojis."""

    thing: str

    @property
    def topic(self) -> str:
        return "lists" if self.thing in ("lists", "bullet points", "numbered lists") else self.thing

    def broken(self, response: Measured) -> str | None:
        pattern, habit = next((pattern, habit) for _, pattern, habit, shown in _THINGS if shown == self.thing)
        if self.thing != "code blocks" and response.code:
            return None
        found = len(pattern.findall(response.text))
        if self.thing == "digits":
            found = len(pattern.findall(regex.sub(r"(?m)^\s*\d+[.)]", "", response.text)))
        return f"asked for no {self.thing}, has {found}" if found >= habit else None


@dataclass(frozen=True)
class HowMany:
    """So many placeholders, highlighted sections, emojis."""

    what: str
    bound: Bound

    @property
    def topic(self) -> str:
        return _COUNTS[self.what][1]

    def broken(self, response: Measured) -> str | None:
        found = len(_COUNTS[self.what][0].findall(response.text))
        if self.bound.exceeded(found, 0) or self.bound.missed(found, 0):
            return f"asked for {self.bound.shown} {self.topic}, has {found or 'none'}"
        return None


@dataclass(frozen=True)
class Has:
    """Something that a pattern finds, such as a question at the end."""

    what: str

    @property
    def topic(self) -> str:
        return self.what

    def broken(self, response: Measured) -> str | None:
        pattern = next(pattern for _, pattern, what in _WANTED if what == self.what)
        return None if pattern.search(response.text) or response.cut else f"asked for {self.what}, has none"


def read(told: Told) -> Iterator[Constraint]:
    """What a sentence wants, or does not want, to stand in the response."""
    for match in _FORBIDDEN.finditer(told.plain):
        if _NARROWED.match(told.plain[match.end() :]):
            continue
        named = [match, *_OTHER_THINGS.finditer(told.plain, *match.span("more"))]
        yield from dict.fromkeys(Without(_thing(one)) for one in named)
    for match in _COUNTED.finditer(told.plain):
        if bound := read_bound(match):
            yield HowMany(next(what for what in _COUNTS if match["what"].startswith(what)), bound)
    for asks, _, what in _WANTED:
        if asks.search(told.plain):
            yield Has(what)


def _thing(match: regex.Match[str]) -> str:
    return next(shown for number, (*_, shown) in enumerate(_THINGS) if match[f"t{number}"])
