"""The kind `pair`: two records ask the same, and what they do about it clashes.

A rule with `tasks: true` also compares records that are given one task over different material.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from contralint.diagnostics import Evidence
from contralint.errors import UsageError
from contralint.kinds.candidate import Candidate, Clash, Position
from contralint.kinds.comparisons import COMPARISONS, SIDES, Aids, Side
from contralint.kinds.dataset import Dataset
from contralint.kinds.finding import Finding, Stand
from contralint.kinds.tasks import over_tasks
from contralint.kinds.tasks import ties as task_ties
from contralint.kinds.tie import Tie
from contralint.models.suite import Models
from contralint.records import Record, Span
from contralint.rulebook import Rule
from contralint.spelling import did_you_mean
from contralint.suppression import held_first

_BATCH = 4096  # candidate pairs compared at a time


def find(rules: Sequence[Rule], dataset: Dataset) -> Iterator[Finding]:
    """Applies rules of this kind to all pairs of records that ask the same.

    Raises:
        UsageError: A rule names an unknown comparison, or one that cannot be made over tasks.
    """
    dataset.progress.stage("comparing answers", None)
    yield from _find(rules, dataset.pairing.candidates(), dataset)
    for rule in rules:
        if rule.parameters.get("tasks"):
            distinct = sorted((same[0] for same in dataset.copies.values()), key=lambda record: record.key)
            held = held_first(rule, distinct, lambda record: record)
            yield from _find([rule], over_tasks(held, _side(rule), dataset.spread), dataset)


def ties(rule: Rule, record: Record) -> Iterator[Tie]:
    """What links a record to those that are given its task, where the rule compares these."""
    if rule.parameters.get("tasks"):
        yield from task_ties(record, _side(rule))


def _find(rules: Sequence[Rule], candidates: Iterator[Candidate], dataset: Dataset) -> Iterator[Finding]:
    compare = partial(_clashes, rules, dataset.aids.label_sets)
    for done, (candidate, clashes) in enumerate(dataset.spread.each(compare, candidates, _BATCH), 1):
        for rule, clash in zip(rules, clashes, strict=True):
            if clash:
                yield _finding(rule, candidate, clash)
        if done % _BATCH == 0:
            dataset.progress.advance(_BATCH)


def _clashes(
    rules: Sequence[Rule], label_sets: Mapping[str, frozenset[str]], models: Models, candidates: Sequence[Candidate]
) -> list[tuple[Clash | None, ...]]:
    """What each rule finds in each pair."""
    aids = Aids(models, label_sets)
    return list(zip(*(_compare(rule, candidates, aids) for rule in rules), strict=True))


def _side(rule: Rule) -> Side:
    name = str(rule.parameters.get("compare"))
    if name not in SIDES:
        raise UsageError(f"rule {rule.id}: the comparison '{name}' does not hold over tasks (`tasks: true`)")
    return SIDES[name]


def find_among(rules: Sequence[Rule], candidates: Sequence[Candidate], aids: Aids) -> Iterator[Finding]:
    """Applies rules of this kind to some pairs.

    Raises:
        UsageError: A rule names an unknown comparison.
    """
    for rule in rules:
        for candidate, clash in zip(candidates, _compare(rule, candidates, aids), strict=True):
            if clash:
                yield _finding(rule, candidate, clash)


def _compare(rule: Rule, candidates: Sequence[Candidate], aids: Aids) -> list[Clash | None]:
    name = str(rule.parameters.get("compare"))
    if name not in COMPARISONS:
        raise UsageError(f"rule {rule.id}: unknown comparison '{name}'{did_you_mean(name, COMPARISONS)}")
    found = COMPARISONS[name](candidates, rule.parameters, aids)
    return [
        clash if clash and _sure_enough(rule, candidate, clash) else None
        for candidate, clash in zip(candidates, found, strict=True)
    ]


def _sure_enough(rule: Rule, candidate: Candidate, clash: Clash) -> bool:
    wanted = float(rule.parameters.get("same_request", 0.0))
    return candidate.same >= wanted and clash.confidence * candidate.same >= rule.min_confidence


def _finding(rule: Rule, candidate: Candidate, clash: Clash) -> Finding:
    return Finding(
        rule=rule,
        stands=(
            _stand(candidate.first.record, clash.first),
            _stand(candidate.second.record, clash.second),
        ),
        message=rule.message,
        confidence=clash.confidence * candidate.same,
        evidence=(Evidence("similarity", candidate.similarity), Evidence(clash.measure, clash.confidence)),
    )


def _stand(record: Record, position: Position) -> Stand:
    span = Span(record.response, position.start, position.end)
    return Stand(record, span, position.side, position.label, position.plural)
