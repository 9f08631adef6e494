"""What a team does: put a dataset under contralint, be stopped at a contradicting row, and be told of it in review."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from linting import Data, alpaca
from repositories import Repository, install_script

OLD = [
    alpaca("What is the capital of Australia?", "Canberra."),
    alpaca("Who wrote the novel Emma?", "Jane Austen wrote it."),
    alpaca("What is the capital of Australia?", "Sydney."),
    alpaca("Can penguins fly?", "No."),
    alpaca("Can penguins fly?", "Yes, they can."),
    alpaca("Is the Moon larger than the Earth?", "No, the Earth is larger."),
    alpaca("How many legs does a spider have?", "A spider has 8 legs."),
]
WRONG = alpaca("How many legs does a spider have?", "A spider has 6 legs.")
RIGHT = alpaca("How many legs does a spider have?", "It has 8 legs.")
HARMLESS = alpaca("Which river flows through Vienna?", "The Danube.")
TRAIN = "data/train.jsonl"


@pytest.fixture(params=["script", pytest.param("pre-commit", marks=pytest.mark.hook)])
def adopt(request: pytest.FixtureRequest) -> Callable[[Repository], None]:
    """Sets a repository up by `contralint init`, and its hook as this says."""
    if request.param == "script":
        return by_script
    checkout: Repository = request.getfixturevalue("checkout")
    return lambda repository: by_pre_commit(repository, checkout)


def by_script(repository: Repository) -> None:
    assert repository.contralint("init").passed
    install_script(repository)


def by_pre_commit(repository: Repository, checkout: Repository) -> None:
    source = ["--repo", checkout.root.as_uri(), "--rev", checkout.git("rev-parse", "HEAD").strip()]
    assert repository.contralint("init", *source).passed
    repository.settings |= checkout.settings
    assert repository.run([sys.executable, "-m", "pre_commit", "install"]).passed


def test_a_team_adopts_contralint(tmp_path: Path, adopt: Callable[[Repository], None]) -> None:
    dataset = Repository.init(tmp_path / "dataset")
    dataset.write(TRAIN, *OLD)
    assert dataset.commit_all().passed

    adopt(dataset)
    assert reported(dataset.contralint("scan").output) == [("CL101", 1), ("CL102", 4)]
    assert "2 diagnostics known, 2 of them new" in dataset.contralint("baseline").output
    assert dataset.contralint("scan").passed
    assert dataset.commit_all().passed
    adopted = dataset.commits()

    dataset.write(TRAIN, HARMLESS, *OLD, WRONG)
    stopped = dataset.commit_all()
    assert reported(stopped.output) == [("CL103", 9)]
    assert f"::: {TRAIN}:8" in stopped.output
    assert dataset.commits() == adopted

    dataset.write(TRAIN, HARMLESS, *OLD, RIGHT)
    assert dataset.commit_all().passed
    assert dataset.commits() == adopted + 1

    dataset.git("switch", "--quiet", "--create", "topic")
    dataset.write(TRAIN, HARMLESS, *OLD[:3], WRONG, *OLD[3:], RIGHT)
    dataset.git("add", "--all")
    assert dataset.commit("--no-verify").passed
    [result] = review(dataset)
    assert result["ruleId"] == "CL103"
    assert lines(result["locations"]) == [(TRAIN, 5)] == added(dataset)
    assert lines(result["relatedLocations"]) == [(TRAIN, 9), (TRAIN, 10)]

    dataset.write(TRAIN, HARMLESS, *OLD, RIGHT)
    assert dataset.commit_all().passed
    assert review(dataset) == []


def reported(output: str) -> list[tuple[str, int]]:
    """The rule and line of each diagnostic."""
    return [
        (rule, int(line)) for line, rule in re.findall(rf"^{TRAIN}:(\d+):\d+: error\[(\w+)\]", output, re.MULTILINE)
    ]


def review(dataset: Repository) -> list[Data]:
    """The results of a pull request."""
    outcome = dataset.contralint("scan", "--diff", "main", "--format", "sarif", "--output", "report.sarif")
    report = dataset.root / "report.sarif"
    [run] = json.loads(report.read_text(encoding="utf-8"))["runs"]
    report.unlink()
    results: list[Data] = run["results"]
    assert outcome.passed is not bool(results), outcome.output
    return results


def lines(locations: list[Data]) -> list[tuple[str, int]]:
    places = [location["physicalLocation"] for location in locations]
    return [(place["artifactLocation"]["uri"], place["region"]["startLine"]) for place in places]


def added(dataset: Repository) -> list[tuple[str, int]]:
    """The lines that the branch adds, as git tells them."""
    hunks = re.findall(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", dataset.git("diff", "--unified=0", "main"), re.MULTILINE)
    return [(TRAIN, line) for first, count in hunks for line in range(int(first), int(first) + int(count or 1))]
