"""The report as one page for a browser, which holds all that it needs and asks no network for more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contralint.diagnostics import Report
from contralint.reports.options import RenderOptions
from contralint.rulebook import Rule


def html_report(report: Report, rules: Mapping[str, Rule], _options: RenderOptions) -> Iterator[str]:
    """Yields a page: what was found in numbers and pictures, then every conflict, the gravest first."""
    from contralint.reports.html.page import page

    yield page(report, rules)
