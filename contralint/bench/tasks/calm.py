"""Data in which nobody expects a conflict: nearly everything that is reported there is a false alarm."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from contralint.bench.cases import Case
from contralint.bench.measurement import Measurement, Mistake, Table
from contralint.bench.tasks.flips import SOURCES
from contralint.diagnostics import Diagnostic, Severity
from contralint.linter import Linter
from contralint.progress import Progress

FORM = 'rows of any known shape that should be clean; where they have a "model" (or --by KEY), each is a dataset'


def measure(linter: Linter, cases: Sequence[Case], by: str | None, progress: Progress) -> Measurement:
    """Scans each source as a dataset of its own; conflicts between records count, notes do not."""
    by_source: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_source[case.group(*((by,) if by else SOURCES))].append(case)
    progress.stage("scanning sources", len(by_source))
    found: dict[str, list[Diagnostic]] = {}
    notes: list[str] = []
    for source in sorted(by_source):
        report = linter.lint_rows([case.data for case in by_source[source]])
        notes += report.summary.notes
        found[source] = [one for one in report.diagnostics if len(one.sides) > 1 and one.severity is not Severity.NOTE]
        progress.advance(1)
    rates = {source: 1000 * len(listed) / len(by_source[source]) for source, listed in found.items()}
    rules = Counter((one.rule, one.name) for listed in found.values() for one in listed)
    sources = tuple((source, len(by_source[source]), len(found[source]), rates[source]) for source in found)
    return Measurement(
        "calm",
        files=tuple(dict.fromkeys(case.path for case in cases)),
        figures={
            "records": len(cases),
            "datasets": len(found),
            "reported": rules.total(),
            "per_1000_records": sum(rates.values()) / len(rates),
            "worst": max(rates.values()),
        },
        tables=(
            Table("sources", "by source", ("source", "records", "reported", "per_1000_records"), sources),
            Table(
                "rules", "by rule", ("rule", "name", "reported"), tuple((*key, n) for key, n in sorted(rules.items()))
            ),
        ),
        mistakes=tuple(_mistake(by_source[source], one) for source, listed in found.items() for one in listed),
        notes=tuple(notes),
    )


def _mistake(cases: Sequence[Case], found: Diagnostic) -> Mistake:
    first, second = (cases[side.members[0].index] for side in found.sides[:2])
    return Mistake(first, f"and {second.path}:{second.line}: {found.message}", "nothing", f"{found.rule} {found.name}")
