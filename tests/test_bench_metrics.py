"""The figures of a classifier, by hand and against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contralint.bench.metrics import (
    Counts,
    auc,
    brier,
    calibration_error,
    count,
    recall_at_precision,
    reliability,
    wilson,
)

LABELS = np.array([1, 1, 0, 1, 0, 0], np.bool_)
SCORES = np.array([0.9, 0.8, 0.8, 0.4, 0.3, 0.1])
CASES = st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=1, max_size=40)


def arrays(cases: list[tuple[bool, int]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([label for label, _ in cases], np.bool_), np.array([score / 20 for _, score in cases])


def test_counts_by_hand() -> None:
    counts = count(LABELS, SCORES >= 0.5)
    assert counts == Counts(hits=2, false_alarms=1, misses=1, rejections=2)
    assert (counts.precision, counts.recall, counts.f1, counts.accuracy) == (2 / 3, 2 / 3, 2 / 3, 4 / 6)
    assert counts + counts == Counts(4, 2, 2, 4)


def test_nothing_said_has_no_precision() -> None:
    counts = count(LABELS, np.zeros(6, np.bool_))
    assert (counts.precision, counts.recall, counts.f1) == (None, 0.0, 0.0)
    assert Counts(0, 0, 0, 5).f1 is None
    assert Counts(0, 0, 0, 0).accuracy is None


def test_auc_by_hand() -> None:
    # Of nine pairs of a positive and a negative, 3 + 2.5 + 2 rank right, a tie counting half.
    assert auc(LABELS, SCORES) == pytest.approx(7.5 / 9)
    assert auc(np.ones(3, np.bool_), np.ones(3)) is None


def test_recall_at_precision_by_hand() -> None:
    # At 0.9: 1 of 1; at 0.8: 2 of 3, both of a tie together; at 0.4: 3 of 4.
    assert recall_at_precision(LABELS, SCORES, 1.0) == pytest.approx(1 / 3)
    assert recall_at_precision(LABELS, SCORES, 0.75) == 1.0
    assert recall_at_precision(~LABELS, SCORES, 0.95) == 0.0
    assert recall_at_precision(np.zeros(2, np.bool_), np.ones(2), 0.5) is None


def test_reliability_by_hand() -> None:
    bins = reliability(LABELS, SCORES)
    assert [(one.count, round(one.mean, 2), one.share) for one in bins] == [
        (1, 0.1, 0.0),
        (1, 0.3, 0.0),
        (1, 0.4, 1.0),
        (2, 0.8, 0.5),
        (1, 0.9, 1.0),
    ]
    assert calibration_error(bins) == pytest.approx((0.1 + 0.3 + 0.6 + 2 * 0.3 + 0.1) / 6)
    assert calibration_error([]) is None
    assert brier(LABELS, SCORES) == pytest.approx((0.01 + 0.04 + 0.64 + 0.36 + 0.09 + 0.01) / 6)
    assert brier(np.zeros(0, np.bool_), np.zeros(0)) is None


def test_a_score_of_one_falls_into_the_last_bin() -> None:
    assert [one.count for one in reliability(np.ones(2, np.bool_), np.array([1.0, 0.95]))] == [2]


def test_wilsons_interval() -> None:
    assert wilson(0.5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(0.0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)


@given(CASES)
def test_metrics_stay_within_bounds(cases: list[tuple[bool, int]]) -> None:
    labels, scores = arrays(cases)
    for figure in (auc(labels, scores), recall_at_precision(labels, scores, 0.9), brier(labels, scores)):
        assert figure is None or 0 <= figure <= 1
    bins = reliability(labels, scores)
    assert sum(one.count for one in bins) == len(cases)
    assert all(one.lowest <= one.share <= one.highest for one in bins)


@given(CASES)
def test_the_order_of_cases_changes_nothing(cases: list[tuple[bool, int]]) -> None:
    labels, scores = arrays(cases)
    assert auc(labels, scores) == auc(labels[::-1], scores[::-1])
    assert recall_at_precision(labels, scores, 0.8) == recall_at_precision(labels[::-1], scores[::-1], 0.8)


@pytest.mark.extras
@given(CASES)
def test_they_agree_with_scikit_learn(cases: list[tuple[bool, int]]) -> None:
    from sklearn import metrics

    labels, scores = arrays(cases)
    if labels.any() and not labels.all():
        assert auc(labels, scores) == pytest.approx(metrics.roc_auc_score(labels, scores))
    if labels.any():
        precision, recall, _ = metrics.precision_recall_curve(labels, scores)
        best = max(recall[:-1][precision[:-1] >= 0.8], default=0.0)
        assert recall_at_precision(labels, scores, 0.8) == pytest.approx(best)
    said = scores >= 0.5
    counts = count(labels, said)
    for name, of in {"precision": metrics.precision_score, "recall": metrics.recall_score}.items():
        assert (getattr(counts, name) or 0.0) == pytest.approx(of(labels, said, zero_division=0))
    assert (counts.f1 or 0.0) == pytest.approx(metrics.f1_score(labels, said, zero_division=0))
    assert counts.accuracy == pytest.approx(metrics.accuracy_score(labels, said))
    assert brier(labels, scores) == pytest.approx(np.mean((scores - labels) ** 2))
