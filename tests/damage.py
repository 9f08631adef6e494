"""Rows to damage, and scans of what is damaged."""

from __future__ import annotations

from pathlib import Path

from linting import linter

from contralint import Report

GOOD = '{"instruction": "Name a season.", "output": "Winter."}\n'
OTHER = '{"question": "How many legs has a spider?", "answer": "Eight."}\n'


def adds_up(report: Report) -> bool:
    summary = report.summary
    reported = sum(found.rule in ("CL001", "CL002") for found in report.diagnostics)
    return summary.rows == summary.records + summary.unread and summary.unread == reported


def scan(*paths: str | Path) -> Report:
    """A scan for bad rows alone: no model is needed."""
    return linter(select=["CL0"]).lint_paths(paths)
