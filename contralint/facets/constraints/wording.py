"""Words and phrases that a response must hold, must not hold, must begin or end with."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from contralint.facets.constraints.bounds import BOUND, Bound, read_bound
from contralint.facets.constraints.constraint import Constraint, Told
from contralint.facets.constraints.measures import Measured
from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.words import words

_Q = r"[\"“„«`'‘]"
_NOUN = r"(?:(?:exact |following |specific |key)?(?:words?|phrases?|sentences?|terms?|expressions?|strings?|keywords?|names?|lines?|hashtags?|(?:discount |promo |access )?codes?|passwords?)(?: and phrases)?:? )"
_THE = r"(?:the |this |these |any of (?:the|these) |a |either of the )?"
_BANNING = r"(?:(?:do not|don't|never|must not|mustn't|should not|shouldn't|cannot|can't|may not)(?: ever)? (?:use|mention|say|include|write|contain|utter|reveal|disclose|share|give out)|avoid(?: using| saying| mentioning)?|without(?: using| mentioning| saying)?|no (?:mention|use) of|refrain from (?:using|mentioning|saying))"
_FORBIDDEN = lazy_pattern(rf"\b{_BANNING} {_THE}{_NOUN}?(?={_Q})")
# "Never mention Acme": a name needs no quotation marks.
_FORBIDDEN_NAME = lazy_pattern(rf"\b{_BANNING} {_THE}{_NOUN}?(?P<name>(?=\w)[\w&'-]+(?: [\w&'-]+)?)(?=\s*[.!;]|$)")
_LETTER = lazy_pattern(rf"\b(?:{_BANNING}) (?:the )?letters? {_Q}?(?P<letter>[\p{{L}} ]){_Q}?(?=[\s.,;!]|$)")
_REQUIRED = lazy_pattern(
    rf"(?:\b(?:include|use|mention|contain|incorporate|work in)|\b(?:sentence|story|poem|paragraph|text|e-?mail|reply|answer|response|note|post|message|review|slogan|haiku|limerick|tweet|caption|letter|description)s?(?: \w+){{0,4}}? (?:including|using|containing|with)|must (?:include|contain|use|mention|say)|should (?:include|contain|use|mention))\s+(?:both )?(?:the |all of the |these |this )?{_NOUN}(?={_Q})"
)
_NEGATED = lazy_pattern(r"\b(?:not|never|n't|without|avoid|nor)\b[^,;]{0,20}$")
_TIMES = lazy_pattern(rf"[^.;]*?\s{BOUND} times?\b")
_ONCE = lazy_pattern(r"[^.;]*?\b(?P<how>at most|only|exactly|just|at least)? ?(?P<often>once|twice)\b")
_APPEARS = lazy_pattern(
    rf"\b(?:words?|phrases?|terms?) (?={_Q})[^.;]*?\b(?:should|must|has to|have to|needs? to) (?:appear|occur|be used|be included|be mentioned|be present|stand)"
)
_LAST_LINE = lazy_pattern(
    rf"\b(?:your|the)(?: very)? (?P<which>last|final|closing|first|opening) (?:sentence|line|words?|phrase) (?:should|must|has to|needs to|is to) be:? (?={_Q})"
)
_WHOLE = r"(?:(?:your|the|every|each|all)\s+(?:entire\s+|whole\s+|of your\s+)?(?:answer|response|reply|message|email|letter|text|post|story|note|notice|poem|output|replies|answers|responses|messages|it)|it)"
_SAYS = r"(?:the )?(?:exact |following |single )?(?:words?|phrases?|sentences?|text|line|sign-off|signature|greeting)?:?\s*(?:exactly )?"
_BEGIN = lazy_pattern(rf"\b(?:begin|start|open)(?:s|ing)? (?:{_WHOLE} )?(?:off )?with {_SAYS}(?={_Q})")
_END = lazy_pattern(
    rf"\b(?:end|finish|conclude|close|sign off)(?:s|ing)? (?:{_WHOLE} )?(?:off )?(?:with|by saying|by writing) {_SAYS}(?={_Q})"
)
_PART = lazy_pattern(
    r"\b(?:each|every) (?:sentence|line|paragraph|word|bullet|item|point|verse|stanza|answer option)|\b(?:sentences?|lines?|paragraphs?|words?|bullets?|names?) (?:that|which|must|should|to)\b"
    r"|\b(?:words?|names?|sentences?|lines?|ones) (?:begin|start|end|contain)|\b(?:first|second|last|third) (?:sentence|line|paragraph)|\bif\b"
)
_ALTERNATIVES = lazy_pattern(r"\b(?:or|either)\b")
_LASTS = ("last", "final", "closing")
# "Sign it as Kim", "call the user Captain": a name needs no quotation marks.
_CALLED = lazy_pattern(
    rf"\b(?:sign(?: it| off| the \w+| your \w+)? (?:as|with)|(?:address|refer to) (?:the )?(?:user|customer|guest|reader) (?:as|by)|call (?:the )?(?:user|customer|guest)) (?:the name )?(?:(?={_Q})|(?P<name>[\p{{L}}'-]+))"
)
_TAIL = 3  # last lines in which a closing phrase may stand before a signature


@dataclass(frozen=True)
class Forbidden:
    """A phrase that must not stand there."""

    phrase: str

    @property
    def topic(self) -> str:
        return f"without {self.phrase.casefold()}"

    def broken(self, response: Measured) -> str | None:
        return f'asked not to say "{self.phrase}", says it' if _found(self.phrase, response.text) else None


@dataclass(frozen=True)
class NoLetter:
    """A letter that must not stand there."""

    letter: str

    @property
    def topic(self) -> str:
        return f"without the letter {self.letter}"

    def broken(self, response: Measured) -> str | None:
        found = response.text.casefold().count(self.letter)
        return f'asked for no letter "{self.letter}", has {found}' if found else None


@dataclass(frozen=True)
class Required:
    """A phrase that must stand there, perhaps so many times."""

    phrase: str
    times: Bound | None = None

    @property
    def topic(self) -> str:
        return f"with {self.phrase.casefold()}"

    def broken(self, response: Measured) -> str | None:
        if response.cut or response.dense:
            return None
        if self.times is None:
            return None if _inflected(self.phrase, response.text) else f'asked for "{self.phrase}", lacks it'
        found = _found(self.phrase, response.text)
        loose = len(_stemmed(self.phrase).findall(response.text))
        if self.times.exceeded(found, 0) or self.times.missed(max(found, loose), 0):
            return f'asked for "{self.phrase}" {self.times.shown} times, has it {found}'
        return None


@dataclass(frozen=True)
class Edge:
    """What the response must begin or end with."""

    phrase: str
    end: bool

    @property
    def topic(self) -> str:
        return "ending" if self.end else "beginning"

    def broken(self, response: Measured) -> str | None:
        if self.end and response.cut:
            return None
        wanted = _bare(self.phrase)
        lines = response.lines[-_TAIL:] if self.end else response.lines[:2]
        near = _bare(" ".join(lines))
        kept = any(_bare(line).startswith(wanted) for line in lines) or near.startswith(wanted)
        if wanted and (kept or (self.end and wanted in near)):
            return None
        return f'asked to {"end" if self.end else "begin"} with "{self.phrase}", does not' if wanted else None


def read(told: Told) -> Iterator[Constraint]:
    """The phrases that a sentence asks for, or forbids."""
    for match in _LAST_LINE.finditer(told.plain):
        yield from (Edge(phrase, match["which"] in _LASTS) for phrase in told.quotes(match.end(), len(told.text))[:1])
    if not _PART.search(told.plain):
        yield from _letters(told)
        yield from _forbidden(told)
        yield from _wanted(told)
        yield from _edges(told)


def _letters(told: Told) -> Iterator[NoLetter]:
    for match in _LETTER.finditer(told.plain):
        if letter := told.text[match.start("letter") : match.end("letter")].strip():
            yield NoLetter(letter.casefold())


def _forbidden(told: Told) -> Iterator[Forbidden]:
    yield from (Forbidden(phrase) for match in _FORBIDDEN.finditer(told.plain) for phrase in _listed(told, match.end()))
    yield from _forbidden_names(told)


def _wanted(told: Told) -> Iterator[Required]:
    for match in _REQUIRED.finditer(told.plain):
        if not _NEGATED.search(told.plain[: match.start()]):
            yield from _required(told, match.end())
    for match in _CALLED.finditer(told.plain):
        name = told.text[match.start("name") : match.end("name")] if match["name"] else ""
        called = [name] if name[:1].isupper() else [] if name else _listed(told, match.end())[:1]
        yield from (Required(phrase) for phrase in called)
    for match in _APPEARS.finditer(told.plain):
        yield from _required(told, match.start() + match.group().index(" ") + 1)


def _edges(told: Told) -> Iterator[Edge]:
    for pattern, end in ((_BEGIN, False), (_END, True)):
        for match in pattern.finditer(told.plain):
            phrases = _listed(told, match.end())
            # "Begin with "Dear" or "Hello"" leaves a choice.
            if len(phrases) == 1 or (phrases and not _ALTERNATIVES.search(told.plain, match.end())):
                yield Edge(phrases[0], end)


def _forbidden_names(told: Told) -> Iterator[Forbidden]:
    for match in _FORBIDDEN_NAME.finditer(told.plain):
        name = told.text[match.start("name") : match.end("name")]
        if name[:1].isupper() and all(part[:1].isupper() for part in name.split()):
            yield Forbidden(name)


def _required(told: Told, start: int) -> Iterator[Required]:
    phrases = _listed(told, start)
    times = _times(told, start) if len(phrases) == 1 else None
    if times or not _ALTERNATIVES.search(told.plain, start):
        yield from (Required(phrase, times) for phrase in phrases)


def _times(told: Told, start: int) -> Bound | None:
    """How often a phrase is to stand there, where that is told."""
    if counted := _TIMES.match(told.plain, start):
        return read_bound(counted)
    if not (once := _ONCE.match(told.plain, start)):
        return None
    figure, how = 1.0 if once["often"] == "once" else 2.0, once["how"] or ""
    low = None if how == "at most" else figure
    high = None if how == "at least" else figure
    return Bound(low, high, f"{how} {figure:g}".strip())


def _listed(told: Told, start: int) -> list[str]:
    """The quotations that follow each other from a position on: "a", "b" and "c"."""
    blanked = told.plain[start:]
    listed = regex.match(r"(?:[\"“„«`'‘] *[\"“”»`'’](?:\s*(?:,|and|or|nor|,\s*and|,\s*or|/|&)\s*)?)+", blanked)
    return told.quotes(start, start + listed.end()) if listed else []


def _found(phrase: str, text: str) -> int:
    return len(regex.findall(rf"(?<![\p{{L}}\p{{N}}]){regex.escape(phrase)}(?![\p{{L}}\p{{N}}])", text, IGNORECASE))


def _inflected(phrase: str, text: str) -> bool:
    """Whether a text holds a phrase, or its words in other forms."""
    return bool(_found(phrase, text)) or bool(_stemmed(phrase).search(text)) or _bare(phrase) in _bare(text)


def _stemmed(phrase: str) -> regex.Pattern[str]:
    stems = [regex.escape(word[: max(3, len(word) - 2)]) for word in words(phrase)]
    return lazy_pattern(r"\b" + r"\w*\W+".join(stems) + r"\w*", IGNORECASE)


def _bare(text: str) -> str:
    return " ".join(word.casefold() for word in words(text.replace("’", "'")))
