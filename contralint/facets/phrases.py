"""The lexicon as patterns, each found by the words that it begins with and compiled when first tried."""

# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

import regex

from contralint.errors import UsageError
from contralint.facets.heads import heads
from contralint.facets.lexicon import Act, After, Entry, Form, inflect, lexicon
from contralint.patterns import lazy_pattern

WORD = re.compile(r"[\w'-]+")
_SPEAKERS = {
    "i": r"\b(?:i|this (?:ai|assistant|model|bot|chatbot))",
    "am": r"\b(?:i am|i'm|im|this (?:ai|assistant|model|bot|chatbot) is)",
    "start": r"(?<=^\s*|[.!,:;…?—–-]\s?)",
}
_END = r"(?=\s*(?:$|[,.;!?)—–-]|(?:or|and|like|in|the way|as|because|since|but|so|either|anymore|too|myself|on my own|for you)\b))"
_DETERMINER = (
    r"(?:an?|any|the|my|real|actual|physical|human|direct|live|real-time|such|own|of|kind|sort|form|access|ability|connection|connected|exposure|to|true|built-in|personal|"
    r"sense|thing as|things like|use|conventional|traditional|literal|way|biological|much|your|what you'd call|like)"
)
_STOP = r"(?:how|but|because|whether|if|code|script|function|instructions?|guide|steps|story|example)\b"
_GAP = rf"(?:\s+(?!{_STOP})[^\s.!?;:,]+){{0,3}}?\s+"

_SPEAKER = "i"
_SPEAKING = frozenset({"i", "i'm", "im", "i've", "i'll", "i'd"})
_THIS_MODEL = re.compile(r"this (?:ai|assistant|model|bot|chatbot)\b")
_MANY = 5  # wordings that begin alike from which on one pattern for all of them saves time

_LIGHT = frozenset({"give", "need", "want", "let", "have", "take"})  # verbs of which a thing is not said to be done

compiled = cache(lazy_pattern)


@dataclass(frozen=True)
class Deed:
    """An act in one form of its verb.

    Attributes:
        verb: Pattern of the verb with its particles.
        objects: Pattern of what follows it.
    """

    capability: str
    verb: str
    objects: str
    after: After

    def end(self, text: str, start: int) -> int | None:
        """Where the act ends that begins at a position of a text; None where it does not begin there."""
        verb = start + len(self.verb) if self.verb.isalpha() else _end(compiled(self.verb).match(text, start))
        return None if verb is None else _end(compiled(self.objects).match(text, verb))


@dataclass(frozen=True)
class Wording:
    """A pattern that by itself denies or exercises a capability."""

    capability: str
    pattern: str


@dataclass(frozen=True)
class Wordings:
    """Wordings that may begin with one word."""

    each: tuple[Wording, ...]

    @cached_property
    def any(self) -> regex.Pattern[str]:
        """A pattern that matches where one of them does; most words of a text begin none."""
        return compiled("|".join(f"(?:{wording.pattern})" for wording in self.each))

    def matches(self, text: str, start: int) -> Iterator[tuple[str, regex.Match[str]]]:
        """Capabilities whose wording stands at a position of a text, with its place."""
        if len(self.each) >= _MANY and not self.any.match(text, start):
            return
        for wording in self.each:
            if match := compiled(wording.pattern).match(text, start):
                yield wording.capability, match


@cache
def deeds(form: Form) -> Mapping[str, tuple[Deed, ...]]:
    """Deeds in one form of their verbs, by the verb's first word."""
    found: dict[str, list[Deed]] = {}
    for name, entry in lexicon().capabilities.items():
        for act in entry.acts:
            objects = _objects(act)
            for verb in sorted({inflect(verb, form) for verb in act.do}):
                head = verb.replace("{end}", "").partition(" ")[0]
                pattern = verb.replace(" ", r"\s+").replace("{end}", _END)
                found.setdefault(head, []).append(Deed(name, pattern, objects, act.after))
    return {head: tuple(same) for head, same in found.items()}


@cache
def wordings(stance: Literal["denies", "exercises"]) -> Mapping[str, Wordings]:
    """Wordings that deny or exercise, by each word that they may begin with.

    Raises:
        UsageError: A pattern of the lexicon may begin with any word.
    """
    found: dict[str, list[Wording]] = {}
    for name, entry in lexicon().capabilities.items():
        for source in entry.denied if stance == "denies" else entry.exercised:
            for head in sorted({_SPEAKER if head in _SPEAKING else head for head in _heads(name, source)}):
                found.setdefault(head, []).append(Wording(name, _filled(source)))
    return {head: Wordings(tuple(same)) for head, same in found.items()}


@cache
def openings(stance: Literal["denies", "exercises"]) -> frozenset[str]:
    """Words of which a text has one that denies or exercises by a wording."""
    return frozenset({*wordings(stance), *_SPEAKING, "this"})


def worded(
    text: str, words: Iterable[tuple[str, int]], stance: Literal["denies", "exercises"]
) -> Iterator[tuple[str, regex.Match[str]]]:
    """Capabilities that a text denies or exercises by a wording, with the wording's place."""
    known = wordings(stance)
    for word, start in words:
        head = _SPEAKER if word in _SPEAKING or (word == "this" and _THIS_MODEL.match(text, start)) else word
        if head in known:
            yield from known[head].matches(text, start)


@cache
def nouns() -> Mapping[str, str]:
    """For each capability, a pattern of what one has that has it; starts at the noun phrase."""
    entries = lexicon().capabilities.items()
    return {
        name: rf"(?:{_DETERMINER}\s+){{0,6}}(?:{_filled('|'.join(entry.nouns))})(?![\w-])"
        for name, entry in entries
        if entry.nouns
    }


@cache
def spoken_of() -> Mapping[str, str]:
    """For each capability, a pattern of what a denial in general terms must speak of."""
    entries = lexicon().capabilities.items()
    return {name: rf"\b(?:{_filled(entry.about)})(?![\w-])" for name, entry in entries if entry.about}


@cache
def verbs_of(capability: str, form: Form) -> frozenset[str]:
    """First words of the verbs that exercise a capability, in one form."""
    return frozenset(
        inflect(verb, form).partition(" ")[0]
        for act in lexicon().capabilities[capability].acts
        for verb in act.do
        if act.after in ("any", "past") and "{" not in verb
    )


@cache
def passives(*, asked: bool) -> dict[str, str]:
    """For each capability that is not lived, a pattern of its object with what was done to it ("your alarm is set").

    Where it was asked for, of anything that is said to be done so ("your Margherita is ordered").
    """
    entries = {name: entry for name, entry in lexicon().capabilities.items() if not entry.lived and _done_to(entry)}
    if asked:
        return {name: _passive(entry, r"[\w'-]+", "") for name, entry in entries.items()}
    return {name: _passive(entry, _objects_of(entry), ",|") for name, entry in entries.items()}


def _objects_of(entry: Entry) -> str:
    return _filled("|".join(wanted for act in _done_to(entry) for wanted in act.to))


@cache
def tools() -> Mapping[str, str]:
    """For each capability, a pattern over the words of tool names."""
    entries = lexicon().capabilities.items()
    return {name: "|".join(f"(?:{tool})" for tool in entry.tools) for name, entry in entries if entry.tools}


def _end(match: regex.Match[str] | None) -> int | None:
    return match.end() if match else None


def _filled(source: str) -> str:
    """A pattern with what it names in braces put in."""
    if "{" in source:
        for name, pattern in _named().items():
            source = source.replace(f"{{{name}}}", pattern)
    return source


@cache
def _named() -> dict[str, str]:
    return _SPEAKERS | {name: f"(?:{'|'.join(words)})" for name, words in lexicon().words.items()}


def _heads(capability: str, source: str) -> frozenset[str]:
    try:
        return heads(_filled(source.replace("{i}", "i").replace("{am}", "i am")))
    except ValueError as error:
        raise UsageError(f"lexicon of capabilities: {capability}: a wording must begin with a word: {error}") from None


def _objects(act: Act) -> str:
    return rf"{_GAP}(?:{_filled('|'.join(act.to))})(?:s|es)?(?![\w-])" if act.to else r"(?![\w-])"


def _done_to(entry: Entry) -> list[Act]:
    return [act for act in entry.acts if act.to and act.after == "any"]


def _passive(entry: Entry, objects: str, copula: str) -> str:
    verbs = {verb for act in _done_to(entry) for verb in act.do if " " not in verb} - _LIGHT
    done = sorted(inflect(verb, "participle") for verb in verbs)
    states = "|".join([*done, *entry.states]) or r"(?!)"
    return (
        rf"(?:\b(?:your|the|an?|both|all)\b(?:\s+[\w'-]+){{0,2}}?\s+|^\s*(?:[\w'-]+,?\s+){{0,2}}?)(?:{objects})s?\b"
        rf"(?:{copula}(?:\s+(?:for|to|at|in)\s+[^.!?,;]{{1,30}}?)?(?:'s|'re|\s+(?:is|are|was|were|has been|have been))|(?=\s+(?:{states})\b))"
        rf"(?:\s+(?:now|already|all|been|successfully|being|just|officially))*\s+(?:{states})(?![\w-])(?! by)"
    )
