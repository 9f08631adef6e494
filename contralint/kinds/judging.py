"""Probability that two answers cannot both be right: slots where they settle it, else the judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contralint.facets.described import Described
from contralint.kinds.candidate import Candidate
from contralint.kinds.comparisons import Aids, polarity, quantity
from contralint.models.suite import Models

_SLOTS = (polarity.compare, quantity.compare)
_SAME = 0.01  # probability for answers that are the same text


def judged(pairs: Sequence[tuple[Described, Described]], models: Models) -> list[float]:
    """Judges answers to one question; what the two records are asked is taken to be the same."""
    candidates = [Candidate(first, second, 1.0, 1.0) for first, second in pairs]
    settled: Mapping[int, float] = {
        number: clash.confidence
        for compare in _SLOTS
        for number, clash in enumerate(compare(candidates, {}, Aids(models)))
        if clash
    }
    triples = [
        (candidate.question, candidate.first.record.response.text, candidate.second.record.response.text)
        for candidate in candidates
    ]
    probabilities = models.judge.probability(triples).tolist() if triples else []
    return [
        _SAME if left == right else max(settled.get(number, 0.0), judged)
        for number, ((_, left, right), judged) in enumerate(zip(triples, probabilities, strict=True))
    ]
