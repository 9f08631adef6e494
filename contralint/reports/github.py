"""The report as GitHub workflow commands, which annotate the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contralint.diagnostics import Diagnostic, Report, Severity
from contralint.escape import visible
from contralint.reports.options import RenderOptions
from contralint.reports.wording import summary_line
from contralint.rulebook import Rule

ANNOTATIONS_KEPT = 10
"""GitHub shows this many annotations of a level from one step, and drops the others without a word."""
MESSAGE_KEPT = 2_000
"""GitHub cuts messages after 4,096 UTF-16 units, of which a character takes up to two."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github_report(report: Report, _rules: Mapping[str, Rule], _options: RenderOptions) -> Iterator[str]:
    """Yields the surest annotations of each level, then how many there are in all."""
    for severity in reversed(Severity):
        found = [one for one in report.diagnostics if one.severity is severity]
        ranked = sorted(found, key=lambda one: one.rank_key)
        yield from (_command(one) for one in ranked[:ANNOTATIONS_KEPT])
        if len(found) > ANNOTATIONS_KEPT:
            more = f"{len(found) - ANNOTATIONS_KEPT} more of severity {severity.value} are not shown as annotations"
            yield f"{more}; the other report formats have them all.\n"
    yield f"contralint: {len(report.diagnostics)} diagnostics in {report.summary.records} records.\n"


def _command(found: Diagnostic) -> str:
    place = found.primary
    properties = {
        "file": place.path,
        "line": str(place.line),
        "col": str(place.column),
        # GitHub ignores columns of an annotation over several lines.
        "endColumn": str(place.end_column if place.end_line == place.line else place.column + 1),
        "title": f"{found.rule} {found.name}",
    }
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[found.severity]} {listed}::{_data(_cropped(summary_line(found)))}\n"


def _cropped(text: str) -> str:
    return text if len(text) <= MESSAGE_KEPT else f"{text[: MESSAGE_KEPT - 3]}..."


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
