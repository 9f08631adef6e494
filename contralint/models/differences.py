"""What differs between two texts: numbers, names, code, negation, opposites, scope, order, other words."""

from __future__ import annotations

import bisect
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from math import log
from typing import NamedTuple

from rapidfuzz.distance import OSA, Indel

from contralint.models.lexicon import FORMATS, LANGUAGES, OPPOSITES, SCOPES, SYNONYMS
from contralint.models.onnx import shipped
from contralint.models.tokens import Kind, Token, tokens

# Words that give the next word its part in what is asked: "from Rome to Paris", "taller than Bob".
_ROLES = frozenset("from to into than before after by over per with without for against of in on".split())
# "What height" asks as "how tall" does, "which artist" as "who".
_ANY_QUESTION = frozenset(("what", "which"))
_UNKNOWN_RARITY = 12.0
_TELLING = frozenset(("number", "name", "code", "word"))
_LITERAL = frozenset(("number", "code"))
_COUNTED: tuple[Kind, ...] = ("number", "name", "code")
_SPELLABLE = 5  # letters of a word that may be misspelt


class Differences(NamedTuple):
    """What differs between two texts, as numbers that stay the same when the texts change places.

    Rarities are natural logarithms of one over the share of texts that have the word.

    Attributes:
        shared: Rarity of the words that both have.
        lesser: Rarity of the words without partner, on the side that has less of them.
        greater: The same on the other side.
        rarest_lesser: Rarity of the rarest word without partner, lesser side.
        rarest_greater: The same on the other side.
        overlap: Share of the rarity of all words that both have, 0 to 1.
        contained: Share of the poorer side's rarity that the other has too, 0 to 1.
        numbers: Numbers without partner on both sides.
        units: 1 where numbers without partner are followed by different words on the two sides: 0.2 kg, 200 grams.
        number_added: Numbers without partner on one side only.
        names: Names without partner on both sides.
        name_added: Names without partner on one side only.
        code: Pieces of code without partner.
        negation: 1 where one text is negated more often than the other.
        opposites: Pairs of words without partner that are opposites.
        question: 1 where both have telling question words of their own, 0.5 where only one side has.
        language: Languages named on one side only.
        form: Words of format and length on one side only.
        scope: Words of scope and time on one side only.
        order: Share of pairs of common words that stand the other way round.
        roles: Words that fill another part: from Rome to Paris, from Paris to Rome.
        synonyms: Words paired as synonyms or other spellings.
        sequence: Share of all tokens that both have in the same order, 0 to 1.
        length: Logarithm of the ratio of lengths.
        distance: Tokens to delete and insert to make one text the other.
        same: 1 where the two are the same after normalising.
    """

    shared: float
    lesser: float
    greater: float
    rarest_lesser: float
    rarest_greater: float
    overlap: float
    contained: float
    numbers: float
    units: float
    number_added: float
    names: float
    name_added: float
    code: float
    negation: float
    opposites: float
    question: float
    language: float
    form: float
    scope: float
    order: float
    roles: float
    synonyms: float
    sequence: float
    length: float
    distance: float
    same: float


NAMES = Differences._fields


def _by_first(pairs: Collection[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return {one: frozenset(others) for one, others in found.items()}


_SYNONYMS_OF, _OPPOSITES_OF = _by_first(SYNONYMS), _by_first(OPPOSITES)


@cache
def _rarities() -> dict[str, float]:
    text = shipped("rarity.json").read_text(encoding="utf-8")
    return {word: float(rarity) for rarity, words in json.loads(text).items() for word in words.split()}


@lru_cache(maxsize=65536)
def rarity(token: Token) -> float:
    """How telling a token is: the logarithm of one over the share of texts that have its stem."""
    if token.kind in ("number", "code"):
        return 6.0
    return _rarities().get(token.key, _UNKNOWN_RARITY)


@dataclass(frozen=True)
class _Text:
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
def _read(text: str) -> _Text:
    return _Text(tokens(text))


def _keys(text: Sequence[Token], kind: str) -> list[str]:
    return sorted(token.key for token in text if token.kind == kind)


@dataclass(frozen=True)
class _Alignment:
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


def _align(left: _Text, right: _Text) -> _Alignment:
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
    return _Alignment(alone, list(free.values()), sorted(partner.items()), synonyms)


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
    known = _rarities()
    return not (left in known and right in known) and OSA.distance(left, right, score_cutoff=1) <= 1


def differences(left: str, right: str) -> Differences:
    """Compares two texts token by token."""
    # Sorted, so that sums and first-come partners are the same whichever text comes first.
    ours, theirs = map(_read, sorted((left, right)))
    found = _align(ours, theirs)
    weights = sorted((_weight(found.left), _weight(found.right)))
    rarest = sorted(max(map(rarity, each), default=0.0) for each in (found.left, found.right))
    shared = sum(ours.rarities[place] for place, _ in found.shared)
    distance = _distance(ours, theirs, found)
    lengths = len(ours.tokens), len(theirs.tokens)
    alone = [token.key for token in (*found.left, *found.right)]
    return Differences(
        shared=shared,
        lesser=weights[0],
        greater=weights[1],
        rarest_lesser=rarest[0],
        rarest_greater=rarest[1],
        overlap=shared / max(shared + sum(weights) / 2, 1e-9),
        contained=shared / max(shared + weights[0], 1e-9),
        **_kinds(found),
        units=_units(ours, theirs, found),
        negation=float(ours.negations != theirs.negations),
        opposites=float(_opposites(found)),
        question=_question(ours.questions, theirs.questions),
        language=float(_listed(alone, LANGUAGES)),
        form=float(_listed(alone, FORMATS)),
        scope=float(_listed(alone, SCOPES)),
        order=_disorder([place for _, place in found.shared]),
        roles=float(_exchanged(ours.roles, theirs.roles) if not weights[1] else 0),
        synonyms=float(found.synonyms),
        sequence=1 - distance / max(sum(lengths), 1),
        length=abs(log((lengths[0] + 1) / (lengths[1] + 1))),
        distance=distance,
        same=float(ours.tokens == theirs.tokens),
    )


def _weight(alone: Sequence[Token]) -> float:
    return sum(map(rarity, alone))


def _kinds(found: _Alignment) -> dict[str, float]:
    ours, theirs = ([token.kind for token in each] for each in (found.left, found.right))
    counts = {kind: sorted((ours.count(kind), theirs.count(kind))) for kind in _COUNTED}
    return {
        "numbers": float(counts["number"][0]),
        "number_added": float(counts["number"][1] - counts["number"][0]),
        "names": float(counts["name"][0]),
        "name_added": float(counts["name"][1] - counts["name"][0]),
        "code": float(sum(counts["code"])),
    }


def _units(left: _Text, right: _Text, found: _Alignment) -> float:
    if not any(token.kind == "number" for token in found.left):
        return 0.0
    ours = _followers(left.telling, {place for place, _ in found.shared})
    theirs = _followers(right.telling, {place for _, place in found.shared})
    return float(bool(ours) and bool(theirs) and ours.isdisjoint(theirs))


def _followers(text: list[Token], paired: set[int]) -> set[str]:
    """Keys of the tokens behind numbers without partner, "" at the end."""
    behind = [*(token.key for token in text[1:]), ""]
    return {behind[place] for place, token in enumerate(text) if token.kind == "number" and place not in paired}


def _distance(left: _Text, right: _Text, found: _Alignment) -> float:
    """Tokens to delete and insert, where partners count as the same."""
    keys = left.keys
    if found.synonyms:
        partners = {left.telling[ours].key: right.telling[theirs].key for ours, theirs in found.shared}
        keys = [partners.get(key, key) for key in keys]
    return float(Indel.distance(keys, right.keys))


def _opposites(found: _Alignment) -> int:
    opposed = [_OPPOSITES_OF[token.key] for token in found.left if token.key in _OPPOSITES_OF]
    return sum(token.key in opposites for opposites in opposed for token in found.right)


def _question(left: Counter[str], right: Counter[str]) -> float:
    return (not left <= right) / 2 + (not right <= left) / 2


def _listed(keys: list[str], listed: frozenset[str]) -> int:
    return 0 if listed.isdisjoint(keys) else sum(key in listed for key in keys)


def _disorder(places: list[int]) -> float:
    pairs = len(places) * (len(places) - 1) / 2
    seen: list[int] = []
    inversions = 0
    for place in places:
        at = bisect.bisect_right(seen, place)
        inversions += len(seen) - at
        seen.insert(at, place)
    return inversions / pairs if pairs else 0.0


def _exchanged(left: set[tuple[str, str]], right: set[tuple[str, str]]) -> int:
    """Words that fill another part, where the parts are the same: another preposition alone exchanges nothing."""
    ours, theirs = left - right, right - left
    same_parts = sorted(role for role, _ in ours) == sorted(role for role, _ in theirs)
    return len(ours) + len(theirs) if same_parts else 0
