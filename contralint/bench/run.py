"""Measuring labelled files: each for the tasks it is for."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from contralint.bench.cases import Case, read_cases
from contralint.bench.measurement import Measurement
from contralint.bench.tasks import TASKS, task_of
from contralint.linter import Linter
from contralint.progress import NoProgress, Progress
from contralint.readers import discover


def bench(
    linter: Linter,
    paths: Sequence[str],
    tasks: Sequence[str] = (),
    by: str | None = None,
    progress: Progress | None = None,
) -> list[Measurement]:
    """Measures labelled files; files for the same task are measured together.

    Args:
        linter: Whose models and rules are measured.
        paths: Files, folders and globs; "-" is standard input.
        tasks: What to measure; without any, each file tells by the keys of its first row.
        by: Key whose values are also measured apart.
        progress: Told how far it is.

    Raises:
        UsageError: A file cannot be read, or a row does not fit its task; the message names file and line.
    """
    cases: dict[str, list[Case]] = {}
    for path in discover(list(paths)):
        read = read_cases(path)
        for name in tasks or [task_of(read[0])]:
            cases.setdefault(name, []).extend(read)
    watching = progress or NoProgress()
    return [_measured(name, linter, cases[name], by, watching) for name in TASKS if name in cases]


def _measured(name: str, linter: Linter, cases: Sequence[Case], by: str | None, progress: Progress) -> Measurement:
    found = TASKS[name].measure(linter, cases, by, progress)
    return dataclasses.replace(found, notes=tuple(dict.fromkeys((*found.notes, *linter.models.take_notes()))))
