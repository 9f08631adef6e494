"""Positive and negative cases that were given a score: their figures and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from contralint.bench.cases import Case
from contralint.bench.measurement import Figure, Mistake, Table
from contralint.bench.metrics import (
    Bin,
    Counts,
    auc,
    brier,
    calibration_error,
    count,
    recall_at_precision,
    reliability,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

THRESHOLDS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
_QUALITY = ("precision", "recall", "f1")


@dataclass(frozen=True)
class Scored:
    """A case and what was said of it.

    Attributes:
        name: What it is about, in a few words.
        label: Whether it is a positive case.
        said: Whether it was taken for one.
        score: How sure, from 0 to 1.
        family: Cases that are also counted apart; "" for none.
        found: What was said of it, in words.
    """

    case: Case
    name: str
    label: bool
    said: bool
    score: float
    family: str
    found: str


@dataclass(frozen=True)
class Words:
    """What positive and negative cases are called."""

    positive: str
    negative: str


def labels_of(scored: Sequence[Scored]) -> NDArray[np.bool_]:
    """Labels, as the metrics take them."""
    return np.array([one.label for one in scored], np.bool_)


def scores_of(scored: Sequence[Scored]) -> NDArray[np.float64]:
    """Scores, as the metrics take them."""
    return np.array([one.score for one in scored], np.float64)


def counts_of(scored: Sequence[Scored]) -> Counts:
    """Cases by what they are and what was said of them."""
    return count(labels_of(scored), np.array([one.said for one in scored], np.bool_))


def quality(counts: Counts) -> dict[str, Figure]:
    """Precision, recall and F1."""
    return {name: getattr(counts, name) for name in _QUALITY}


def figures(scored: Sequence[Scored], words: Words, bins: Sequence[Bin]) -> dict[str, Figure]:
    """The figures of all cases; those of calibration are of the cases in the bins."""
    labels, scores = labels_of(scored), scores_of(scored)
    counts = counts_of(scored)
    return {
        "cases": len(scored),
        words.positive: int(labels.sum()),
        words.negative: int((~labels).sum()),
        "accuracy": counts.accuracy,
        **quality(counts),
        "auc": auc(labels, scores),
        "recall_at_p90": recall_at_precision(labels, scores, 0.90),
        "recall_at_p95": recall_at_precision(labels, scores, 0.95),
        "calibration_error": calibration_error(list(bins)),
    }


def bins_of(scored: Sequence[Scored]) -> tuple[Bin, ...]:
    """The share of positive cases by score."""
    return tuple(reliability(labels_of(scored), scores_of(scored)))


def brier_of(scored: Sequence[Scored]) -> float | None:
    """Mean squared distance of score and label."""
    return brier(labels_of(scored), scores_of(scored))


def threshold_table(scored: Sequence[Scored], what: str) -> Table:
    """What would be said at several thresholds of the score."""
    labels, scores = labels_of(scored), scores_of(scored)
    rows = []
    for threshold in THRESHOLDS:
        counts = count(labels, scores >= threshold)
        rows.append((threshold, counts.hits + counts.false_alarms, *quality(counts).values()))
    return Table("thresholds", f"by threshold of {what}", ("threshold", "said", *_QUALITY), tuple(rows))


def family_tables(scored: Sequence[Scored], by: str) -> list[Table]:
    """The figures of each family, where cases belong to any."""
    families = sorted({one.family for one in scored} - {""})
    rows = []
    for family in families:
        counts = counts_of([one for one in scored if one.family == family])
        rows.append((family, counts.total, counts.accuracy, *quality(counts).values()))
    return [Table("families", f"by {by}", (by, "cases", "accuracy", *_QUALITY), tuple(rows))] if rows else []


def reliability_table(bins: Sequence[Bin]) -> Table:
    """The reliability diagram in figures."""
    columns = ("cases", "mean_score", "share", "lowest", "highest")
    rows = tuple((one.count, one.mean, one.share, one.lowest, one.highest) for one in bins)
    return Table(
        "reliability", "reliability: mean score against the share of positive cases (95% interval)", columns, rows
    )


def mistakes(scored: Sequence[Scored], words: Words) -> tuple[Mistake, ...]:
    """Cases of which the wrong thing was said, in their order."""
    return tuple(
        Mistake(one.case, one.name, words.positive if one.label else words.negative, one.found)
        for one in scored
        if one.label != one.said
    )
