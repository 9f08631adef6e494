"""Which words of two texts are partners: the same, synonyms, or one misspelt."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from rapidfuzz.distance import OSA

from contralint.models.lexicon import SYNONYMS
from contralint.models.released import shipped
from contralint.models.tokens import Token, tokens

# Words that give the next word its part in what is asked: "from Rome to Paris", "taller than Bob".
_ROLES = frozenset("from to into than before after by over per with without for against of in on".split())
# "What height" asks as "how tall" does, "which artist" as "who".
_ANY_QUESTION = frozenset(("what", "which"))
_UNKNOWN_RARITY = 12.0
_TELLING = frozenset(("number", "name", "code", "word"))
_LITERAL = frozenset(("number", "code"))
_SPELLABLE = 5  # letters of a word that may be misspelt


def by_first(pairs: Collection[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """For the first of some pairs, all that stand second."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return {one: frozenset(others) for one, others in found.items()}


_SYNONYMS_OF = by_first(SYNONYMS)


@cache
def rarities() -> dict[str, float]:
    """How rare stems are, as `rarity` has it.

    Raises:
        UsageError: The list that ships is missing or damaged.
    """
    text = shipped("rarity.json").read_text(encoding="utf-8")
    return {word: float(rarity) for rarity, words in json.loads(text).items() for word in words.split()}


@lru_cache(maxsize=65536)
def rarity(token: Token) -> float:
    """How telling a token is: the logarithm of one over the share of texts that have its stem."""
    if token.kind in ("number", "code"):
        return 6.0
    return rarities().get(token.key, _UNKNOWN_RARITY)


@dataclass(frozen=True)
class Text:
    """A text as others are compared with it: read once, however many they are."""

    tokens: tuple[Token, ...]

    @cached_property
    def keys(self) -> list[str]:
        return [token.key for token in self.tokens]

    @cached_property
    def telling(self) -> list[Token]:
        return [token for token in self.tokens if token.kind in _TELLING]

    @cached_property
    def rarities(self) -> list[float]:
        return [rarity(token) for token in self.telling]

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Where each key stands among the telling tokens."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(self.telling):
            found[token.key].append(place)
        return found

    @cached_property
    def negations(self) -> list[str]:
        return _keys(self.tokens, "negation")

    @cached_property
    def questions(self) -> Counter[str]:
        return Counter(key for key in _keys(self.tokens, "question") if key not in _ANY_QUESTION)

    @cached_property
    def roles(self) -> set[tuple[str, str]]:
        """Each role word with the telling word after it."""
        found, role = set(), ""
        for token in self.tokens:
            if token.kind == "function":
                role = token.key if token.key in _ROLES else role
            elif role and token.kind != "question":
                found.add((role, token.key))
                role = ""
        return found


@lru_cache(maxsize=16384)
def read(text: str) -> Text:
    """A text, taken apart."""
    return Text(tokens(text))


def _keys(text: Sequence[Token], kind: str) -> list[str]:
    return sorted(token.key for token in text if token.kind == kind)


@dataclass(frozen=True)
class Alignment:
    """Which telling tokens of two texts have a partner.

    Attributes:
        left: Tokens of the left text without partner.
        right: Tokens of the right text without partner.
        shared: Pairs of positions among the telling tokens of each text.
        synonyms: How many partners are synonyms or misspellings of each other.
    """

    left: list[Token]
    right: list[Token]
    shared: list[tuple[int, int]]
    synonyms: int


def align(left: Text, right: Text) -> Alignment:
    """Gives each token the first free partner of the same key, then of a near one."""
    partner: dict[int, int] = {}
    for key, places in left.places.items():
        if key in right.places:
            partner.update(zip(places, right.places[key], strict=False))
    taken = set(partner.values())
    free = {place: token for place, token in enumerate(right.telling) if place not in taken}
    alone: list[Token] = []
    synonyms = 0
    for place, token in enumerate(left.telling):
        if place in partner:
            continue
        near = _nearest(token, free)
        if near is None:
            alone.append(token)
            continue
        partner[place] = near
        synonyms += 1
        del free[near]
    return Alignment(alone, list(free.values()), sorted(partner.items()), synonyms)


def _nearest(token: Token, free: Mapping[int, Token]) -> int | None:
    """Place of the first token that is a synonym of one, or the same word in another spelling."""
    key, synonyms = token.key, _SYNONYMS_OF.get(token.key, frozenset())
    if token.kind in _LITERAL or (not synonyms and len(key) < _SPELLABLE):
        return None
    # The first letter is asked for here: most words fail there, and a call takes longer than the question.
    return next(
        (
            place
            for place, other in free.items()
            if (other.key in synonyms or (other.key[:1] == key[:1] and _misspelt(key, other.key)))
            and other.kind not in _LITERAL
        ),
        None,
    )


def _misspelt(left: str, right: str) -> bool:
    """One letter off in a long word, where not both are words that people use."""
    if len(left) < _SPELLABLE or len(right) < _SPELLABLE:
        return False
    known = rarities()
    return not (left in known and right in known) and OSA.distance(left, right, score_cutoff=1) <= 1
