"""The judge: two answers to one question that cannot both be right, told from two that can."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contralint.bench.cases import Case
from contralint.bench.measurement import Measurement
from contralint.bench.scoring import Words
from contralint.bench.tasks.pairs import measured, score
from contralint.linter import Linter
from contralint.progress import Progress

FORM = '{"question", "correct": [...], "incorrect": [...]} or {"a": row, "b": row, "conflict": true|false}'
WORDS = Words("conflict", "ok")
_LABELS = {"conflict": "conflict", "ok": "ok"}
_PAIRS = 4  # of each kind from one question, so that none outweighs the others


@dataclass(frozen=True)
class _Pair:
    case: Case
    first: Mapping[str, Any]
    second: Mapping[str, Any]
    clash: bool
    name: str


def fits(data: Mapping[str, Any]) -> bool:
    """Whether a row is for this task."""
    pair = {"a", "b"} <= data.keys() and ("conflict" in data or "label" in data)
    return pair or {"question", "correct", "incorrect"} <= data.keys()


def measure(linter: Linter, cases: Sequence[Case], by: str | None, progress: Progress) -> Measurement:
    """Judges the pairs of all cases."""
    pairs = [pair for case in cases for pair in _pairs(case)]
    progress.stage("judging answers", len(pairs))
    probabilities = score(linter.judge, [(pair.case, pair.first, pair.second) for pair in pairs], progress)
    labelled = [(pair.case, pair.name, pair.clash) for pair in pairs]
    return measured("judge", labelled, probabilities, WORDS, by)


def _pairs(case: Case) -> Iterator[_Pair]:
    if "a" in case.data:
        label = case.flag("conflict") if "conflict" in case.data else case.word("label", _LABELS) == "conflict"
        yield _Pair(case, case.row("a"), case.row("b"), label, case.name(str(case.data["a"]), str(case.data["b"])))
        return
    question = case.text("question")
    correct, incorrect = case.texts("correct"), case.texts("incorrect")
    for found, clash in ((itertools.product(correct, incorrect), True), (itertools.combinations(correct, 2), False)):
        for first, second in _some(found):
            rows = [{"question": question, "answer": answer} for answer in (first, second)]
            yield _Pair(case, rows[0], rows[1], clash, case.name(question, first, second))


def _some(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """A few of the pairs, as if drawn by lot, but the same ones whatever their order."""
    return sorted(pairs, key=lambda pair: hashlib.sha256("\0".join(pair).encode("utf-8", "replace")).digest())[:_PAIRS]
