"""Probability that two answers cannot both be right: the judge, corrected by slots where both answers fill one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from contralint.facets.described import Described
from contralint.kinds.candidate import Candidate
from contralint.kinds.comparisons import Aids, polarity, quantity
from contralint.kinds.comparisons.aids import SLOT_CONFIDENCE, both_answer
from contralint.models.logistic import logistic
from contralint.models.suite import Models

_SAME = 0.01  # probability for answers that are the same text
# What slots add to the log-odds, from held-apart questions: a number may belong to something else than what is asked.
_NUMBERS = 1.5
_SAME_WORD = 2.0  # both say yes, or both say no, in so many words


def judged(pairs: Sequence[tuple[Described, Described]], models: Models) -> list[float]:
    """Judges answers to one question; what the two records are asked is taken to be the same."""
    candidates = [Candidate(first, second, 1.0, 1.0) for first, second in pairs]
    triples = [
        (candidate.question, candidate.first.record.response.text, candidate.second.record.response.text)
        for candidate in candidates
    ]
    probabilities = models.judge.probability(triples).tolist() if triples else []
    clashes = quantity.compare(candidates, {}, Aids(models))
    return [
        _SAME if left == right else _corrected(candidate, clash is not None, probability)
        for candidate, clash, (_, left, right), probability in zip(
            candidates, clashes, triples, probabilities, strict=True
        )
    ]


def _corrected(candidate: Candidate, numbers_differ: bool, probability: float) -> float:
    shift = _NUMBERS * (numbers_differ - quantity.agree(candidate))
    if _explicit(candidate.first) and _explicit(candidate.second):
        if polarity.agree(candidate):
            shift -= _SAME_WORD
        elif both_answer(candidate):
            return max(probability, SLOT_CONFIDENCE)
    if not shift:
        return probability
    odds = np.log(probability) - np.log1p(-probability)
    return float(logistic(np.array([odds + shift]))[0])


def _explicit(described: Described) -> bool:
    """Whether a yes-no question is answered with a yes or a no, rather than by a statement that amounts to one."""
    said = described.polarity
    return described.question.kind == "polar" and said is not None and said.explicit
