"""The logistic function."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def logistic(score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores turned into probabilities, without overflow at either end."""
    probability: NDArray[np.float64] = 0.5 * (1.0 + np.tanh(0.5 * score))
    return probability
