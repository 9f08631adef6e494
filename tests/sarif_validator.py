"""SARIF as Microsoft's validator sees it, by the standard's rules and by those of GitHub: run by `make test-sarif`."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from report_samples import NOTHING, RULES, SAMPLE, crowd

from contralint import Report
from contralint.cli import main
from contralint.reports import RenderOptions
from contralint.reports.sarif import RESULTS_KEPT, sarif_report

ROOT = Path(__file__).parent.parent
PACKAGES = ROOT / ".ci" / "sarif" / "node_modules" / "@microsoft"
TAKEN = 10_000_000  # bytes of gzip that GitHub takes
COMPLAINT = re.compile(r"(?:error|warning) (?:[A-Z]+\d+.*)")


def complaints(log: Path) -> list[str]:
    """What the validator finds wrong, or worth a warning, with its default rules and those of GitHub."""
    (program,) = PACKAGES.glob("sarif-multitool-*/Sarif.Multitool")
    largest = str(log.stat().st_size // 1024 + 1)
    options = ["--rule-kind", "Sarif;Ghas", "--max-file-size-in-kb", largest]
    # .NET asks for ICU, which small machines lack.
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    run = subprocess.run([program, "validate", log, *options], env=environment, capture_output=True, text=True)
    assert "1 files scanned" in run.stdout, run.stdout + run.stderr
    return [*COMPLAINT.findall(run.stdout + run.stderr), *([] if run.returncode == 0 else [run.stdout])]


def written(report: Report, path: Path) -> Path:
    path.write_text("".join(sarif_report(report, RULES, RenderOptions())), "utf-8")
    return path


def run_of(log: Path) -> dict[str, Any]:
    return dict(json.loads(log.read_text("utf-8"))["runs"][0])


def test_the_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    log = json.loads(written(SAMPLE, tmp_path / "good.sarif").read_text("utf-8"))
    del log["runs"][0]["tool"]["driver"]["informationUri"]
    log["runs"][0]["results"][0]["locations"] = []
    (tmp_path / "bad.sarif").write_text(json.dumps(log), "utf-8")
    found = " ".join(complaints(tmp_path / "bad.sarif"))
    assert "SARIF2005" in found
    assert "GH1015" in found


@pytest.mark.parametrize("report", [SAMPLE, NOTHING], ids=["hard texts", "nothing"])
def test_reports_pass(report: Report, tmp_path: Path) -> None:
    assert complaints(written(report, tmp_path / "report.sarif")) == []


def test_the_fixtures_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    log = tmp_path / "fixtures.sarif"
    scan = ["scan", "fixtures/", "--against", "fixtures/evaluation/", "--format", "sarif", "--output", str(log)]
    assert main([*scan, "--exit-zero"]) == 0
    assert run_of(log)["results"]
    assert complaints(log) == []


def test_more_than_github_keeps_passes_with_the_gravest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = [{"instruction": f"Describe item {number}.", "output": ""} for number in range(RESULTS_KEPT + 200)]
    twice = [{"text": f"Sample {number // 2} arrived.", "label": "ok"} for number in range(200)]
    rows = "".join(json.dumps(row) + "\n" for row in [*twice, *empty])
    (tmp_path / "rows.jsonl").write_text(rows, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["scan", "rows.jsonl", "--format", "sarif", "--output", "rows.sarif", "--exit-zero"]) == 0
    run = run_of(Path("rows.sarif"))
    assert {result["ruleId"] for result in run["results"]} == {"CL003"}
    assert len(run["results"]) == RESULTS_KEPT
    told = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert told.startswith(f"Only the {RESULTS_KEPT} gravest of {RESULTS_KEPT + 300} diagnostics")
    assert complaints(Path("rows.sarif")) == []


def test_large_groups_fit_what_github_takes(tmp_path: Path) -> None:
    report = crowd(2_500, members=100)
    log = written(report, tmp_path / "large.sarif")
    assert TAKEN * 0.8 < len(gzip.compress(log.read_bytes(), 6)) <= TAKEN
    assert 0 < len(run_of(log)["results"]) < len(report.diagnostics)
