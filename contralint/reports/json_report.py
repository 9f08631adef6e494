"""The report as one JSON document; `schema/report.schema.json` describes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contralint.diagnostics import Report
from contralint.escape import json_text
from contralint.reports.options import RenderOptions
from contralint.rulebook import Rule


def json_report(report: Report, _rules: Mapping[str, Rule], _options: RenderOptions) -> Iterator[str]:
    """Yields `report.to_dict()` as indented JSON."""
    yield json_text(report.to_dict(), indent=2) + "\n"
