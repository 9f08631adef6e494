"""Do two requests ask the same, so that one answer must serve both?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from contralint.models.differences import NAMES, differences
from contralint.models.logistic import logistic
from contralint.models.released import shipped

# Above this share of tokens in common and in order, or up to this many apart, one request is an edit of the other.
EDITED_SHARE, SHARE_STEEPNESS = 0.8, 24.0
EDITED_TOKENS, TOKENS_STEEPNESS = 3.5, 2.0

# Weighed where one request is an edit of the other: there the cosine is blind and each difference tells.
_IN_EDITS = """lesser greater rarest_lesser numbers number_added names name_added code opposites negation question
language form scope order roles""".split()
# Weighed in rewordings of any kind.
_ALWAYS = ["opposites"]
_COUNTS_UP_TO = 2.0
# One pair out of three the other way round is an exchange already; of two words, any rewording turns all.
_ORDER_UP_TO = 0.35

FEATURES = (
    "cosine",
    "edited cosine",
    "edited",
    "reworded",
    "same",
    "edited synonyms",
    *(f"edited {name}" for name in _IN_EDITS),
    *_ALWAYS,
)
# Which way each feature may push. No difference makes two requests more alike, but for one: vectors as near as those of
# requests that share their words say more where the words are others.
SIGNS = (1, 1, 0, 1, 1, 1, *(-1 for _ in _IN_EDITS), *(-1 for _ in _ALWAYS))


def features(pairs: Sequence[tuple[str, str]], similarity: NDArray[np.floating]) -> NDArray[np.float64]:
    """What the classifier sees: one row a pair, the same whichever text comes first."""
    if not len(pairs):
        return np.zeros((0, len(FEATURES)))
    rows = np.array([differences(left, right) for left, right in pairs], dtype=np.float64)
    column = {name: rows[:, number] for number, name in enumerate(NAMES)}
    column |= {name: np.log1p(column[name]) for name in ("lesser", "greater")}
    cosine = np.asarray(similarity, dtype=np.float64)
    edited = np.maximum(
        logistic(SHARE_STEEPNESS * (column["sequence"] - EDITED_SHARE)),
        logistic(TOKENS_STEEPNESS * (EDITED_TOKENS - column["distance"])),
    )
    counted = {name: np.minimum(column[name], _COUNTS_UP_TO) for name in (*_IN_EDITS, "synonyms")}
    counted["order"] = np.minimum(column["order"], _ORDER_UP_TO)
    counted["rarest_lesser"] = column["rarest_lesser"]
    return np.column_stack(
        [
            cosine * (1 - edited),
            cosine * edited,
            edited,
            column["greater"] * (1 - edited),
            column["same"],
            counted["synonyms"] * edited,
            *(counted[name] * edited for name in _IN_EDITS),
            *(counted[name] for name in _ALWAYS),
        ]
    )


@dataclass(frozen=True)
class SameRequest:
    """Logistic regression over what differs between two requests and over the cosine of their vectors."""

    coefficients: NDArray[np.float64]
    intercept: float

    def probability(self, pairs: Sequence[tuple[str, str]], similarity: NDArray[np.floating]) -> NDArray[np.float64]:
        """Probability that both texts ask the same.

        Args:
            pairs: Full texts of the requests, two by two.
            similarity: Cosine of the two texts' vectors, one for each pair.

        Returns:
            One probability a pair, whichever text comes first.
        """
        # Row by row: the last bits of a matrix product hang on how many rows it has.
        return logistic(np.sum(features(pairs, similarity) * self.coefficients, axis=1) + self.intercept)


@cache
def load_same_request() -> SameRequest:
    """The classifier that ships with the package."""
    with np.load(shipped("same_request.npz"), allow_pickle=False) as arrays:
        return SameRequest(arrays["coefficients"], float(arrays["intercept"]))
