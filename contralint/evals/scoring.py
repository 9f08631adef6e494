"""How well a model's answers keep to what was decided: consistent over each conflict, and as expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contralint.evals.answers import Answer
from contralint.evals.case import Case
from contralint.evals.checking import Checker, Outcome

_DECIMALS = 4


@dataclass(frozen=True)
class Checked:
    """The answers to one prompt, and what they do; none where it is not answered."""

    case: Case
    prompt: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Score:
    """What answers come to.

    Attributes:
        prompts: Prompts that are asked.
        missing: Those without an answer.
        answers: Answers.
        judged: Answers of which something is expected; of the others only consistency counts.
        expected: Answers that do what is expected.
        forbidden: Answers that do what is forbidden.
        conflicts: Conflicts with at least two answers under one condition.
        consistent: Those of them in which all answers under one condition do the same.
    """

    prompts: int
    missing: int
    answers: int
    judged: int
    expected: int
    forbidden: int
    conflicts: int
    consistent: int

    @property
    def neither(self) -> int:
        """Answers that do neither what is expected nor what is forbidden."""
        return self.judged - self.expected - self.forbidden

    @property
    def correct(self) -> float | None:
        """Share of answers that do what is expected; None where nothing is."""
        return round(self.expected / self.judged, _DECIMALS) if self.judged else None

    @property
    def consistency(self) -> float | None:
        """Share of conflicts that are met alike; None where none is answered twice."""
        return round(self.consistent / self.conflicts, _DECIMALS) if self.conflicts else None

    def to_dict(self) -> dict[str, Any]:
        """The score as `--format json` prints it."""
        shares = {"correct": self.correct, "consistency": self.consistency}
        return {**vars(self), "neither": self.neither, **shares}


def check_all(cases: Sequence[Case], answers: Mapping[str, Sequence[Answer]], checker: Checker) -> list[Checked]:
    """What all answers do, in the order of the prompts.

    Raises:
        UsageError: An answer cannot be read.
    """
    return [
        Checked(case, prompt.id, tuple(checker.check(case.check, prompt, one) for one in answers.get(prompt.id, ())))
        for case in cases
        for prompt in case.prompts
    ]


def score(checked: Sequence[Checked]) -> Score:
    """What checked answers come to."""
    judged = [outcome for one in checked if one.case.check.judges for outcome in one.outcomes]
    behaviours = [(one.case.conflict, one.case.id, outcome.behaviour) for one in checked for outcome in one.outcomes]
    alike = _alike(behaviours)
    return Score(
        prompts=len(checked),
        missing=sum(not one.outcomes for one in checked),
        answers=len(behaviours),
        judged=len(judged),
        expected=sum(outcome.verdict == "expected" for outcome in judged),
        forbidden=sum(outcome.verdict == "forbidden" for outcome in judged),
        conflicts=len(alike),
        consistent=sum(alike.values()),
    )


def share_consistent(behaviours: Iterable[tuple[str, str, str]]) -> float:
    """Share of conflicts that are met alike, of (conflict, case, behaviour) for each answer; 0 where none is."""
    alike = _alike(behaviours)
    return sum(alike.values()) / len(alike) if alike else 0.0


def _alike(behaviours: Iterable[tuple[str, str, str]]) -> dict[str, bool]:
    """For each conflict with two answers under one condition, whether all under one condition do the same."""
    of_case: dict[tuple[str, str], list[str]] = defaultdict(list)
    for conflict, case, behaviour in behaviours:
        of_case[conflict, case].append(behaviour)
    alike: dict[str, bool] = {}
    for (conflict, _), found in of_case.items():
        if len(found) > 1:
            alike[conflict] = alike.get(conflict, True) and len(set(found)) == 1
    return alike
