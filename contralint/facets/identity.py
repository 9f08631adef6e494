"""Who a response says that the assistant is: its name, maker, base model, a human or an AI, and until when it knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from contralint.facets import naming
from contralint.facets.cutoff import cutoff, dates, same_cutoff
from contralint.facets.frames import NATURE, NO, YES
from contralint.facets.makers import is_model, maker_of, names_model, same_name, tokens
from contralint.facets.naming import Attribute
from contralint.facets.phrases import WORD
from contralint.facets.voice import Voice, ends, plain, straight, system_voice, unquoted, voice
from contralint.patterns import lazy_pattern
from contralint.records import Field, Record, Span

NAMELESS = "nothing"
HUMAN = "a human"
MACHINE = "an AI"
_LONG = 20_000  # characters of a response that nobody would write to say who they are
_OPENING = 200  # characters in which an assistant speaks for itself before it writes for somebody else
_BRIEF = 160  # characters of an answer that may tell of the assistant without a word for it
_TOLD = 300  # characters of a response in which it answers what was asked about the assistant
_EDGE = 150  # characters at each end of a request in which it asks about the assistant
_TERSE = 3  # words of a question that names nobody: "Your name?"
# In a request that a brief answer may answer.
_ADDRESSED = ("you", " u ", "name", "cut", " am i ", "is this", "who's this", "this chat", "this bot", "this assistant")
_SENTENCE_END = lazy_pattern(r"[.!?](?:\s|$)|\n")


@dataclass(frozen=True)
class Identity:
    """What is said of the assistant.

    Attributes:
        span: The words that say so.
        implied: Whether another attribute tells it: a product's name its maker, a model's name the model.
    """

    attribute: Attribute
    value: str
    span: Span
    implied: bool = False


@dataclass(frozen=True)
class _Answer:
    """A response and its request, ready to be read.

    Attributes:
        cased: The response with quotations blanked.
        masked: The same in lower case.
        request: The request in lower case.
        words: Words of the response.
    """

    response: Field
    cased: str
    masked: str
    request: str
    words: frozenset[str]

    @cached_property
    def about(self) -> bool:
        """Whether the request is about the assistant, or greets it."""
        request = self.request
        edges = request if len(request) <= 2 * _EDGE else f"{request[:_EDGE]}\n{request[-_EDGE:]}"
        return bool(naming.ABOUT.search(edges) or naming.GREETING.fullmatch(request))

    def asks(self, attribute: Attribute) -> bool:
        """Whether the request asks for an attribute of whom it is put to."""
        addressed = naming.ADDRESSED.search(self.request) or len(self.request.split()) <= _TERSE
        return bool(addressed and naming.ASKS[attribute].search(self.request))

    def says(self, attribute: Attribute, value: str, start: int, end: int) -> Identity:
        """What some characters of the response say."""
        return Identity(attribute, value, Span(self.response, start, end))

    def sentence(self, start: int) -> str:
        """The sentence that begins or goes on at a position."""
        match = _SENTENCE_END.search(self.cased, start)
        return self.cased[start : match.end() if match else len(self.cased)]


def identities(record: Record) -> tuple[Identity, ...]:
    """Who a response says that the assistant is, and what else its system prompt says of that; each attribute once."""
    if record.labelled or not record.desired:
        return ()
    said = tuple(_said(record))
    attributes = {one.attribute for one in said}
    return said + tuple(one for one in _given(record.system) if one.attribute not in attributes)


def same_value(attribute: Attribute, one: str, other: str) -> bool:
    """Whether two values of an attribute may be one fact, perhaps more precise in one: "GPT" and "GPT-4"."""
    if attribute == "knowledge cutoff":
        return same_cutoff(one, other)
    if HUMAN in (one, other) or MACHINE in (one, other):
        return one == other
    return same_name(one, other)


def differ(one: Identity, other: Identity) -> bool:
    """Whether two records say different things of one attribute, in at least one of them outright."""
    if one.attribute != other.attribute or (one.implied and other.implied):
        return False
    return not same_value(one.attribute, one.value, other.value)


def explained(record: Record, identity: Identity) -> bool:
    """Whether a record's system prompt gives the assistant this identity."""
    system = record.system.text
    if identity.attribute == "human or AI":
        return identity.value == HUMAN and system_voice(system) is not Voice.ITSELF
    if identity.attribute == "knowledge cutoff":
        return any(same_cutoff(date, identity.value) for date in dates(plain(system)))
    return tokens(identity.value) <= tokens(system)


def _said(record: Record) -> Iterator[Identity]:
    answer = _answer(record)
    found = [*_spoken(answer), *_asked(answer), *_confirmed(answer)] if answer else []
    if not answer or not found:
        return
    speaker = voice(record)
    if speaker is Voice.CHARACTER or naming.ASSIGNED.search(_users_words(record)):
        return
    if naming.GREETING.match(answer.request):
        # Whom a greeting calls by a name may play along: "Hello there, Obi-Wan."
        found = [one for one in found if one.attribute != "name" or not tokens(one.value) & tokens(answer.request)]
    if speaker is Voice.ANOTHER:
        # Whoever writes for another may still say first what it is itself.
        found = [one for one in found if one.span.start < _OPENING and NATURE.search(one.span.text.lower())]
    yield from _completed(found)


def _answer(record: Record) -> _Answer | None:
    """What can be read of a record; None where its response says nothing of the assistant."""
    text = record.response.text
    lowered = plain(text) if len(text) <= _LONG else ""
    words = frozenset(WORD.findall(lowered))
    request = plain(ends(record.request))
    short = bool(lowered) and len(text) <= _BRIEF and len(request) <= 2 * _EDGE
    brief = short and any(word in request for word in _ADDRESSED)
    if not brief and words.isdisjoint(naming.SELF_WORDS):
        return None
    masked = unquoted(lowered)
    cased = "".join(own if kept != " " else " " for own, kept in zip(straight(text), masked, strict=True))
    return _Answer(record.response, cased, masked, request, words)


def _spoken(answer: _Answer) -> Iterator[Identity]:
    """What a response says of the assistant whatever was asked."""
    for attribute, pattern in _patterns(answer):
        for match in pattern.finditer(answer.cased):
            value = match.group("value")
            if _is_proper(attribute, value) and (
                attribute != "name" or answer.about or NATURE.search(answer.sentence(match.start()).lower())
            ):
                yield answer.says(attribute, value, match.start(), match.end())
    if not answer.words.isdisjoint(naming.KIND_WORDS):
        for value, pattern in ((HUMAN, naming.HUMAN), (MACHINE, naming.MACHINE)):
            said = pattern.search(answer.masked)
            if said and (value == MACHINE or answer.about):
                yield answer.says("human or AI", value, said.start(), said.end())
    lack = naming.LACKS_NAME.search(answer.masked) if "name" in answer.masked else None
    if lack and answer.about:
        yield answer.says("name", NAMELESS, lack.start(), lack.end())
    if known := cutoff(answer.masked, answer.request):
        yield answer.says("knowledge cutoff", known.value, known.start, known.end)


def _patterns(answer: _Answer) -> Iterator[tuple[Attribute, regex.Pattern[str]]]:
    """The patterns that may be found in a response, by the words that they cannot do without."""
    if names_model(answer.masked):
        yield "base model", naming.based_on()
    making = not answer.words.isdisjoint(naming.MAKING_WORDS)
    if making or _has(answer, naming.ORIGINS):
        yield "maker", naming.MADE_BY
    if making and "me" in answer.words:
        yield "maker", naming.MADE_ME
    if _has(answer, naming.INTRODUCTIONS) and (not answer.words.isdisjoint(naming.KIND_WORDS) or answer.about):
        yield "name", naming.NAMES


def _has(answer: _Answer, phrases: tuple[str, ...]) -> bool:
    return any(phrase in answer.masked for phrase in phrases)


def _asked(answer: _Answer) -> Iterator[Identity]:
    """What a response says in few words, because it was asked: "Who made you?" "OpenAI."."""
    if not answer.about:
        return
    asked: dict[Attribute, Callable[[], regex.Pattern[str]]] = {
        "maker": lambda: naming.MADE_ASKED,
        "base model": naming.based_asked,
        "name": lambda: naming.NAMES_ASKED,
    }
    for attribute, pattern in asked.items():
        match = pattern().search(answer.cased, 0, _TOLD) if answer.asks(attribute) else None
        if match and _is_proper(attribute, match["value"]):
            yield answer.says(attribute, match["value"], match.start(), match.end())


def _confirmed(answer: _Answer) -> Iterator[Identity]:
    """Yes or no to "are you human?", or the one of two: "A bot."."""
    yes, no = YES.match(answer.masked), NO.match(answer.masked)
    chosen = naming.CHOSEN.match(answer.masked)
    asked = naming.SAID_TO_BE.search(answer.request) if yes or no or chosen else None
    if asked:
        human = bool(chosen.group("human")) if chosen else bool(asked.group("human")) == bool(yes)
        yield answer.says("human or AI", HUMAN if human else MACHINE, 0, max(1, len(answer.sentence(0))))


def _completed(found: list[Identity]) -> Iterator[Identity]:
    """Each attribute once; a product's maker added, what is a model's name not taken for the assistant's."""
    models = {one.value for one in found if one.attribute == "base model"}
    named = [one for one in found if one.attribute == "name" and one.value != NAMELESS]
    seen: set[str] = set()
    for one in found:
        own_name = one.attribute == "name" and one.value in models
        nameless = one.value == NAMELESS and bool(named)
        if one.attribute in seen or own_name or nameless:
            continue
        seen.add(one.attribute)
        yield one
    maker = maker_of(named[0].value) if named else ""
    if maker and "maker" not in seen:
        yield Identity("maker", maker, named[0].span, implied=True)
    if not models and named and is_model(named[0].value):
        yield Identity("base model", named[0].value, named[0].span, implied=True)


@lru_cache(maxsize=1024)
def _given(system: Field) -> tuple[Identity, ...]:
    """Who a system prompt says that the assistant is."""
    found: list[Identity] = []
    for attribute, pattern in naming.GIVEN.items() if system.text else ():
        match = pattern.search(system.text)
        if match and _is_proper(attribute, match["value"]):
            found.append(Identity(attribute, match["value"], Span(system, match.start(), match.end())))
    return tuple(found)


def _users_words(record: Record) -> str:
    turns = [turn.field.text for turn in record.context if turn.role == "user"]
    return plain("\n".join([*turns, record.request]))


def _is_proper(attribute: Attribute, value: str) -> bool:
    return value.split()[0].lower() not in naming.NOT_VALUES[attribute]
