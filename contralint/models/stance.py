"""Stance: does a response do what was asked, decline, ask back, or lack the means?

A multinomial logistic regression over the features of `stance_features`, trained by `training/stance.py`. It runs on
dictionary look-ups and one small matrix product; the weights are plain arrays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from contralint.models.released import shipped
from contralint.models.stance_features import features, scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

LABELS = ("complies", "refuses", "partial", "clarifies", "unable")
_SENTENCE = re.compile(r"\S[^\n]*?(?:[.!?]+[\"'”’)]*(?=\s|$)|(?=\n|$))")
_SPAN_SENTENCES = 8


@dataclass(frozen=True)
class StancePrediction:
    """What a response does with its request.

    Attributes:
        label: One of `LABELS`: the most probable.
        probability: Its probability, 0 for a response without text.
        probabilities: Calibrated probability of each label.
        start: Where in the response the words stand that show the stance, in characters.
        end: Where they end, exclusive.
    """

    label: str
    probability: float
    probabilities: dict[str, float]
    start: int
    end: int


@dataclass(frozen=True)
class StanceModel:
    """Predicts stances; made by `load_stance`.

    Attributes:
        index: Row of `weights` by feature name.
        weights: Features by labels.
        bias: One number a label.
    """

    index: dict[str, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def predict(self, instruction: str, response: str) -> StancePrediction:
        """Stance of a response towards its instruction.

        A response without text has no stance: label "complies" with every probability 0 and an empty span.
        """
        if not response.strip():
            return StancePrediction("complies", 0.0, dict.fromkeys(LABELS, 0.0), 0, 0)
        scores = self._scores(instruction, response)
        odds = np.exp(scores - scores.max())
        shares = (odds / odds.sum()).tolist()
        best = max(range(len(LABELS)), key=shares.__getitem__)
        start, end = self._span(instruction, response, best)
        return StancePrediction(LABELS[best], shares[best], dict(zip(LABELS, shares, strict=True)), start, end)

    def _scores(self, instruction: str, response: str) -> NDArray[np.float32]:
        index, found = self.index, features(instruction, response)
        known = [name for name in found if name in index]
        rows = self.weights[[index[name] for name in known]]
        values = np.array([found[name] for name in known], np.float32) * np.float32(scale(found))
        scores: NDArray[np.float32] = values @ rows + self.bias
        return scores

    def _span(self, instruction: str, response: str, label: int) -> tuple[int, int]:
        """The first sentence that shows a label half as much as the strongest one; plainly the first for compliance."""
        found = islice(_SENTENCE.finditer(response), _SPAN_SENTENCES if label else 1)
        sentences = [match.span() for match in found]
        if len(sentences) == 1:
            return sentences[0]
        scores = [self._scores(instruction, response[start:end]) for start, end in sentences]
        evidence = [float(score[label] - score[0]) for score in scores]
        enough = min(max(evidence), max(evidence) / 2)
        return next(span for span, shown in zip(sentences, evidence, strict=True) if shown >= enough)


@cache
def load_stance() -> StanceModel:
    """The model that ships with the package.

    Raises:
        UsageError: Its weights are missing or damaged.
    """
    with np.load(shipped("stance.npz"), allow_pickle=False) as arrays:
        names = arrays["names"].tobytes().decode("utf-8").split("\n")
        weights, bias = arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32)
    return StanceModel({name: row for row, name in enumerate(names)}, weights, bias)
