"""The whole linter on small datasets: is a conflict reported where there is one, and only there?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contralint.bench.cases import Case
from contralint.bench.measurement import Measurement, Table
from contralint.bench.scoring import (
    Scored,
    Words,
    bins_of,
    family_tables,
    figures,
    mistakes,
    reliability_table,
    threshold_table,
)
from contralint.bench.tasks.pairs import FAMILY
from contralint.diagnostics import Severity
from contralint.linter import Linter
from contralint.progress import Progress

FORM = '{"case", "family", "label": "conflict"|"ok", "records": [row, ...]}, and "rule" where one must report it'
WORDS = Words("conflict", "ok")
_LABELS = {"conflict": "conflict", "ok": "ok"}


@dataclass(frozen=True)
class _Outcome:
    """A case, the rules that reported it with more than a note, and how sure the surest was.

    Attributes:
        wanted: The rule that should; "" for any.
    """

    case: Case
    conflict: bool
    wanted: str
    rules: tuple[str, ...]
    confidence: float


def fits(data: Mapping[str, Any]) -> bool:
    """Whether a row is for this task."""
    return "records" in data and "label" in data


def measure(linter: Linter, cases: Sequence[Case], by: str | None, progress: Progress) -> Measurement:
    """Scans the records of each case as a dataset of its own."""
    labelled = [(case, case.word("label", _LABELS) == "conflict", case.rows("records")) for case in cases]
    progress.stage("scanning cases", len(cases))
    outcomes: list[_Outcome] = []
    notes: list[str] = []
    for case, conflict, rows in labelled:
        report = linter.lint_rows(rows)
        notes += report.summary.notes
        found = [one for one in report.diagnostics if one.severity is not Severity.NOTE]
        confidence = max((one.confidence for one in found), default=0.0)
        rules = tuple(sorted({one.rule for one in found}))
        outcomes.append(_Outcome(case, conflict, case.group("rule"), rules, confidence))
        progress.advance(1)
    scored = [_scored(outcome, by or FAMILY) for outcome in outcomes]
    bins = bins_of([one for one in scored if one.said])
    return Measurement(
        "behaviour",
        files=tuple(dict.fromkeys(case.path for case in cases)),
        figures=figures(scored, WORDS, bins),
        tables=(
            threshold_table(scored, "the confidence"),
            *family_tables(scored, by or FAMILY),
            _rules(outcomes),
            reliability_table(bins),
        ),
        mistakes=mistakes(scored, WORDS),
        reliability=bins,
        notes=tuple(notes),
    )


def _scored(outcome: _Outcome, by: str) -> Scored:
    case = outcome.case
    found = f"{', '.join(outcome.rules)} ({outcome.confidence:.2f})" if outcome.rules else "nothing reported"
    name = case.name(*(str(row) for row in case.data["records"]))
    said = bool(outcome.rules)
    return Scored(case, name, outcome.conflict, said, outcome.confidence, case.group(by), found)


def _rules(outcomes: Sequence[_Outcome]) -> Table:
    """Which rules reported, and where they should have; a case that names no rule may be reported by any."""
    names = {rule for outcome in outcomes for rule in outcome.rules}
    names |= {outcome.wanted for outcome in outcomes if outcome.wanted and outcome.conflict}
    rows = []
    for rule in sorted(names):
        reported = [outcome for outcome in outcomes if rule in outcome.rules]
        right = sum(outcome.conflict and outcome.wanted in ("", rule) for outcome in reported)
        missed = sum(o.conflict and o.wanted == rule and rule not in o.rules for o in outcomes)
        precision = right / len(reported) if reported else None
        rows.append((rule, len(reported), right, len(reported) - right, missed, precision))
    columns = ("rule", "reported", "right", "wrong", "missed", "precision")
    return Table("rules", "by rule", columns, tuple(rows))
