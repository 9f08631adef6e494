"""The logistic function."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_DECIMALS = 9


def logistic(score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores turned into probabilities, without overflow at either end.

    Rounded, since vector units round the last bits by where in an array a number stands.
    """
    probability: NDArray[np.float64] = np.round(0.5 * (1.0 + np.tanh(0.5 * score)), _DECIMALS)
    return probability
