"""What differs between two texts: numbers, names, code, negation, opposites, scope, order, other words."""

from __future__ import annotations

import bisect
import json
from collections import Counter
from dataclasses import dataclass, fields
from functools import cache
from math import log

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Indel

from contralint.models.lexicon import FORMATS, LANGUAGES, OPPOSITES, SCOPES, SYNONYMS
from contralint.models.onnx import shipped
from contralint.models.tokens import Token, tokens

# Words that give the next word its part in what is asked: "from Rome to Paris", "taller than Bob".
_ROLES = frozenset("from to into than before after by over per with without for against of in on".split())
# "What height" asks as "how tall" does, "which artist" as "who".
_ANY_QUESTION = frozenset(("what", "which"))
_UNKNOWN_RARITY = 12.0


@dataclass(frozen=True)
class Differences:
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

    def vector(self) -> NDArray[np.float64]:
        """All of them in order."""
        return np.array([getattr(self, name) for name in NAMES], dtype=np.float64)


NAMES = tuple(field.name for field in fields(Differences))


@cache
def _rarities() -> dict[str, float]:
    text = shipped("rarity.json").read_text(encoding="utf-8")
    return {word: float(rarity) for rarity, words in json.loads(text).items() for word in words.split()}


def rarity(token: Token) -> float:
    """How telling a token is: the logarithm of one over the share of texts that have its stem."""
    if token.kind in ("number", "code"):
        return 6.0
    return _rarities().get(token.key, _UNKNOWN_RARITY)


@dataclass(frozen=True)
class Alignment:
    """Which tokens of two texts have a partner.

    Attributes:
        left: Tokens of the left text without partner.
        right: Tokens of the right text without partner.
        shared: Pairs of positions among the telling tokens of each text.
        synonyms: How many partners are synonyms or misspellings of each other.
    """

    left: tuple[Token, ...]
    right: tuple[Token, ...]
    shared: tuple[tuple[int, int], ...]
    synonyms: int


def align(left: list[Token], right: list[Token]) -> Alignment:
    """Gives each token the first free partner of the same key, then of a near one."""
    free = dict(enumerate(right))
    partner: dict[int, int] = {}
    for matches in (_identical, _near):
        for position, token in enumerate(left):
            if position not in partner:
                found = next((place for place, other in free.items() if matches(token, other)), None)
                if found is not None:
                    partner[position] = found
                    del free[found]
    synonyms = sum(left[a].key != right[b].key for a, b in partner.items())
    alone = tuple(token for position, token in enumerate(left) if position not in partner)
    return Alignment(alone, tuple(free.values()), tuple(sorted(partner.items())), synonyms)


def _identical(left: Token, right: Token) -> bool:
    return left.key == right.key


def _near(left: Token, right: Token) -> bool:
    if "number" in (left.kind, right.kind) or "code" in (left.kind, right.kind):
        return False
    return (left.key, right.key) in SYNONYMS or _misspelt(left, right)


def _misspelt(left: Token, right: Token) -> bool:
    """One letter off in a long word, where not both are words that people use."""
    known = _rarities()
    if min(len(left.key), len(right.key)) < 5 or (left.key in known and right.key in known):
        return False
    return OSA.distance(left.key, right.key, score_cutoff=1) <= 1 and left.key[0] == right.key[0]


def differences(left: str, right: str) -> Differences:
    """Compares two texts token by token."""
    # Sorted, so that sums and first-come partners are the same whichever text comes first.
    ours, theirs = map(tokens, sorted((left, right)))
    told, other = (
        [token for token in each if token.kind in ("number", "name", "code", "word")] for each in (ours, theirs)
    )
    found = align(told, other)
    weights = sorted((_weight(found.left), _weight(found.right)))
    rarest = sorted(max((rarity(token) for token in each), default=0.0) for each in (found.left, found.right))
    shared = sum(rarity(told[a]) for a, _ in found.shared)
    distance = _distance(ours, theirs, {told[a].key: other[b].key for a, b in found.shared})
    return Differences(
        shared=shared,
        lesser=weights[0],
        greater=weights[1],
        rarest_lesser=rarest[0],
        rarest_greater=rarest[1],
        overlap=shared / max(shared + sum(weights) / 2, 1e-9),
        contained=shared / max(shared + weights[0], 1e-9),
        **_kinds(found),
        units=_units(told, other, found),
        negation=float(_keys(ours, "negation") != _keys(theirs, "negation")),
        opposites=float(_opposites(found)),
        question=_question(ours, theirs),
        language=float(_listed(found, LANGUAGES)),
        form=float(_listed(found, FORMATS)),
        scope=float(_listed(found, SCOPES)),
        order=_disorder([b for _, b in found.shared]),
        roles=float(_exchanged(_roles(ours), _roles(theirs)) if not weights[1] else 0),
        synonyms=float(found.synonyms),
        sequence=1 - distance / max(len(ours) + len(theirs), 1),
        length=abs(log((len(ours) + 1) / (len(theirs) + 1))),
        distance=distance,
        same=float(ours == theirs),
    )


def _weight(alone: tuple[Token, ...]) -> float:
    return sum(rarity(token) for token in alone)


def _kinds(found: Alignment) -> dict[str, float]:
    counts = {
        kind: sorted(sum(t.kind == kind for t in each) for each in (found.left, found.right))
        for kind in ("number", "name", "code")
    }
    return {
        "numbers": float(counts["number"][0]),
        "number_added": float(counts["number"][1] - counts["number"][0]),
        "names": float(counts["name"][0]),
        "name_added": float(counts["name"][1] - counts["name"][0]),
        "code": float(sum(counts["code"])),
    }


def _units(left: list[Token], right: list[Token], found: Alignment) -> float:
    ours = _followers(left, {place for place, _ in found.shared})
    theirs = _followers(right, {place for _, place in found.shared})
    return float(bool(ours) and bool(theirs) and ours.isdisjoint(theirs))


def _followers(text: list[Token], paired: set[int]) -> set[str]:
    """Keys of the tokens behind numbers without partner, "" at the end."""
    behind = [*(token.key for token in text[1:]), ""]
    return {behind[place] for place, token in enumerate(text) if token.kind == "number" and place not in paired}


def _distance(left: tuple[Token, ...], right: tuple[Token, ...], partners: dict[str, str]) -> float:
    return float(Indel.distance([partners.get(each.key, each.key) for each in left], [each.key for each in right]))


def _keys(text: tuple[Token, ...], kind: str) -> list[str]:
    return sorted(token.key for token in text if token.kind == kind)


def _opposites(found: Alignment) -> int:
    return sum((left.key, right.key) in OPPOSITES for left in found.left for right in found.right)


def _question(left: tuple[Token, ...], right: tuple[Token, ...]) -> float:
    ours, theirs = (
        Counter(key for key in _keys(each, "question") if key not in _ANY_QUESTION) for each in (left, right)
    )
    return ((ours - theirs).total() > 0) / 2 + ((theirs - ours).total() > 0) / 2


def _listed(found: Alignment, listed: frozenset[str]) -> int:
    return sum(token.key in listed for token in found.left + found.right)


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


def _roles(text: tuple[Token, ...]) -> set[tuple[str, str]]:
    """Each role word with the telling word after it."""
    found, role = set(), ""
    for token in text:
        if token.kind == "function":
            role = token.key if token.key in _ROLES else role
        elif role and token.kind != "question":
            found.add((role, token.key))
            role = ""
    return found
