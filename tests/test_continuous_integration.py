"""The examples of docs/continuous-integration.md: valid for their hosts, and run in a real repository."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from workflows import ROOT, Runner, check, git, loaded, pull_request, scripts

from contralint.adoption import Package, Repository, workflow
from contralint.cli import cli
from contralint.version import __version__

PAGE = (ROOT / "docs" / "continuous-integration.md").read_text("utf-8")
WITH_ACTION, WITHOUT_ACTION, GITLAB = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
ANYWHERE, ADOPTION = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A merged pull request, with `origin` beside it."""
    work = tmp_path / "work"
    pull_request(work)
    git(tmp_path, "clone", "--quiet", "--bare", str(work), "origin")
    git(work, "remote", "add", "origin", str(tmp_path / "origin"))
    return Runner(work, tmp_path / "runner")


def failures(report: Path) -> list[str | None]:
    return [case.get("classname") for case in ElementTree.parse(report).findall(".//testcase[failure]")]


def test_workflows_are_what_init_writes() -> None:
    assert workflow.text(Repository("https://github.com/OWNER/contralint", f"v{__version__}")) == WITH_ACTION
    assert workflow.text(Package(__version__)) == WITHOUT_ACTION


@pytest.mark.parametrize(
    ("text", "schema"),
    [(WITH_ACTION, "github-workflows"), (WITHOUT_ACTION, "github-workflows"), (GITLAB, "gitlab-ci")],
)
def test_examples_are_valid(text: str, schema: str) -> None:
    check(loaded(text), schema)


def test_the_workflow_reports_what_a_pull_request_brings_in(runner: Runner) -> None:
    install, scan, summary = scripts(loaded(WITHOUT_ACTION))
    written = runner.temporary / "summary.md"
    assert runner.run(install).status == 0
    outcome = runner.run(scan, BASE="HEAD^1")
    assert (outcome.status, outcome.log.count("::error file=data/train.jsonl,line=1,")) == (1, 1)
    assert runner.run(summary, GITHUB_STEP_SUMMARY=str(written)).status == 0
    assert written.read_text("utf-8").startswith("## contralint: 1 diagnostics")
    (found,) = json.loads((runner.workspace / "contralint.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert found["locations"][0]["physicalLocation"]["region"]["startLine"] == 1


def test_the_pipeline_lists_all_and_fails_for_what_is_new(runner: Runner) -> None:
    base = git(runner.workspace, "rev-parse", "HEAD^1")
    statuses = [runner.run(line, CI_MERGE_REQUEST_DIFF_BASE_SHA=base).status for line in scripts(loaded(GITLAB))]
    assert statuses == [0, 0, 1]
    listed = json.loads((runner.workspace / "gl-code-quality-report.json").read_text("utf-8"))
    assert len(listed) == 3
    assert failures(runner.workspace / "contralint.xml") == ["data/train.jsonl:1:44"]


def test_commands_of_any_machine_run(runner: Runner) -> None:
    outcome = runner.run(ANYWHERE)
    assert outcome.status == 1
    assert "error[CL104]" in outcome.log
    assert failures(runner.workspace / "contralint.xml") == ["data/train.jsonl:1:44"]


def test_old_conflicts_are_silent_once_they_are_known(runner: Runner) -> None:
    assert runner.run(ADOPTION).status == 0
    known = runner.run("contralint scan --baseline contralint.baseline.jsonl")
    assert (known.status, "3 diagnostics are known" in known.log) == (0, True)


def test_options_exist() -> None:
    shown = "".join(CliRunner().invoke(cli, [command, "--help"]).output for command in ("scan", "init"))
    own = PAGE.replace("git fetch --quiet", "")
    for option in set(re.findall(r"(?<=[\s`\"])--[a-z]+[a-z-]*", own)):
        assert option in shown, option


def test_links_lead_to_headings() -> None:
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.*)", PAGE, re.MULTILINE)}
    for target in re.findall(r"\]\(#([^)]+)\)", PAGE):
        assert target in headings
