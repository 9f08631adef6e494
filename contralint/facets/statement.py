"""Plain statements of a text, and which two of them cannot both hold: another figure or name, or a negation."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from contralint.facets.quantities import Quantity, quantities
from contralint.models.lexicon import OPPOSITES
from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.words import FUNCTION_WORDS, sentences, stem, words

_NEGATED = lazy_pattern(
    r"\b(?:not|never|cannot|no|none|nor|neither|without|unfortunately not|\p{L}+n['’]t)\b", IGNORECASE
)
# What puts a statement under a condition, weakens it, or says that it is not the speaker's, or not any more.
_BOUNDED = lazy_pattern(
    r"\b(?:if|unless|except|but|although|though|however|until|when|while|only|some|sometimes|may|might|could|would|should|maybe|perhaps|usually|often|rarely"
    r"|depend\w*|other(?:wise)?|instead|rather|now|no longer|any ?more|used to|previously|new|updated?|discount\w*|extra|plus|additional|each|per|total|both|than|compared"
    r"|said|says?|told|claims?|supposed?|imagine|either|or|also|too much|old|former|next|last|tomorrow|yesterday|today|weekends?|weekdays?|summer|winter|spring|autumn|holidays?|online"
    r"|members?|children|adults?|students?|seniors?|with|without|for|about|after|before|during|between|from|since|earlier|mistake\w*|sorry|apolog\w*|correct\w*|actually|wrong)\b",
    IGNORECASE,
)
_LEAD = lazy_pattern(
    r"^\W*(?:(?:yes|no|nope|sure|certainly|of course|unfortunately|great|lovely|ok|okay)\b[\s,.!:]*)+", IGNORECASE
)
_PRONOUN = lazy_pattern(r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|this|these|those)\b", IGNORECASE)
_ARTICLE = lazy_pattern(r"(?:the|our|your)\b", IGNORECASE)
_NAMING = lazy_pattern(
    r"(?P<subject>(?:The|the|Our|our|Your|your|My|my) [^,;.]{2,60}? (?:is|was|are)(?: called| named| on| by| in)?) (?P<name>\p{Lu}[\w'’-]+(?: \p{Lu}[\w'’-]+)*)[.!]?"
)
_PLACE = lazy_pattern(
    r"\b(?:in|on|to|at|inside|outside|near|into|onto|through|under|over|by|via|within|as) (?:(?:the|a|an|our|your|my|all|any|most|\p{L}+ly) )*(?P<word>\p{L}+)",
    IGNORECASE,
)
_SUBJECT = 2  # content words that two statements share where they are about the same
_READ, _LONG = 24, 300  # sentences of a text that are read, and characters of the longest
_FIGURE = lazy_pattern(r"[\p{N}$€£%°]")


@dataclass(frozen=True)
class Statement:
    """A sentence, and where it stands in its text."""

    text: str
    start: int
    end: int

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Its words in order: stems, "" for those that carry no meaning."""
        return tuple("" if word.casefold() in FUNCTION_WORDS else stem(word) for word in words(self.text))

    @cached_property
    def core(self) -> frozenset[str]:
        """Its telling words, figures and negations set aside."""
        kept = (token for token in self.tokens if token and not _FIGURE.search(token))
        return frozenset(token for token in kept if not _NEGATED.fullmatch(token))

    @cached_property
    def negated(self) -> bool:
        return len(_NEGATED.findall(self.text)) % 2 == 1

    def narrowed(self, shared: frozenset[str]) -> bool:
        """Whether a word of its own goes with a shared one, or tells where, when or for whom: another case."""
        own = self.core - shared
        pairs = itertools.pairwise(self.tokens)
        modified = any(one in own and other in shared for one, other in pairs)
        places = (match["word"] for match in _PLACE.finditer(self.text))
        placed = (stem(word) for word in places if not _NUMBER_WORD.fullmatch(word))
        return modified or any(word in own for word in placed)

    @cached_property
    def vague(self) -> bool:
        """Whether it says "it" or "they" of something that another sentence names."""
        return bool(_PRONOUN.search(self.text))

    @cached_property
    def naming(self) -> tuple[str, frozenset[str]] | None:
        """The subject that it gives a name, and the words of the name."""
        match = _NAMING.fullmatch(self.text.strip())
        return (match["subject"].casefold(), frozenset(words(match["name"].casefold()))) if match else None

    @cached_property
    def bounds(self) -> frozenset[str]:
        """Words that put it under a condition, or weaken it."""
        return frozenset(match.group().casefold() for match in _BOUNDED.finditer(self.text))

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        return quantities(self.text) if _FIGURE.search(self.text) or _NUMBER_WORD.search(self.text) else ()


_NUMBER_WORD = lazy_pattern(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|hundred|thousand)\b",
    IGNORECASE,
)


@lru_cache(maxsize=1024)
def statements(text: str) -> tuple[Statement, ...]:
    """The sentences of a text that state something."""
    return tuple(_statements(text))


def _statements(text: str) -> Iterator[Statement]:
    for start, end in sentences(text)[:_READ]:
        if lead := _LEAD.match(text, start, end):
            start = lead.end()
        sentence = text[start:end]
        if sentence and len(sentence) <= _LONG and not sentence.rstrip().endswith(("?", ":")):
            yield Statement(sentence, start, end)


def clash(earlier: Statement, later: Statement) -> str | None:
    """What cannot both hold in two statements of one speaker: "figures", "negation" or "name"; None where both may."""
    narrow, wide = sorted((earlier, later), key=lambda statement: len(statement.core))
    shared, lone = narrow.core & wide.core, narrow.core - wide.core
    if shared and _renamed(earlier, later):
        return "name"
    if not shared or len(lone) > 1 or not _of_one_thing(narrow, wide, shared):
        return None
    if lone:
        opposed = any((word, other) in OPPOSITES for word in lone for other in wide.core - shared)
        return "negation" if opposed and earlier.negated == later.negated else None
    if earlier.negated == later.negated:
        return "figures" if _other_figures(earlier, later) else None
    denial = earlier if earlier.negated else later
    return "negation" if not denial.figures and len(wide.core - shared) <= len(shared) else None


def _of_one_thing(narrow: Statement, wide: Statement, shared: frozenset[str]) -> bool:
    """Whether two sentences speak of the same thing under the same conditions, as far as their words tell."""
    if len(shared) < (1 if _named(narrow, wide) else _SUBJECT) or narrow.bounds != wide.bounds:
        return False
    return not any(one.vague or one.narrowed(shared) for one in (narrow, wide))


def _renamed(earlier: Statement, later: Statement) -> bool:
    """Whether one subject is given two names: "The meeting is on Monday", "The meeting is on Friday"."""
    ours, theirs = earlier.naming, later.naming
    return bool(ours and theirs and ours[0] == theirs[0] and not ours[1] & theirs[1])


def _named(first: Statement, second: Statement) -> bool:
    """Whether two sentences have one and the same subject with an article: "The meeting is on Monday"."""
    return first.core == second.core and all(_ARTICLE.match(one.text) for one in (first, second))


def _other_figures(earlier: Statement, later: Statement) -> bool:
    """Whether each states one figure of a dimension, and not the same; bare counts only in sentences that are alike."""
    dimensions = {one.dimension for one in earlier.figures}
    for dimension in sorted(dimensions if earlier.core == later.core else dimensions - {"count"}):
        ours = [one for one in earlier.figures if one.dimension == dimension]
        theirs = [one for one in later.figures if one.dimension == dimension]
        if len(ours) == len(theirs) == 1:
            return not ours[0].agrees(theirs[0])
    return False
