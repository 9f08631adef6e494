"""Acts that a sentence names: the capabilities that it speaks of, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex

from contralint.facets import frames
from contralint.facets.lexicon import WORD, Form, phrases

Stance = Literal["denies", "exercises"]
Place = Literal["base", "past", "participle", "gerund", "noun"]
_SENTENCE = regex.compile(r"[^\n.!?…]+(?:[.!?…](?!\s+[A-Za-z\"'(*\[]|\s*$)[^\n.!?…]*)*[.!?…]*")
OPENING = 2  # sentences in which an assistant speaks for itself before it writes for somebody else
_READ = 16  # sentences of a text that are read
_ASKED: tuple[Place, ...] = ("base", "gerund", "participle", "noun")
_WORDS = re.compile(r"[\s,.:;!?]+")
_LISTED = 6  # items of a list of acts that are read


@dataclass(frozen=True)
class Found:
    """A capability that a text denies or exercises, and the characters that say so."""

    capability: str
    stance: Stance
    start: int
    end: int
    confidence: float = 0.9


@dataclass(frozen=True)
class Sentence:
    """A sentence, where it starts in its text, and its number from 0."""

    text: str
    start: int
    number: int


def sentences_of(text: str) -> list[Sentence]:
    """Sentences of a text; of a long one, those near its ends, where an assistant speaks of itself."""
    found = [match for match in _SENTENCE.finditer(text) if not match.group().isspace()]
    read = [Sentence(match.group(), match.start(), number) for number, match in enumerate(found)]
    return read if len(read) <= _READ else read[: _READ - 3] + read[-3:]


def acts_from(text: str, start: int, leads_to: Place, *, exercised: bool) -> Iterator[tuple[str, int]]:
    """Capabilities named at a position and on through the list that follows, with where each ends."""
    clause_end = frames.CLAUSE_END.search(text, start)
    stop = clause_end.start() if clause_end else len(text)
    places = [
        start,
        *(match.end() for match in (frames.JOINED if exercised else frames.CONTINUED).finditer(text, start, stop)),
    ]
    other: Place = "base" if leads_to == "noun" else "noun"
    begun = False
    for place in places[:_LISTED]:
        # "I can't browse the web, nor any live data": a list may change its form once it has begun.
        for form in (leads_to, other) if begun and not exercised else (leads_to,):
            for found in named_at(text, place, form, exercised=exercised):
                begun = True
                yield found


def named_at(text: str, place: int, form: Place, *, exercised: bool) -> Iterator[tuple[str, int]]:
    """Capabilities whose act, or whose noun, begins at a position, with where each ends."""
    if form == "noun":
        for capability, pattern in phrases().nouns.items():
            if match := pattern.match(text, place):
                yield capability, match.end()
        return
    word = WORD.match(text, place)
    for deed in phrases().deeds[form].get(word.group(), ()) if word else ():
        if exercised and (deed.after == "denied" or (deed.after == "past" and form not in ("past", "participle"))):
            continue
        if end := deed.end(text, place):
            yield deed.capability, end


def mentioned(text: str, forms: tuple[Form, ...]) -> Iterator[tuple[str, int]]:
    """Capabilities whose acts a text names anywhere, with where each starts."""
    for word in WORD.finditer(text):
        for form in forms:
            for deed in phrases().deeds[form].get(word.group(), ()):
                if deed.end(text, word.start()):
                    yield deed.capability, word.start()


@lru_cache(maxsize=4096)
def requested(request: str) -> frozenset[str]:
    """Capabilities whose exercise a request asks for."""
    if phrases().deeds["base"].keys().isdisjoint(_WORDS.split(request)):
        return frozenset()
    return frozenset(
        capability
        for sentence in sentences_of(request)
        if not frames.ASIDE.match(sentence.text)
        for match in frames.REQUESTED.finditer(sentence.text)
        for capability, _ in named_at(sentence.text, match.end(), "base", exercised=False)
    )


@lru_cache(maxsize=4096)
def questioned(request: str) -> frozenset[str]:
    """Capabilities that a request asks whether the assistant has."""
    return frozenset(
        capability
        for match in frames.QUESTIONED.finditer(request)
        for form in _ASKED
        for capability, _ in named_at(request, match.end(), form, exercised=False)
    )
