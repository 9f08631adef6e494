"""What differs between two texts: numbers, names, code, negation, opposites, scope, order, other words."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from rapidfuzz.distance import Indel

from contralint.models.alignment import Alignment, Text, align, by_first, rarity, read
from contralint.models.lexicon import FORMATS, LANGUAGES, OPPOSITES, SCOPES
from contralint.models.tokens import Kind, Token

_COUNTED: tuple[Kind, ...] = ("number", "name", "code")
_OPPOSITES_OF = by_first(OPPOSITES)


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


def differences(left: str, right: str) -> Differences:
    """Compares two texts token by token."""
    # Sorted, so that sums and first-come partners are the same whichever text comes first.
    ours, theirs = map(read, sorted((left, right)))
    found = align(ours, theirs)
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


def _kinds(found: Alignment) -> dict[str, float]:
    ours, theirs = ([token.kind for token in each] for each in (found.left, found.right))
    counts = {kind: sorted((ours.count(kind), theirs.count(kind))) for kind in _COUNTED}
    return {
        "numbers": float(counts["number"][0]),
        "number_added": float(counts["number"][1] - counts["number"][0]),
        "names": float(counts["name"][0]),
        "name_added": float(counts["name"][1] - counts["name"][0]),
        "code": float(sum(counts["code"])),
    }


def _units(left: Text, right: Text, found: Alignment) -> float:
    if not any(token.kind == "number" for token in found.left):
        return 0.0
    ours = _followers(left.telling, {place for place, _ in found.shared})
    theirs = _followers(right.telling, {place for _, place in found.shared})
    return float(bool(ours) and bool(theirs) and ours.isdisjoint(theirs))


def _followers(text: list[Token], paired: set[int]) -> set[str]:
    """Keys of the tokens behind numbers without partner, "" at the end."""
    behind = [*(token.key for token in text[1:]), ""]
    return {behind[place] for place, token in enumerate(text) if token.kind == "number" and place not in paired}


def _distance(left: Text, right: Text, found: Alignment) -> float:
    """Tokens to delete and insert, where partners count as the same."""
    keys = left.keys
    if found.synonyms:
        partners = {left.telling[ours].key: right.telling[theirs].key for ours, theirs in found.shared}
        keys = [partners.get(key, key) for key in keys]
    return float(Indel.distance(keys, right.keys))


def _opposites(found: Alignment) -> int:
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
