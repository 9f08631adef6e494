"""Reports: what was found, as text for people and as JSON for machines; one file a format."""

from __future__ import annotations

from contralint.reports.json_report import json_report
from contralint.reports.jsonl_report import jsonl_report
from contralint.reports.options import RenderOptions, Reporter
from contralint.reports.sarif import sarif_report
from contralint.reports.text import text_report

REPORTERS: dict[str, Reporter] = {
    "text": text_report,
    "json": json_report,
    "jsonl": jsonl_report,
    "sarif": sarif_report,
}

__all__ = ["REPORTERS", "RenderOptions", "Reporter"]
