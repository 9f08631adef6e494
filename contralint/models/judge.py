"""Can two answers to one question both be right?"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from contralint.models.differences import NAMES, differences
from contralint.models.logistic import logistic
from contralint.models.onnx import TokenModel
from contralint.models.released import released_sum, shipped

Triple = tuple[str, str, str]

# Beyond these many words an answer has left its point; the graph reads no further either.
ANSWER_WORDS = 48
QUESTION_WORDS = 40
_COUNTS_UP_TO = 3.0
_FRAME = 2  # words that two answers share around what differs, to be one sentence
_EXCHANGED = 4  # words of a part that stands for another

# What differs between the answers, and which way it may push: 1 towards a clash, -1 away from it, 0 either way.
SIGNS = {"names": 1, "negation": 1, "opposites": 1, "contained": -1}
FEATURES = ("score", *SIGNS, "bare")


class Judge(Protocol):
    """Tells how probable it is that two answers to one question cannot both be right."""

    def probability(self, triples: Sequence[Triple]) -> NDArray[np.float64]:
        """Probability that the two answers cannot both be right.

        Args:
            triples: Question, answer, other answer.

        Returns:
            One probability a triple, the same whichever answer comes first.
        """
        ...


def shortened(triple: Triple) -> Triple:
    """The end of the question and the beginnings of the answers, as far as they are read."""
    question, left, right = triple
    answers = [" ".join(answer.split()[:ANSWER_WORDS]) for answer in (left, right)]
    return " ".join(question.split()[-QUESTION_WORDS:]), answers[0], answers[1]


def texts(triple: Triple) -> tuple[str, str]:
    """The two texts that the cross-encoder reads: question and answer, other answer."""
    question, left, right = triple
    return (f"{question} [SEP] {left}" if question else left), right


def exchange(triple: Triple) -> Triple | None:
    """What differs, where the answers are one sentence in which a few words stand for others; None elsewhere."""
    question, *answers = triple
    left, right = (answer.rstrip(" .").split() for answer in answers)
    longest = min(len(left), len(right)) - 1
    before = _alike(left, right, longest)
    behind = _alike(left[::-1], right[::-1], longest - before)
    parts = [words[before : len(words) - behind] for words in (left, right)]
    if before + behind < _FRAME or max(map(len, parts)) > _EXCHANGED:
        return None
    return question, " ".join(parts[0]), " ".join(parts[1])


def _alike(left: Sequence[str], right: Sequence[str], most: int) -> int:
    """How many words are the same from the start, up to this many."""
    same = (one.casefold() == other.casefold() for one, other in zip(left, right, strict=False))
    return sum(itertools.takewhile(bool, itertools.islice(same, max(0, most))))


def features(triples: Sequence[Triple], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cross-encoder's score, what differs between the answers, and 1 where a bare word or two stand apart."""
    rows = np.array([differences(left, right) for _, left, right in triples], dtype=np.float64)
    column = {name: np.minimum(rows[:, NAMES.index(name)], _COUNTS_UP_TO) for name in SIGNS}
    short = np.array([any(_bare(answer) for answer in answers) for _, *answers in triples])
    return np.column_stack([scores, *column.values(), short * (1 - column["contained"])])


def _bare(answer: str) -> bool:
    words = answer.split()
    return len(words) <= 2 and not answer.casefold().startswith(("yes", "no"))


class CrossEncoder:
    """Reads question and both answers together: one number a triple, higher where the answers clash."""

    def __init__(self, model: TokenModel) -> None:
        self._model = model

    def score(self, triples: Sequence[Triple]) -> NDArray[np.float64]:
        """The graph's output for the answers; where one sentence has an exchange, its mean with that for the parts."""
        found = self._both_ways(triples)
        parts = {number: parted for number, triple in enumerate(triples) if (parted := exchange(triple))}
        if parts:
            places = list(parts)
            found[places] = (found[places] + self._both_ways(list(parts.values()))) / 2
        return found

    def _both_ways(self, triples: Sequence[Triple]) -> NDArray[np.float64]:
        """Mean of the graph's output over both orders of the answers."""
        ways = [*triples, *((question, right, left) for question, left, right in triples)]
        found = self._model.run([texts(triple) for triple in ways])[:, 0].astype(np.float64)
        return np.asarray(found[: len(triples)] + found[len(triples) :]) / 2


@dataclass(frozen=True)
class StackedJudge:
    """Logistic regression over the cross-encoder's score and what differs between the answers."""

    encoder: CrossEncoder
    coefficients: NDArray[np.float64]
    intercept: float

    def probability(self, triples: Sequence[Triple]) -> NDArray[np.float64]:
        if not triples:
            return np.zeros(0)
        short = [shortened(triple) for triple in triples]
        seen = features(short, self.encoder.score(short))
        # Row by row: the last bits of a matrix product hang on how many rows it has.
        return logistic(np.sum(seen * self.coefficients, axis=1) + self.intercept)


def released_judge() -> str:
    """Names the weights of the judge that ships, without loading it."""
    return "-".join(released_sum(name)[:16] for name in ("judge.onnx", "judge.npz", "encoder.json"))


@cache
def load_judge() -> Judge:
    """The judge that ships with the package."""
    encoder = CrossEncoder(TokenModel(shipped("judge.onnx"), shipped("encoder.json")))
    with np.load(shipped("judge.npz"), allow_pickle=False) as arrays:
        return StackedJudge(encoder, arrays["coefficients"], float(arrays["intercept"]))
