"""The figures of a classifier: plain functions of labels and scores, in numpy alone.

They agree with scikit-learn's (tested), which would cost a second of start-up and a hundred megabytes for these lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Labels = NDArray[np.bool_]
    Scores = NDArray[np.float64]

BINS = 10
_Z = 1.959963984540054  # 95 percent of a normal distribution lie within so many standard deviations


@dataclass(frozen=True)
class Counts:
    """Cases by what they are and what was said of them."""

    hits: int
    false_alarms: int
    misses: int
    rejections: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.hits + other.hits,
            self.false_alarms + other.false_alarms,
            self.misses + other.misses,
            self.rejections + other.rejections,
        )

    @property
    def precision(self) -> float | None:
        """Share of what was reported that is right; None where nothing was."""
        return _share(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> float | None:
        """Share of what there is that was reported; None where there is nothing."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; None where there is nothing and nothing was reported."""
        return _share(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)

    @property
    def accuracy(self) -> float | None:
        return _share(self.hits + self.rejections, self.total)

    @property
    def total(self) -> int:
        return self.hits + self.false_alarms + self.misses + self.rejections


def count(labels: Labels, said: Labels) -> Counts:
    """Counts cases by label and by what was said of them."""
    return Counts(
        hits=int((labels & said).sum()),
        false_alarms=int((~labels & said).sum()),
        misses=int((labels & ~said).sum()),
        rejections=int((~labels & ~said).sum()),
    )


def auc(labels: Labels, scores: Scores) -> float | None:
    """Probability that a positive case scores higher than a negative one, ties counting half; None without both."""
    positives = int(labels.sum())
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    _, place, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[place]
    return float((ranks[labels].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def recall_at_precision(labels: Labels, scores: Scores, least: float) -> float | None:
    """Highest recall of a threshold at which precision is at least so high, 0 if there is none."""
    if not labels.any():
        return None
    order = np.argsort(-scores, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    hits = np.cumsum(labels[order])[ends]
    kept = hits[hits / (ends + 1) >= least]
    return float(kept.max() / labels.sum()) if len(kept) else 0.0


@dataclass(frozen=True)
class Bin:
    """Cases whose scores lie near each other.

    Attributes:
        mean: Their mean score.
        share: How many of them are positive.
        lowest, highest: Where that share lies in truth, with 95 percent confidence (Wilson).
    """

    count: int
    mean: float
    share: float
    lowest: float
    highest: float


def reliability(labels: Labels, scores: Scores, bins: int = BINS) -> list[Bin]:
    """Cases in bins of equal width, empty ones left out."""
    place = np.minimum((scores * bins).astype(int), bins - 1)
    found = []
    for number in np.unique(place):
        inside = place == number
        share = float(labels[inside].mean())
        lowest, highest = wilson(share, int(inside.sum()))
        found.append(Bin(int(inside.sum()), float(scores[inside].mean()), share, lowest, highest))
    return found


def wilson(share: float, count: int) -> tuple[float, float]:
    """Interval that holds the true share with 95 percent confidence (Wilson 1927)."""
    middle = share + _Z**2 / (2 * count)
    spread = _Z * ((share * (1 - share) + _Z**2 / (4 * count)) / count) ** 0.5
    whole = 1 + _Z**2 / count
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def calibration_error(bins: list[Bin]) -> float | None:
    """Mean distance of score and share over the cases (expected calibration error)."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.mean - one.share) for one in bins) / total if total else None


def brier(labels: Labels, scores: Scores) -> float | None:
    """Mean squared distance of score and label."""
    return float(((scores - labels) ** 2).mean()) if len(labels) else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
