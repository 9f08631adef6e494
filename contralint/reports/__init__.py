"""Reports: what was found, for people, for machines and for the hosts of code; one file a format."""

from __future__ import annotations

from contralint.reports.github import github_report
from contralint.reports.gitlab import gitlab_report
from contralint.reports.html import html_report
from contralint.reports.json_report import json_report
from contralint.reports.jsonl_report import jsonl_report
from contralint.reports.junit import junit_report
from contralint.reports.markdown import markdown_report
from contralint.reports.options import RenderOptions, Reporter
from contralint.reports.sarif import sarif_report
from contralint.reports.text import text_report

REPORTERS: dict[str, Reporter] = {
    "text": text_report,
    "json": json_report,
    "jsonl": jsonl_report,
    "sarif": sarif_report,
    "github": github_report,
    "gitlab": gitlab_report,
    "junit": junit_report,
    "markdown": markdown_report,
    "html": html_report,
}

__all__ = ["REPORTERS", "RenderOptions", "Reporter"]
