"""Logistic regression whose coefficients may only push the way that is known beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Numbers = NDArray[np.float64]
DIGITS = 4


@dataclass(frozen=True)
class Fitted:
    """Coefficients for features as they are, rounded so that they come out the same on any machine."""

    coefficients: Numbers
    intercept: float

    def scores(self, seen: Numbers) -> Numbers:
        """Log-odds of each row."""
        return seen @ self.coefficients + self.intercept


def fit(seen: Numbers, wanted: Numbers, weight: Numbers, signs: Sequence[int], ridge: float) -> Fitted:
    """Fits on features scaled to equal spread.

    Args:
        seen: One row an example.
        wanted: 1 or 0 for each.
        weight: What each counts, 1 on average.
        signs: 1 or -1 where a coefficient may not be below or above 0, else 0.
        ridge: Weight of the squared coefficients in the loss.
    """
    scale = seen.std(axis=0) + 1e-9
    scaled = np.column_stack([seen / scale, np.ones(len(seen))])
    penalty = np.r_[np.full(seen.shape[1], ridge), 0.0]

    def loss(guess: Numbers) -> tuple[float, Numbers]:
        score = scaled @ guess
        wrong = weight * (1 / (1 + np.exp(-score)) - wanted) / len(wanted)
        value = np.mean(weight * (np.logaddexp(0, score) - wanted * score)) + penalty @ guess**2
        return float(value), scaled.T @ wrong + 2 * penalty * guess

    bounds = [(0 if sign > 0 else None, 0 if sign < 0 else None) for sign in (*signs, 0)]
    found = minimize(
        loss, np.zeros(len(penalty)), jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 2000}
    ).x
    return Fitted(np.round(found[:-1] / scale, DIGITS), float(np.round(found[-1], DIGITS)))
