"""Acts that a sentence names: the capabilities that it speaks of, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from contralint.facets import frames
from contralint.facets.lexicon import After, Form
from contralint.facets.phrases import WORD, Deed, compiled, deeds, nouns
from contralint.patterns import lazy_pattern

Stance = Literal["denies", "exercises"]
Place = Literal["base", "past", "participle", "gerund", "noun"]
_SENTENCE = lazy_pattern(r"[^\n.!?…]+(?:[.!?…](?!\s+[A-Za-z\"'(*\[]|\s*$)[^\n.!?…]*)*[.!?…]*")
OPENING = 2  # sentences in which an assistant speaks for itself before it writes for somebody else
_READ = 16  # sentences of a text that are read
_ASKED: tuple[Place, ...] = ("base", "gerund", "participle", "noun")
_LEAD = 60  # characters before a verb in which a request leads to it
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
class Named:
    """A deed that a sentence names, in characters of the sentence."""

    deed: Deed
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """A sentence, where it starts in its text, and its number from 0."""

    text: str
    start: int
    number: int

    @cached_property
    def spelt(self) -> list[str]:
        """Its words as they stand."""
        return WORD.findall(self.text)

    @cached_property
    def words(self) -> list[tuple[str, int]]:
        """Its words, with where each starts."""
        placed, end = [], 0
        for word in self.spelt:
            start = self.text.index(word, end)
            placed.append((word, start))
            end = start + len(word)
        return placed

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Its words, each once."""
        return frozenset(self.spelt)

    @cached_property
    def deeds(self) -> dict[Form, list[Named]]:
        """Deeds that it names, by the form of their verbs, filled as they are asked for."""
        return {}

    def named(self, form: Form) -> list[Named]:
        """Deeds that it names in one form of their verbs."""
        if form not in self.deeds:
            self.deeds[form] = list(self._named(form))
        return self.deeds[form]

    def found(self, capability: str, stance: Stance, start: int, end: int, confidence: float = 0.9) -> Found:
        """What it says in some of its characters, placed in its text."""
        return Found(capability, stance, self.start + start, self.start + end, confidence)

    def whole(self, capability: str, stance: Stance, confidence: float = 0.9) -> Found:
        """What it says as a whole, placed in its text."""
        return self.found(capability, stance, 0, len(self.text), confidence)

    def _named(self, form: Form) -> Iterator[Named]:
        known = deeds(form)
        for word, start in () if self.vocabulary.isdisjoint(known) else self.words:
            for deed in known.get(word, ()):
                if (end := deed.end(self.text, start)) is not None:
                    yield Named(deed, start, end)


def sentences_of(text: str) -> list[Sentence]:
    """Sentences of a text; of a long one, those near its ends, where an assistant speaks of itself."""
    found = [match for match in _SENTENCE.finditer(text) if not match.group().isspace()]
    read = [Sentence(match.group(), match.start(), number) for number, match in enumerate(found)]
    return read if len(read) <= _READ else read[: _READ - 3] + read[-3:]


def acts_from(sentence: Sentence, start: int, leads_to: Place, *, exercised: bool) -> Iterator[tuple[str, int]]:
    """Capabilities named at a position and on through the list that follows, with where each ends."""
    text = sentence.text
    clause_end = frames.CLAUSE_END.search(text, start)
    stop = clause_end.start() if clause_end else len(text)
    joined = frames.JOINED if exercised else frames.CONTINUED
    places = [start, *(match.end() for match in joined.finditer(text, start, stop))]
    other: Place = "base" if leads_to == "noun" else "noun"
    begun = False
    for place in places[:_LISTED]:
        # "I can't browse the web, nor any live data": a list may change its form once it has begun.
        for form in (leads_to, other) if begun and not exercised else (leads_to,):
            for found in named_at(sentence, place, form, exercised=exercised):
                begun = True
                yield found


def named_at(sentence: Sentence, place: int, form: Place, *, exercised: bool) -> Iterator[tuple[str, int]]:
    """Capabilities whose act, or whose noun, begins at a position, with where each ends."""
    if form == "noun":
        for capability, pattern in nouns().items():
            if match := compiled(pattern).match(sentence.text, place):
                yield capability, match.end()
        return
    heard = _heard(form, exercised=exercised)
    for named in sentence.named(form):
        if named.start == place and named.deed.after in heard:
            yield named.deed.capability, named.end


def _heard(form: Place, *, exercised: bool) -> tuple[After, ...]:
    """Which acts count in a form of their verbs."""
    if not exercised:
        return ("any", "past", "denied")
    return ("any", "past", "told") if form in ("past", "participle") else ("any",)


@lru_cache(maxsize=4096)
def requested(request: str) -> Mapping[str, frozenset[str]]:
    """Capabilities whose exercise a request asks for, with the verbs that it asks in."""
    verbs: dict[str, set[str]] = {}
    for sentence in sentences_of(request):
        for capability, verb in _requested(sentence):
            verbs.setdefault(capability, set()).add(verb)
    return {capability: frozenset(verbs[capability]) for capability in sorted(verbs)}


def _requested(sentence: Sentence) -> Iterator[tuple[str, str]]:
    known = deeds("base")
    if sentence.vocabulary.isdisjoint(known) or frames.ASIDE.match(sentence.text):
        return
    for word, start in ((word, start) for word, start in sentence.words if word in known):
        if frames.REQUESTED.search(sentence.text, max(0, start - _LEAD), start):
            yield from (
                (deed.capability, word)
                for deed in known[word]
                if deed.after != "told" and deed.end(sentence.text, start) is not None
            )


@lru_cache(maxsize=4096)
def questioned(request: str, *, states: bool) -> frozenset[str]:
    """Capabilities that a request asks whether the assistant has.

    Args:
        request: The request, plain.
        states: Whether "are you sad?" asks so too: who says yes to it has feelings, who says no need not lack them.
    """
    whole = Sentence(request, 0, 0)
    return frozenset(
        capability
        for match in frames.QUESTIONED.finditer(request)
        if states or not match.group("state")
        for form in _ASKED
        for capability, _ in named_at(whole, match.end(), form, exercised=False)
    )
