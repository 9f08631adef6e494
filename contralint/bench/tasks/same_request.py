"""The same-request model: reworded requests, told from look-alikes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contralint.bench.cases import Case
from contralint.bench.measurement import Measurement
from contralint.bench.scoring import Words
from contralint.bench.tasks.pairs import measured, score
from contralint.linter import Linter
from contralint.progress import Progress

FORM = '{"question_1", "question_2", "same": true|false} or {"a": row, "b": row, "same": true|false}'
WORDS = Words("same", "different")


def fits(data: Mapping[str, Any]) -> bool:
    """Whether a row is for this task."""
    return "same" in data and ({"question_1", "question_2"} <= data.keys() or {"a", "b"} <= data.keys())


def measure(linter: Linter, cases: Sequence[Case], by: str | None, progress: Progress) -> Measurement:
    """Compares the requests of all cases."""
    pairs = [(case, *_rows(case)) for case in cases]
    labelled = [(case, _name(case), case.flag("same")) for case in cases]
    progress.stage("comparing requests", len(pairs))
    return measured("same-request", labelled, score(linter.same_request, pairs, progress), WORDS, by)


def _rows(case: Case) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    if "a" in case.data:
        return case.row("a"), case.row("b")
    return _asked(case.text("question_1")), _asked(case.text("question_2"))


def _asked(text: str) -> Mapping[str, Any]:
    return {"instruction": text, "output": ""}


def _name(case: Case) -> str:
    keys = ("a", "b") if "a" in case.data else ("question_1", "question_2")
    return case.name(*(str(case.data[key]) for key in keys if key in case.data))
