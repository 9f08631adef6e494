"""Diagnostics counted by rule (`--statistics`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from contralint.diagnostics import Report, Severity
from contralint.reports.options import RenderOptions


def statistics_table(report: Report, options: RenderOptions) -> Iterator[str]:
    """Yields a line a rule: count, ID, name, and the severities found; most frequent first."""
    counts = Counter((found.rule, found.name) for found in report.diagnostics)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    digits = max((len(str(count)) for count in counts.values()), default=0)
    letters = max((len(name) for _, name in counts), default=0)
    for (rule, name), count in ranked:
        severities = _severities(report, rule)
        yield f"{count:>{digits}}  {options.paint(rule, 'bold')}  {name:<{letters}}  {severities}\n"


def _severities(report: Report, rule: str) -> str:
    """A rule may lower its severity by confidence, so that several are found."""
    found = {diagnostic.severity for diagnostic in report.diagnostics if diagnostic.rule == rule}
    return ", ".join(level.value for level in reversed(Severity) if level in found)
