"""The kind `pair`: two records ask the same, and what they do about it clashes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from contralint.diagnostics import Evidence
from contralint.errors import UsageError
from contralint.kinds.candidate import Candidate, Clash, Position
from contralint.kinds.comparisons import COMPARISONS, Aids
from contralint.kinds.dataset import Dataset
from contralint.kinds.finding import Finding, Stand
from contralint.records import Record, Span
from contralint.rulebook import Rule
from contralint.spelling import did_you_mean

_BATCH = 4096  # candidate pairs compared at a time


def find(rules: Sequence[Rule], dataset: Dataset) -> Iterator[Finding]:
    """Applies rules of this kind to all pairs of records that ask the same.

    Raises:
        UsageError: A rule names an unknown comparison.
    """
    candidates = dataset.pairing.candidates()
    dataset.progress.stage("comparing answers", None)
    while batch := list(itertools.islice(candidates, _BATCH)):
        yield from find_among(rules, batch, dataset.aids)
        dataset.progress.advance(len(batch))


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
