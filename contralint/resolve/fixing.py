"""From a scan to a fix: conflicts are settled, the settlements planned, and the plan shown or carried out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from contralint.baseline import Baseline
from contralint.config import DECISIONS_FILE, Config
from contralint.decision import Decision
from contralint.decisions import Decisions, Resolved
from contralint.diagnostics import Diagnostic
from contralint.linter import Linter
from contralint.progress import Progress
from contralint.readers import discover, state_of
from contralint.resolve.consequences import consequences
from contralint.resolve.edits import Editor
from contralint.resolve.guard import Guard, check_given
from contralint.resolve.newest import FieldAges, GitAges
from contralint.resolve.plan import Left, Plan, Planner
from contralint.resolve.ranking import SourceRanks
from contralint.resolve.rows import Rows
from contralint.resolve.settling import Settlement, Settler
from contralint.resolve.strategy import Method, Scales, UnsettledError


@dataclass(frozen=True)
class Fix:
    """A fix that is ready to be shown or carried out.

    Attributes:
        plan: What is to be done.
        rows: The rows of all conflicts, as they were read.
        states: What each file that changes was when it was read.
        decisions: Decisions to add.
        decisions_file: The file that they go to.
        undecided: Conflicts that nothing is for.
        notes: What the reader should know.
    """

    plan: Plan
    rows: Rows
    states: dict[str, tuple[int, ...]]
    decisions: tuple[Decision, ...]
    decisions_file: Path
    undecided: tuple[Diagnostic, ...]
    notes: tuple[str, ...] = ()


def fix(config: Config, paths: Sequence[str], method: Method, progress: Progress | None = None) -> Fix:
    """Scans and plans.

    Raises:
        UsageError: As `Linter.lint_paths`; or something that is named cannot be fixed.
    """
    check_given(paths)
    files = discover(paths)
    states = {path: state_of(path) for path in files}
    # All conflicts are looked at: what is decided is carried out, what the baseline knows is left.
    everything = msgspec.structs.replace(config, decisions=None, baseline=None, min_confidence=0.0)
    linter = Linter(everything, progress=progress)
    conflicts = _Conflicts.of(linter.lint_paths(paths).diagnostics, config, method)
    rows = Rows.of([*(one.diagnostic for one in conflicts.decided), *conflicts.undecided], linter.intake)
    guard = Guard(paths, frozenset(discover(config.against)))
    copies = [rule.id for rule in linter.rules.values() if rule.kind == "duplicate"]
    settler = Settler(method, _scales(method, rows), rows, guard.evaluation, copies)
    settled, left = _settled(settler, conflicts)
    plan = Planner(Editor(rows, config.map, method.weight, method.column), guard.refusal).plan(settled, left)
    return Fix(
        plan=plan,
        rows=rows,
        states={path: states[path] for path in plan.changes},
        decisions=tuple(consequences(plan, rows, method)),
        decisions_file=Path(config.decisions or DECISIONS_FILE),
        undecided=conflicts.beyond,
        notes=linter.models.take_notes(),
    )


@dataclass(frozen=True)
class _Conflicts:
    """Diagnostics by what settles them.

    Attributes:
        decided: By a decision.
        undecided: By the strategy.
        beyond: By nothing, though they are severe enough.
    """

    decided: tuple[Resolved, ...]
    undecided: tuple[Diagnostic, ...]
    beyond: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, diagnostics: Sequence[Diagnostic], config: Config, method: Method) -> _Conflicts:
        decisions = Decisions.read(Path(config.decisions)) if config.decisions else Decisions(())
        checked = decisions.check(diagnostics)
        meant = [one for one in checked.undecided if one.confidence >= config.min_confidence]
        if config.baseline:
            meant = list(Baseline.read(Path(config.baseline)).check(meant).new)
        meant = [one for one in meant if one.severity.rank >= method.severity.rank]
        asked = method.strategy != "keep-chosen-side"
        resolved = tuple(one for one in checked.resolved if one.decision.decision != "not-a-conflict")
        return cls(resolved, tuple(meant if asked else ()), tuple(() if asked else meant))


def _scales(method: Method, rows: Rows) -> Scales:
    ages = FieldAges(method.newest_by, rows) if method.newest_by else GitAges(rows)
    return Scales(ages, SourceRanks(method.sources, rows))


def _settled(settler: Settler, conflicts: _Conflicts) -> tuple[list[Settlement], list[Left]]:
    settled: list[Settlement] = []
    left: list[Left] = []
    tries = [(one.diagnostic, partial(settler.decided, one.diagnostic, one.decision)) for one in conflicts.decided]
    tries += [(found, partial(settler.by_strategy, found)) for found in conflicts.undecided]
    for found, settle in tries:
        outcome = _tried(found, settle)
        if isinstance(outcome, Left):
            left.append(outcome)
        else:
            settled.append(outcome)
    return settled, left


def _tried(found: Diagnostic, settle: Callable[[], Settlement]) -> Settlement | Left:
    try:
        return settle()
    except UnsettledError as error:
        return Left(found, str(error))
