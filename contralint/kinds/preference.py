"""The kind `preference`: what one record prefers, or teaches, another one rejects.

Preferences over one request are a directed graph: a record that rejects an answer leads to each record that chooses
that answer. Two records that lead to each other are a flip, a way round through three or more is a cycle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from contralint.diagnostics import Evidence
from contralint.errors import UsageError
from contralint.kinds.comparisons.aids import SLOT_CONFIDENCE
from contralint.kinds.cycles import reaches, strong_components
from contralint.kinds.dataset import Dataset
from contralint.kinds.finding import Finding, Stand
from contralint.kinds.preferring import Choice, Crossing, RecordKey, crossings
from contralint.rulebook import Rule
from contralint.suppression import held

Step = tuple[RecordKey, RecordKey]


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule of this kind may set.

    Attributes:
        find: Two preferences the opposite way round, a circle of three or more, or an answer taught and rejected.
        same_request: Probability that both ask the same from which records are compared.
    """

    find: Literal["flip", "cycle", "taught-and-rejected"]
    same_request: float = 0.0


def find(rules: Sequence[Rule], dataset: Dataset) -> Iterator[Finding]:
    """Findings of the rules over all records of a scan.

    Raises:
        UsageError: The rule's parameters are wrong.
    """
    found = list(crossings(dataset.pairing.pairs()))
    for rule in rules:
        among = [one for one in found if held(one.rejecting.record, rule) and held(one.teaching.record, rule)]
        yield from find_among(rule, among)
        if len(among) < len(found):
            yield from (finding for finding in find_among(rule, found) if finding.ignoring)


def find_among(rule: Rule, found: Sequence[Crossing]) -> Iterator[Finding]:
    """Applies a rule of this kind to some crossings.

    Raises:
        UsageError: The rule's parameters are wrong.
    """
    try:
        parameters = msgspec.convert(rule.parameters, Parameters)
    except msgspec.ValidationError as error:
        raise UsageError(f"{rule.id}: parameters: {error}") from None
    sure = [one for one in found if one.same >= parameters.same_request]
    for finding in _FINDERS[parameters.find](rule, sure):
        if finding.confidence >= rule.min_confidence:
            yield finding


def _flips(rule: Rule, found: Sequence[Crossing]) -> Iterator[Finding]:
    ranked = _ranked(found)
    for (rejecting, teaching), one in ranked.items():
        if rejecting < teaching and (teaching, rejecting) in ranked:
            yield _finding(rule, [one], [_preferring(one.rejecting), _preferring(one.teaching)])


def _cycles(rule: Rule, found: Sequence[Crossing]) -> Iterator[Finding]:
    ranked = _ranked(found)
    graph = _graph(ranked)
    # A way back that takes no preference turned round is longer than a flip.
    circling = {key for key in graph if reaches(graph, key, key, _turned(graph, key))}
    within = {keys: one for keys, one in ranked.items() if circling.issuperset(keys)}
    choices = {choice.record.key: choice for one in within.values() for choice in (one.rejecting, one.teaching)}
    for component in map(frozenset, strong_components(_graph(within))):
        steps = [one for keys, one in within.items() if component.issuperset(keys)]
        yield _finding(rule, steps, [_ranking(choices[key]) for key in sorted(component)])


def _taught_and_rejected(rule: Rule, found: Sequence[Crossing]) -> Iterator[Finding]:
    components = strong_components(_graph(_ranked(found)))
    disputed = {key for component in components if len(component) > 1 for key in component}
    for one in found:
        # A over B here and B over C there is a ranking. Where preferences dispute an answer among themselves, that is
        # the conflict, and what it means for those who teach the answer follows from it.
        ranking = one.rejecting.ranks and one.teaching.ranks
        if not ranking and one.rejecting.record.key not in disputed and one.teaching.record.key not in disputed:
            teaches = Stand(one.teaching.record, one.teaching.taught_span, "0 teaches", "teaches it", "teach it")
            rejects = Stand(one.rejecting.record, one.rejecting.rejected_span, "1 rejects", "rejects it", "reject it")
            yield _finding(rule, [one], [teaches, rejects], one.rejecting.side)


_FINDERS = {"flip": _flips, "cycle": _cycles, "taught-and-rejected": _taught_and_rejected}


def _ranked(found: Sequence[Crossing]) -> dict[Step, Crossing]:
    """Crossings of two preferences, by the keys of their records, in order."""
    ranked = (one for one in found if one.rejecting.ranks and one.teaching.ranks)
    return dict(sorted(((one.rejecting.record.key, one.teaching.record.key), one) for one in ranked))


def _graph(steps: Iterable[Step]) -> dict[RecordKey, list[RecordKey]]:
    graph: dict[RecordKey, list[RecordKey]] = {key: [] for keys in steps for key in keys}
    for rejecting, teaching in steps:
        graph[rejecting].append(teaching)
    return graph


def _turned(graph: Mapping[RecordKey, Sequence[RecordKey]], key: RecordKey) -> frozenset[RecordKey]:
    """Records that prefer the same two answers the other way round."""
    return frozenset(other for other in graph[key] if key in graph[other])


def _preferring(choice: Choice) -> Stand:
    assert choice.taught is not None
    shown = choice.taught.shown
    return Stand(choice.record, choice.taught_span, choice.side, f"prefers {shown}", f"prefer {shown}")


def _ranking(choice: Choice) -> Stand:
    assert choice.taught is not None
    assert choice.rejected is not None
    ranked = f"{choice.taught.shown} to {choice.rejected.shown}"
    side = f"{choice.side}\n{choice.rejected.key(choice.level)}"
    return Stand(choice.record, choice.taught_span, side, f"prefers {ranked}", f"prefer {ranked}")


def _finding(rule: Rule, found: Sequence[Crossing], stands: Sequence[Stand], topic: str = "") -> Finding:
    same = min(one.same for one in found)
    similarity = min(one.similarity for one in found)
    ordered = tuple(sorted(stands, key=lambda stand: stand.record.key))
    evidence = (Evidence("similarity", similarity),)
    return Finding(rule, ordered, rule.message, SLOT_CONFIDENCE * same, evidence, topic)
