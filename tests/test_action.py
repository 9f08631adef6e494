"""The GitHub Action, as far as it can be tested without GitHub: its form, and its script in a real repository."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from workflows import ROOT, Outcome, Runner, check, filled, git, loaded, pull_request, scripts, used_actions

TEXT = (ROOT / "action.yml").read_text("utf-8")
ACTION = loaded(TEXT)
SCAN = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "scan")
DEFAULTS = {f"inputs.{name}": said["default"] for name, said in ACTION["inputs"].items()}
NO_EVENT = dict.fromkeys(
    ("github.event.pull_request.base.sha", "github.event.merge_group.base_sha", "github.event.pull_request.head.sha"),
    "",
)


@dataclass(frozen=True)
class Scan:
    """What the scanning step left behind."""

    outcome: Outcome
    sarif: dict[str, Any]
    summary: str
    outputs: str

    @property
    def lines(self) -> list[str]:
        """Where each result stands."""
        found = [result["locations"][0]["physicalLocation"] for result in self.sarif["runs"][0]["results"]]
        return [f"{place['artifactLocation']['uri']}:{place['region']['startLine']}" for place in found]


@dataclass(frozen=True)
class Checkout:
    """A pull request that is checked out, and a runner for it."""

    runner: Runner
    base: str
    head: str

    def scan(self, **values: str) -> Scan:
        """Runs the step, with inputs by their names and the event by `pull_request`."""
        event = dict(NO_EVENT)
        if values.pop("event", "pull_request") == "pull_request":
            event |= {"github.event.pull_request.base.sha": self.base, "github.event.pull_request.head.sha": self.head}
        inputs = {f"inputs.{name.replace('_', '-')}": value for name, value in values.items()}
        environment = {name: filled(value, {**DEFAULTS, **event, **inputs}) for name, value in SCAN["env"].items()}
        files = {name: self.runner.temporary / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("", "utf-8")
        log = self.runner.temporary / "contralint.sarif"
        log.unlink(missing_ok=True)
        outcome = self.runner.run(SCAN["run"], **environment, **{name: str(file) for name, file in files.items()})
        return Scan(
            outcome,
            json.loads(log.read_text("utf-8")) if log.exists() else {},
            files["GITHUB_STEP_SUMMARY"].read_text("utf-8"),
            files["GITHUB_OUTPUT"].read_text("utf-8"),
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    base, head = pull_request(tmp_path / "work")
    return Checkout(Runner(tmp_path / "work", tmp_path / "runner"), base, head)


def test_it_is_an_action() -> None:
    check(ACTION, "github-actions")
    with pytest.raises(jsonschema.ValidationError):
        check({**ACTION, "runs": {"using": "composite"}}, "github-actions")


def test_no_value_is_pasted_into_a_script() -> None:
    run = list(scripts(ACTION))
    assert len(run) == 3
    assert not [script for script in run if "${{" in script]


def test_what_it_uses_is_pinned() -> None:
    used = list(used_actions(ACTION))
    assert len(used) == 4
    assert not [name for name in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name)]


def test_every_input_is_used_and_documented() -> None:
    page = (ROOT / "docs" / "continuous-integration.md").read_text("utf-8")
    for name, said in ACTION["inputs"].items():
        assert f"inputs.{name} " in TEXT or f"inputs.{name} }}" in TEXT, name
        assert f"| `{name}` | {said['description']} | `{said['default']}` |".replace("| `` |", "| |") in page


def test_a_pull_request_is_told_of_what_it_brings_in(checkout: Checkout) -> None:
    scan = checkout.scan()
    assert scan.lines == ["data/train.jsonl:1"]
    (result,) = scan.sarif["runs"][0]["results"]
    related = result["relatedLocations"][0]["physicalLocation"]
    assert (related["artifactLocation"]["uri"], related["region"]["startLine"]) == ("data/train.jsonl", 4)
    assert scan.summary.startswith("## contralint: 1 diagnostics")
    assert (scan.outcome.status, scan.outputs.splitlines()[0]) == (0, "status=1")


def test_records_give_the_runner_no_commands(checkout: Checkout) -> None:
    log = checkout.scan(paths="data\n").outcome.log.splitlines()
    token = log[0].removeprefix("::stop-commands::")
    assert re.fullmatch(r"[0-9a-f]{32}", token)
    assert log[-1] == f"::{token}::"
    assert any("error[CL104]" in line for line in log[1:-1])


def test_a_push_is_scanned_whole_and_annotated_where_nothing_is_uploaded(checkout: Checkout) -> None:
    scan = checkout.scan(event="push", paths="data", upload="false", args="--select=CL104\n\n--min-confidence=0.1")
    assert len(scan.lines) == 3
    assert [line.split("::")[1].split(" ")[0] for line in scan.outcome.log.splitlines()[:3]] == ["error"] * 3


def test_inputs_are_words_and_nothing_else(checkout: Checkout) -> None:
    scan = checkout.scan(paths="$(touch broken)\n-x; touch broken", args="--select=`touch broken`")
    assert scan.outcome.status == 2
    assert not (checkout.runner.workspace / "broken").exists()
    assert scan.outputs == ""


def test_a_head_that_is_checked_out_alone_is_compared_with_where_it_parted(checkout: Checkout) -> None:
    git(checkout.runner.workspace, "checkout", "--quiet", checkout.head)
    assert checkout.scan(fail_on="never").lines == ["data/train.jsonl:1"]


def test_a_base_that_is_not_there_is_an_error(checkout: Checkout, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{checkout.runner.workspace}", "shallow")
    scan = Checkout(Runner(tmp_path / "shallow", tmp_path / "other"), checkout.base, checkout.head).scan()
    assert scan.outcome.status == 2
    assert scan.outcome.log.startswith("::error title=contralint::")
    assert "fetch-depth" in scan.outcome.log
