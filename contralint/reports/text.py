"""The report as compilers print: each diagnostic with its sides, the words that show them, and a way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contralint.counting import number_of
from contralint.diagnostics import Report, Severity, Summary
from contralint.escape import visible
from contralint.reports.block import block
from contralint.reports.options import RenderOptions
from contralint.reports.palette import SEVERITY
from contralint.reports.sources import source_table
from contralint.reports.statistics import statistics_table
from contralint.rulebook import Rule


def text_report(report: Report, rules: Mapping[str, Rule], options: RenderOptions) -> Iterator[str]:
    """Yields each diagnostic and a blank line (or, with statistics, the table of rules), then the summary if wanted."""
    if options.statistics:
        yield from statistics_table(report, options)
    else:
        for diagnostic in report.diagnostics:
            yield "\n".join(block(diagnostic, rules[diagnostic.rule], options)) + "\n\n"
    if not options.summary:
        return
    yield _summary(report.summary) + "\n"
    yield from source_table(report.summary)
    for note in report.summary.notes:
        yield f"{options.paint('note', SEVERITY[Severity.NOTE])}: {visible(note)}\n"


def _summary(summary: Summary) -> str:
    scope = f"in {number_of(summary.records, 'record')} of {number_of(summary.files, 'file')}"
    unread = f", {number_of(summary.unread, 'row')} unread" if summary.unread else ""
    if not summary.diagnostics:
        return f"No contradictions found {scope}{unread}."
    severities = ", ".join(number_of(count, level) for level, count in summary.by_severity.items())
    return f"Found {number_of(summary.diagnostics, 'diagnostic')} ({severities}) {scope}{unread}."
