"""How surely two requests are of one kind, whatever they are about."""

from __future__ import annotations

from contralint.facets.errands import DONE
from contralint.kinds.behaviours.case import Case
from contralint.kinds.kindred import Near
from contralint.models.lexicon import SYNONYMS

_CERTAIN = 0.95  # kinship where the act alone, or the act and the sort of text, says it all
_FIT = 0.6  # weight of how well both requests fit the tool's own description
_FITS = 0.22  # fit from which two requests without a common word are of the tool's kind
_UNFIT = 0.1  # what is taken off where they do not
_DEED = 0.3  # what the same verb adds, where a deed is asked for
_NEAR = 0.66  # similarity from which wording alone says it
# What kinship is worth where one request alone speaks of the present, asks for a person, or is about the user's own.
_OTHER = 0.8
# Material that makes a request one about this very case.
_CONCRETE = frozenset(("series", "link", "address", "quote", "block"))


def kinship(one: Case, other: Case, near: Near) -> float:
    """From 0 to 1: the same act, the same thing to make, the same sort of question about present or past."""
    ours, theirs = one.asking, other.asking
    if ours.act != theirs.act or ours.general != theirs.general or {ours.time, theirs.time} == {"live", "past"}:
        return 0.0
    if ours.size != theirs.size or ours.also != theirs.also:
        return 0.0
    if ours.telling:
        return _CERTAIN
    if ours.act == "compose":
        return _CERTAIN if ours.head and ours.head == theirs.head else 0.0
    return _by_wording(one, other, near)


def _by_wording(one: Case, other: Case, near: Near) -> float:
    if bool(one.asking.slots & _CONCRETE) != bool(other.asking.slots & _CONCRETE) and not (
        one.asking.slots and other.asking.slots
    ):
        return 0.0
    if not (_common(one, other) or near.fit >= _FITS or near.similarity >= _NEAR):
        return 0.0
    likeness = near.similarity + (_FIT * near.fit if near.fit >= _FITS else -_UNFIT)
    if one.asking.act.startswith(DONE):
        likeness += _DEED
    timely = one.asking.time == other.asking.time or near.fit >= _FITS
    for differs in (not timely, _asks_who(one) != _asks_who(other), one.asking.own != other.asking.own):
        likeness *= _OTHER if differs else 1.0
    return min(1.0, max(0.0, likeness))


def _common(one: Case, other: Case) -> bool:
    """Whether two requests share a word that carries meaning, or a synonym."""
    ours, theirs = one.asking.topic, other.asking.topic
    return bool(ours & theirs) or any((word, twin) in SYNONYMS for word in ours for twin in theirs)


def _asks_who(case: Case) -> bool:
    return case.ask.lower().startswith("who")
