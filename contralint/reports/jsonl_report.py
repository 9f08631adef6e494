"""The diagnostics as JSON, one a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contralint.diagnostics import Report
from contralint.escape import json_text
from contralint.reports.options import RenderOptions
from contralint.rulebook import Rule


def jsonl_report(report: Report, _rules: Mapping[str, Rule], _options: RenderOptions) -> Iterator[str]:
    """Yields each diagnostic as the JSON report has it."""
    for diagnostic in report.diagnostics:
        yield json_text(diagnostic.to_dict()) + "\n"
