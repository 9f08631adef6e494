"""The kind `habit`: requests of one kind are met differently.

Two clear cases clash; where requests are only loosely of one kind, most of them must do otherwise than the one that
breaks their habit. Every record is linked to its nearest opponent, never to all: findings grow with records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec

from contralint.diagnostics import Evidence
from contralint.errors import UsageError
from contralint.kinds.behaviours import BEHAVIOURS
from contralint.kinds.behaviours.case import Behaviour, Case, Opposition
from contralint.kinds.dataset import Dataset
from contralint.kinds.finding import Finding
from contralint.kinds.kindred import Near
from contralint.kinds.pairing import RecordKey
from contralint.kinds.tie import Tie
from contralint.models.suite import Models
from contralint.records import Record
from contralint.rule import Probability
from contralint.rulebook import Rule
from contralint.spelling import did_you_mean
from contralint.suppression import held

_WITNESSES = 20  # records that show the habit which another breaks


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule of this kind may set.

    Attributes:
        behaviours: What is compared.
        same_kind: Kinship from which two records are enough to clash.
        loose_kind: Kinship from which a record clashes with the habit of several.
        habit: How many make a habit, for each one that breaks it.
    """

    behaviours: list[str]
    same_kind: Probability = 0.6
    loose_kind: Probability = 0.45
    habit: int = 3


@dataclass(frozen=True)
class _Tie:
    """A case of the same kind as another: its kinship, and how it opposes the other, if it does."""

    case: Case
    near: Near
    kinship: float
    opposition: Opposition | None


Ties = dict[RecordKey, dict[RecordKey, _Tie]]


def find(rules: Sequence[Rule], dataset: Dataset) -> Iterator[Finding]:
    """Findings of the rules over all records of a scan.

    Raises:
        UsageError: A rule's parameters are wrong, or it names an unknown behaviour.
    """
    for rule in rules:
        parameters = _parameters(rule)
        for behaviour in map(BEHAVIOURS.__getitem__, parameters.behaviours):
            cases = _cases(behaviour, dataset)
            ties = _ties(behaviour, cases, dataset, parameters)
            among = [case for case in cases if held(case.record, rule)]
            if len(among) < len(cases):
                yield from (finding for finding in _findings(rule, parameters, cases, ties) if finding.ignoring)
                ties = _held_ties(rule, ties)
            yield from _findings(rule, parameters, among, ties)


def ties(rule: Rule, record: Record) -> Iterator[Tie]:
    """What links a record to those that may break its habit, or keep it."""
    if record.teaches:
        for name in rule.parameters["behaviours"]:
            yield from BEHAVIOURS[name].ties(record)


def _records(dataset: Dataset) -> Iterator[Record]:
    for record, *_ in dataset.copies.values():
        if record.teaches and record.origin.split == "training":
            yield record


def _cases(behaviour: Behaviour[Any], dataset: Dataset) -> list[Case]:
    if not behaviour.apart:
        return behaviour.cases(_records(dataset))
    found = dataset.spread.each(partial(_cases_of, behaviour), list(_records(dataset)))
    return [case for _, cases in found for case in cases]


def _cases_of(behaviour: Behaviour[Any], _: Models, records: Sequence[Record]) -> list[list[Case]]:
    return [behaviour.cases([record]) for record in records]


def _parameters(rule: Rule) -> Parameters:
    try:
        parameters = msgspec.convert(rule.parameters, Parameters)
    except msgspec.ValidationError as error:
        raise UsageError(f"{rule.id}: parameters: {error}") from None
    for name in parameters.behaviours:
        if name not in BEHAVIOURS:
            raise UsageError(f"{rule.id}: parameters: unknown behaviour '{name}'{did_you_mean(name, BEHAVIOURS)}")
    return parameters


def _ties(behaviour: Behaviour[Any], cases: Sequence[Case], dataset: Dataset, parameters: Parameters) -> Ties:
    ties: Ties = defaultdict(dict)
    for one, other, near in behaviour.pairs(cases, dataset):
        kinship = behaviour.kinship(one, other, near)
        if kinship < min(parameters.same_kind, parameters.loose_kind):
            continue
        opposition = behaviour.opposition(one, other, near)
        ties[one.record.key].setdefault(other.record.key, _Tie(other, near, kinship, opposition))
        ties[other.record.key].setdefault(one.record.key, _Tie(one, near, kinship, opposition))
    return ties


def _held_ties(rule: Rule, ties: Ties) -> Ties:
    """The ties to cases whose records are held to a rule."""
    return defaultdict(
        dict,
        {one: {other: tie for other, tie in tied.items() if held(tie.case.record, rule)} for one, tied in ties.items()},
    )


def _findings(rule: Rule, parameters: Parameters, cases: Sequence[Case], ties: Ties) -> Iterator[Finding]:
    seen: set[tuple[RecordKey, ...]] = set()
    for case in cases:
        for tie in _opponents(case, list(ties[case.record.key].values()), parameters):
            one, other = sorted((case, tie.case), key=lambda taken: taken.record.key)
            key = (one.record.key, other.record.key)
            finding = _finding(rule, one, other, tie)
            if key not in seen and finding.confidence >= rule.min_confidence:
                seen.add(key)
                yield finding


def _opponents(case: Case, ties: Sequence[_Tie], parameters: Parameters) -> list[_Tie]:
    """The nearest opponent, if it is near enough; where the case breaks a habit, those who have it."""
    opposed = sorted((tie for tie in ties if tie.opposition), key=_order)
    near = [tie for tie in opposed if tie.kinship >= parameters.same_kind]
    if near:
        return near[:1]
    alike = 1 + sum(tie.case.side == case.side for tie in ties)
    return opposed[:_WITNESSES] if len(opposed) >= parameters.habit * alike else []


def _order(tie: _Tie) -> tuple[float, float, str]:
    confidence = tie.opposition.confidence if tie.opposition else 0.0
    return -confidence * tie.case.certainty, -tie.kinship, tie.case.digest


def _finding(rule: Rule, one: Case, other: Case, tie: _Tie) -> Finding:
    assert tie.opposition is not None
    return Finding(
        rule=rule,
        stands=(one.stand, other.stand),
        message=rule.message,
        confidence=tie.opposition.confidence * one.certainty * other.certainty,
        evidence=(Evidence("similarity", tie.near.similarity), Evidence(tie.opposition.measure, tie.kinship)),
        topic=tie.opposition.topic,
    )
