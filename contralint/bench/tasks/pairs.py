"""What tasks share that score pairs of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from contralint.bench.cases import Case
from contralint.bench.measurement import Measurement
from contralint.bench.scoring import (
    Scored,
    Words,
    bins_of,
    brier_of,
    family_tables,
    figures,
    mistakes,
    reliability_table,
    threshold_table,
)
from contralint.errors import UsageError
from contralint.progress import Progress

FAMILY = "family"
_DECIDED = 0.5  # probability from which a pair counts as said to be so
_BATCH = 256

Data = Mapping[str, Any]
Score = Callable[[Sequence[tuple[Data, Data]]], list[float]]


def score(ask: Score, pairs: Sequence[tuple[Case, Data, Data]], progress: Progress) -> list[float]:
    """The score of each pair.

    Raises:
        UsageError: A row cannot be read; the message names its case.
    """
    found: list[float] = []
    for start in range(0, len(pairs), _BATCH):
        batch = pairs[start : start + _BATCH]
        try:
            found += ask([(first, second) for _, first, second in batch])
        except UsageError:
            _blame(ask, batch)
            raise
        progress.advance(len(batch))
    return found


def _blame(ask: Score, batch: Sequence[tuple[Case, Data, Data]]) -> None:
    """Names the case that cannot be scored, if it is one of them."""
    for case, first, second in batch:
        with case.blamed():
            ask([(first, second)])


def measured(
    task: str, labelled: Sequence[tuple[Case, str, bool]], probabilities: Sequence[float], words: Words, by: str | None
) -> Measurement:
    """The figures of pairs, each with its case, its name and its label."""
    scored = [
        Scored(case, name, label, value >= _DECIDED, value, case.group(by or FAMILY), f"probability {value:.2f}")
        for (case, name, label), value in zip(labelled, probabilities, strict=True)
    ]
    bins = bins_of(scored)
    return Measurement(
        task,
        files=tuple(dict.fromkeys(case.path for case, _, _ in labelled)),
        figures={**figures(scored, words, bins), "brier": brier_of(scored)},
        tables=(
            threshold_table(scored, "the probability"),
            *family_tables(scored, by or FAMILY),
            reliability_table(bins),
        ),
        mistakes=mistakes(scored, words),
        reliability=bins,
    )
