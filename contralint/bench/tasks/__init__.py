"""What can be measured, and by which keys a labelled file tells what it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contralint.bench.cases import Case
from contralint.bench.measurement import Measurement
from contralint.bench.tasks import behaviour, calm, flips, judge, same_request, stance
from contralint.linter import Linter
from contralint.progress import Progress

__all__ = ["TASKS", "Task", "task_of"]

Measure = Callable[[Linter, Sequence[Case], str | None, Progress], Measurement]


@dataclass(frozen=True)
class Task:
    """Something to measure.

    Attributes:
        form: What a row of a labelled file holds.
        fits: Whether a row has the keys of this task; None where no key tells, so that it must be asked for.
        measure: Measures cases, apart by the values of a key if one is named.
    """

    form: str
    fits: Callable[[Mapping[str, Any]], bool] | None
    measure: Measure


# In the order of detection.
TASKS: dict[str, Task] = {
    "behaviour": Task(behaviour.FORM, behaviour.fits, behaviour.measure),
    "judge": Task(judge.FORM, judge.fits, judge.measure),
    "same-request": Task(same_request.FORM, same_request.fits, same_request.measure),
    "stance": Task(stance.FORM, stance.fits, stance.measure),
    "flips": Task(flips.FORM, None, flips.measure),
    "calm": Task(calm.FORM, None, calm.measure),
}


def task_of(case: Case) -> str:
    """Name of the task that a row is for.

    Raises:
        UsageError: Its keys fit none.
    """
    found = next((name for name, task in TASKS.items() if task.fits and task.fits(case.data)), None)
    if found is None:
        keys = ", ".join(case.data)
        forms = "; ".join(f"{name}: {task.form}" for name, task in TASKS.items() if task.fits)
        raise case.error(f"the keys {keys} fit no task ({forms}); for unlabelled rows say --task calm")
    return found
