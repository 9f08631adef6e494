"""The kind `split`: what the training split teaches, the evaluation split counts as wrong."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence

import msgspec

from contralint.errors import UsageError
from contralint.kinds import pair, preference
from contralint.kinds.candidate import Candidate
from contralint.kinds.dataset import Dataset
from contralint.kinds.finding import Finding, Stand, most_specific
from contralint.kinds.pairing import comparable
from contralint.kinds.preferring import crossings
from contralint.rulebook import Rule
from contralint.spelling import did_you_mean

_BATCH = 4096  # candidate pairs compared at a time


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule of this kind may set.

    Attributes:
        contradicts: IDs of rules of the kinds `pair` and `preference`: two records contradict each other where one of
            these would hold.
    """

    contradicts: list[str]


def find(rules: Sequence[Rule], dataset: Dataset) -> Iterator[Finding]:
    """Findings of the rules between records of the two splits.

    Raises:
        UsageError: A rule's parameters are wrong.
    """
    if not dataset.evaluation:
        return
    across = (candidate for candidate in dataset.pairing_across.pairs() if _is_across(candidate))
    dataset.progress.stage("comparing splits", None)
    while batch := list(itertools.islice(across, _BATCH)):
        for rule in rules:
            yield from find_among(rule, batch, dataset)
        dataset.progress.advance(len(batch))


def find_among(rule: Rule, candidates: Sequence[Candidate], dataset: Dataset) -> Iterator[Finding]:
    """Applies a rule of this kind to some pairs of a training and an evaluation record that ask the same.

    Raises:
        UsageError: The rule's parameters are wrong.
    """
    found = most_specific(_contradictions(_borrowed(rule, dataset), candidates, dataset))
    surest: dict[tuple[object, ...], Finding] = {}
    for finding in sorted(found, key=lambda finding: (-finding.confidence, finding.rule.id)):
        surest.setdefault(tuple(stand.record.key for stand in finding.stands), finding)
    for finding in surest.values():
        if finding.confidence >= rule.min_confidence:
            training_first = sorted(map(_stand, finding.stands), key=_evaluates)
            message = f"{rule.message}: {finding.message}"
            yield dataclasses.replace(finding, rule=rule, stands=tuple(training_first), message=message)


def _contradictions(rules: Sequence[Rule], candidates: Sequence[Candidate], dataset: Dataset) -> Iterator[Finding]:
    taught = [one for one in candidates if one.first.record.teaches and one.second.record.teaches and comparable(one)]
    yield from pair.find_among([rule for rule in rules if rule.kind == "pair"], taught, dataset.aids)
    crossed = list(crossings(candidates))
    for rule in rules:
        if rule.kind == "preference":
            yield from preference.find_among(rule, crossed)


def _is_across(candidate: Candidate) -> bool:
    return candidate.first.record.origin.split != candidate.second.record.origin.split


def _borrowed(rule: Rule, dataset: Dataset) -> list[Rule]:
    try:
        names = msgspec.convert(rule.parameters, Parameters).contradicts
    except msgspec.ValidationError as error:
        raise UsageError(f"{rule.id}: parameters: {error}") from None
    known = {key: other for key, other in dataset.rulebook.items() if other.kind in ("pair", "preference")}
    for name in names:
        if name not in known:
            raise UsageError(f"{rule.id}: parameters: no rule '{name}' about two answers{did_you_mean(name, known)}")
    return [known[name] for name in names]


def _stand(stand: Stand) -> Stand:
    one, several = ("expects", "expect") if _evaluates(stand) else ("trains", "train")
    return dataclasses.replace(stand, side=f"{one} {stand.side}", label=f"{one}: {stand.label}", plural=several)


def _evaluates(stand: Stand) -> bool:
    return stand.record.origin.split == "evaluation"
