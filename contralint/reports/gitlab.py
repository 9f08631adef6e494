"""The report as a GitLab Code Quality artifact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contralint.diagnostics import Diagnostic, Report, Severity
from contralint.escape import json_text
from contralint.reports.options import RenderOptions
from contralint.reports.wording import summary_line
from contralint.rulebook import Rule

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def gitlab_report(report: Report, _rules: Mapping[str, Rule], _options: RenderOptions) -> Iterator[str]:
    """Yields a JSON array with the keys that GitLab reads; it ignores all others."""
    yield json_text([_entry(found) for found in report.diagnostics], indent=2) + "\n"


def _entry(found: Diagnostic) -> dict[str, Any]:
    return {
        # GitLab links one place of an entry, so the others stand in its text.
        "description": summary_line(found),
        "check_name": f"{found.rule} {found.name}",
        "fingerprint": found.fingerprint,
        "severity": _SEVERITIES[found.severity],
        "location": {"path": found.primary.path, "lines": {"begin": found.primary.line}},
    }
