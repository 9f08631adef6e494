"""Claims about the assistant itself that cannot both be taught: `kind: claim`.

The two records that clash share no request, so claims are indexed apart: by capability, or by attribute of identity.
Every record is linked to one partner on the other side, never to all: findings grow with records, not with pairs.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from contralint.errors import UsageError
from contralint.facets.claims import Claim
from contralint.facets.identity import Identity, differ, explained
from contralint.facets.lexicon import lexicon
from contralint.facets.means import forbidden, granted
from contralint.facets.naming import Attribute
from contralint.kinds.dataset import Dataset
from contralint.kinds.finding import Finding, Stand
from contralint.kinds.pairing import content_hash
from contralint.records import Record
from contralint.rulebook import Rule
from contralint.suppression import held_first

Key = tuple[str, int, int]
_IDENTITY_CONFIDENCE = 0.9


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule of this kind may set.

    Attributes:
        capabilities: Capabilities whose denial counts, by name.
        topic: Name of the conflict, where all those capabilities are one; else each is its own.
        attributes: Attributes of identity that count.
    """

    capabilities: list[str] = []
    topic: str = ""
    attributes: list[Attribute] = []


@dataclass(frozen=True)
class _Ability:
    """A claim of one record, and what in the record explains it."""

    record: Record
    claim: Claim
    means: bool
    forbidden: bool

    @property
    def condition(self) -> Hashable:
        return (self.means, self.forbidden, bool(self.record.system.text))


@dataclass(frozen=True)
class _Self:
    """What one record says the assistant is.

    Attributes:
        before: What it says in attributes that are compared earlier.
    """

    record: Record
    identity: Identity
    explained: bool
    before: Mapping[Attribute, Identity]

    @property
    def condition(self) -> Hashable:
        earlier = tuple((attribute, one.value, one.implied) for attribute, one in self.before.items())
        return (self.identity.value, self.identity.implied, self.explained, earlier)


Teaching = TypeVar("Teaching", _Ability, _Self)
Said = TypeVar("Said", Claim, Identity)


def find(rules: Sequence[Rule], dataset: Dataset) -> Iterator[Finding]:
    """Findings of the rules over all records of a scan.

    Raises:
        UsageError: The rule's parameters are wrong.
    """
    claims = sorted(dataset.claims, key=_by_content)
    identities = sorted(dataset.identities, key=_by_content)
    for rule in rules:
        parameters = _parameters(rule)
        yield from _capability_flips(rule, parameters, _held_first(rule, claims))
        yield from _identity_flips(rule, parameters, _held_first(rule, identities))


def _held_first(rule: Rule, said: Sequence[tuple[Record, Said]]) -> list[tuple[Record, Said]]:
    """What is said, in an order in which no record is linked only to one that is not held to the rule."""
    return held_first(rule, said, lambda one: one[0])


def _by_content(said: tuple[Record, Claim | Identity]) -> tuple[float, str]:
    """Orders what is said, the surest first: who is linked to whom must not hang on where rows stand."""
    record, what = said
    return -what.confidence if isinstance(what, Claim) else 0.0, content_hash(record)


def _parameters(rule: Rule) -> Parameters:
    try:
        parameters = msgspec.convert(rule.parameters, Parameters)
    except msgspec.ValidationError as error:
        raise UsageError(f"{rule.id}: parameters: {error}") from None
    for name in parameters.capabilities:
        if name not in lexicon().capabilities:
            raise UsageError(f"{rule.id}: parameters: unknown capability '{name}'")
    return parameters


def _capability_flips(rule: Rule, parameters: Parameters, said: Iterable[tuple[Record, Claim]]) -> Iterator[Finding]:
    denying: dict[str, list[tuple[Record, Claim]]] = defaultdict(list)
    exercising: dict[str, list[tuple[Record, Claim]]] = defaultdict(list)
    for record, claim in said:
        (denying if claim.stance == "denies" else exercising)[claim.capability].append((record, claim))
    for denied in parameters.capabilities:
        for exercised in (denied, *lexicon().capabilities[denied].denies):
            deniers = [_ability(record, claim, denied, exercised) for record, claim in denying[denied]]
            users = [_ability(record, claim, denied, exercised) for record, claim in exercising[exercised]]
            yield from _flips(rule, parameters.topic or lexicon().capabilities[denied].label, deniers, users)


def _ability(record: Record, claim: Claim, denied: str, exercised: str) -> _Ability:
    refused = forbidden(record, denied) or forbidden(record, exercised)
    return _Ability(record, claim, granted(record, exercised), refused)


def _flips(rule: Rule, topic: str, deniers: list[_Ability], users: list[_Ability]) -> Iterator[Finding]:
    # A record that says both has said how they go together.
    both = {_row(one.record) for one in deniers} & {_row(one.record) for one in users}
    deniers = [one for one in deniers if _row(one.record) not in both]
    users = [one for one in users if _row(one.record) not in both]
    for one, other in _links(deniers, users, _abilities_clash):
        yield Finding(
            rule,
            (_ability_stand(one, "deny"), _ability_stand(other, "exercise")),
            rule.message.format(subject=topic),
            min(one.claim.confidence, other.claim.confidence),
            topic=topic,
        )


def _abilities_clash(denier: _Ability, user: _Ability) -> bool:
    """Whether neither a tool nor a system prompt tells the two records apart."""
    if user.means and not denier.means:
        return False
    return not denier.forbidden or user.forbidden or not user.record.system.text


def _ability_stand(ability: _Ability, plural: str) -> Stand:
    label = lexicon().capabilities[ability.claim.capability].label
    stance = ability.claim.stance
    return Stand(ability.record, ability.claim.span, stance, f"{stance}: {label}", plural)


def _identity_flips(rule: Rule, parameters: Parameters, said: Iterable[tuple[Record, Identity]]) -> Iterator[Finding]:
    of_each: dict[Key, tuple[Record, dict[Attribute, Identity]]] = {}
    for record, identity in said:
        of_each.setdefault(record.key, (record, {}))[1][identity.attribute] = identity
    for number, attribute in enumerate(parameters.attributes):
        message = rule.message.format(subject=attribute)
        selves = [
            _Self(record, own[attribute], explained(record, own[attribute]), _only(own, parameters.attributes[:number]))
            for record, own in of_each.values()
            if attribute in own
        ]
        for one, other in _self_links(selves):
            stands = sorted((one, other), key=lambda teaching: teaching.record.key)
            yield Finding(rule, tuple(map(_self_stand, stands)), message, _IDENTITY_CONFIDENCE, topic=attribute)


def _only(own: Mapping[Attribute, Identity], attributes: Sequence[Attribute]) -> dict[Attribute, Identity]:
    return {attribute: own[attribute] for attribute in attributes if attribute in own}


def _self_links(said: Sequence[_Self]) -> Iterator[tuple[_Self, _Self]]:
    """Pairs that clash: what no system prompt explains, and what one and the same system prompt cannot explain."""
    unexplained = [one for one in said if not one.explained]
    yield from _links(unexplained, unexplained, _selves_clash)
    by_system: dict[str, list[_Self]] = defaultdict(list)
    for one in said:
        by_system[one.record.system.text].append(one)
    for group in by_system.values():
        given = [one for one in group if one.explained]
        yield from _links(given, group, _selves_clash)


def _selves_clash(one: _Self, other: _Self) -> bool:
    """Whether two records differ in an attribute, and in none before it: two assistants are told apart once."""
    if _row(one.record) == _row(other.record):
        return False
    shared = one.before.keys() & other.before.keys()
    return differ(one.identity, other.identity) and not any(
        differ(one.before[attribute], other.before[attribute]) for attribute in shared
    )


def _self_stand(said: _Self) -> Stand:
    attribute, value = said.identity.attribute, said.identity.value
    verb = _SAYS[attribute]
    return Stand(said.record, said.identity.span, value.lower(), f"says {verb} {value}", f"say {verb} {value}")


_SAYS = {
    "name": "its name is",
    "maker": "it was made by",
    "base model": "its model is",
    "human or AI": "it is",
    "knowledge cutoff": "its knowledge ends in",
}


def _links(
    first: Sequence[Teaching], second: Sequence[Teaching], clash: Callable[[Teaching, Teaching], bool]
) -> Iterator[tuple[Teaching, Teaching]]:
    """Pairs that clash: every record of a side with one of the other."""
    anchors, opposite = _anchors(first), _anchors(second)
    seen: set[tuple[Key, ...]] = set()
    # What clashes through its condition is linked whatever stands first: groups must not depend on the order of rows.
    for pair in itertools.product(anchors, opposite):
        yield from _once(seen, pair if clash(*pair) else None)
    for one in first:
        matching = ((one, other) for other in opposite if clash(one, other))
        yield from _once(seen, next(matching, None))
    for other in second:
        matching = ((one, other) for one in anchors if clash(one, other))
        yield from _once(seen, next(matching, None))


def _anchors(side: Sequence[Teaching]) -> list[Teaching]:
    """The first record under each condition: whatever clashes with one under it clashes with this one."""
    first: dict[Hashable, Teaching] = {}
    for teaching in side:
        first.setdefault(teaching.condition, teaching)
    return list(first.values())


def _once(seen: set[tuple[Key, ...]], pair: tuple[Teaching, Teaching] | None) -> Iterator[tuple[Teaching, Teaching]]:
    if pair and (key := tuple(sorted((pair[0].record.key, pair[1].record.key)))) not in seen:
        seen.add(key)
        yield pair


def _row(record: Record) -> tuple[str, int]:
    return (record.origin.path, record.origin.index)
