"""The gate: does a request admit one answer, so that two different ones contradict each other?

A logistic regression over short runs of words, trained by `training/gate.py`; the weights are plain arrays.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from math import log1p

import numpy as np
from numpy.typing import NDArray

from contralint.models.logistic import logistic
from contralint.models.released import shipped

_TOKEN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|\d+|[?:`_]")
_TOKENS = 24  # tokens of the asking sentence that are read
_LONGEST = 3  # tokens of a run
_OPENING = 4  # tokens of the request's first words, where these stand apart from the sentence that asks
NUMBER, NAME, OTHER = "0", "Name", "*"


def tokens(text: str) -> list[str]:
    """Words in lower case, numbers and marks; a capitalised word within the sentence keeps its case."""
    found = [match[0].replace("’", "'") for match in _TOKEN.finditer(text)][:_TOKENS]
    return [token if place and token[:1].isupper() else token.lower() for place, token in enumerate(found)]


def features(request: str, asked: str, kind: str, known: Container[str]) -> dict[str, float]:
    """Features by name: runs of known words and of places for the others, how it opens, its kind and its length.

    Args:
        request: The whole request.
        asked: The sentence of it that asks.
        kind: What the rules of `contralint.facets.question` read in it.
        known: Words that count as themselves.
    """
    symbols = ["^", *(_symbol(token, known) for token in tokens(asked)), "$"]
    found = {" ".join(symbols[at : at + n]): 1.0 for n in range(1, _LONGEST + 1) for at in range(len(symbols) - n + 1)}
    found |= {f"near {symbol}": 1.0 for symbol in symbols[1:_OPENING]}
    if not request.lstrip().startswith(asked):
        opening = [_symbol(token, known) for token in tokens(request)[:_OPENING]]
        found |= {f"opening {symbol}": 1.0 for symbol in opening}
    return found | {f"kind {kind}": 1.0, "length": log1p(len(asked.split())) / 3}


def _symbol(token: str, known: Container[str]) -> str:
    if token.lower() in known:
        return token.lower()
    if token.isdigit():
        return NUMBER
    return NAME if token[:1].isupper() else OTHER


@dataclass(frozen=True)
class Gate:
    """Tells how probable it is that a request admits one answer; made by `load_gate`.

    Attributes:
        known: Words that count as themselves.
        weights: By feature name.
        bias: The log-odds where nothing is known.
    """

    known: frozenset[str]
    weights: dict[str, float]
    bias: float

    def probability(self, request: str, asked: str, kind: str) -> float:
        """Probability that one answer is asked for."""
        found = features(request, asked, kind, self.known)
        score = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in sorted(found.items()))
        return float(logistic(np.array([score]))[0])


@cache
def load_gate() -> Gate:
    """The gate that ships with the package."""
    with np.load(shipped("gate.npz"), allow_pickle=False) as arrays:
        known, names = (arrays[name].tobytes().decode("utf-8").split("\n") for name in ("known", "names"))
        weights: NDArray[np.float64] = arrays["weights"].astype(np.float64)
        return Gate(frozenset(known), dict(zip(names, weights.tolist(), strict=True)), float(arrays["bias"]))
