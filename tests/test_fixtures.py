"""The example datasets: what a scan finds in them and what it leaves alone, and each format byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from linting import linter, members, shared_rules

from contralint import Report
from contralint.cli import main
from contralint.readers import discover, read
from contralint.reports import REPORTERS, RenderOptions

if TYPE_CHECKING:
    from conftest import Snapshots

ROOT = Path(__file__).parent.parent
# Rule to the lines of each conflict; whatever is not named here must stay silent.
EXPECTED: dict[str, dict[str, list[set[int]]]] = {
    "assistant.jsonl": {
        "CL201": [{13, 15}],
        "CL202": [{17, 18}],
        "CL301": [{8, 9}],
        "CL302": [{1, 3, 5, 6, 19}],
        "CL303": [{10, 11}],
        "CL304": [{38, 39}],
    },
    "instructions.json": {
        "CL003": [{156}],
        "CL004": [{10, 184}],
        "CL101": [{6, 18}, {30, 36}],
        "CL102": [{54, 60}],
        "CL103": [{66, 72}],
        "CL801": [{192, 1}],
    },
    "tickets.csv": {"CL104": [{2, 5}]},
    "conversations.jsonl.gz": {"CL201": [{1, 2}]},
    "preferences.jsonl": {
        "CL103": [{1, 2}],
        "CL701": [{14, 15}],
        "CL702": [{19, 20, 21}],
        "CL703": [{22, 23}],
        "CL704": [{27}],
    },
    "evaluation/held-out.jsonl": {},
    "form.jsonl": {
        "CL501": [{1, 2, 4}],
        "CL502": [{6, 7}],
        "CL601": [{12}, {13}, {14}],
        "CL602": [{19}, {20}],
        "CL603": [{23}, {24}],
    },
    "tools.jsonl": {
        "CL401": [{1, 2}],
        "CL402": [{8, 9}, {10, 11}],
        "CL403": [{13, 14}],
        "CL404": [{16, 17}],
        "CL405": [{19, 20}],
    },
    "damaged.jsonl": {"CL001": [{2}, {6}, {8}], "CL002": [{3}, {7}]},
}
SUFFIXES = {
    "text": "txt",
    "json": "json",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "junit": "xml",
    "markdown": "md",
}


@pytest.fixture(autouse=True)
def root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@cache
def report() -> Report:
    return linter(against=["fixtures/evaluation"]).lint_paths(["fixtures"])


def conflicts(name: str) -> Iterator[tuple[str, set[int]]]:
    for found in report().diagnostics:
        if found.primary.path == f"fixtures/{name}":
            yield found.rule, {place.line for place in members(found)}


def test_every_file_is_expected() -> None:
    assert {Path(file).relative_to("fixtures").as_posix() for file in discover(["fixtures"])} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_conflicts_are_found_and_near_misses_are_not(name: str) -> None:
    expected = [(rule, lines) for rule, all_lines in EXPECTED[name].items() for lines in all_lines]
    assert sorted(conflicts(name), key=str) == sorted(expected, key=str)


def test_no_conflict_leaves_its_file_but_for_the_evaluation_split() -> None:
    for found in report().diagnostics:
        if found.rule == "CL801":
            continue
        assert len({place.path for place in members(found)}) == 1


def test_every_rule_is_shown() -> None:
    shown = {found.rule for found in report().diagnostics}
    assert shown == {key for key, rule in shared_rules().items() if rule.default}


def test_rules_that_are_off_are_shown_once_they_are_on() -> None:
    off = [key for key, rule in shared_rules().items() if not rule.default]
    found = linter(select=off).lint_paths(["fixtures/form.jsonl"]).diagnostics
    assert [(one.rule, {place.line for place in members(one)}) for one in found] == [("CL503", {10, 11})]


def test_all_rows_are_counted() -> None:
    summary = report().summary
    assert summary.files == len(EXPECTED)
    assert summary.rows == sum(1 for name in EXPECTED for _ in read(f"fixtures/{name}")) <= 260
    assert summary.unread == 5


def test_the_pair_that_the_manual_shows() -> None:
    (found,) = [one for one in report().diagnostics if one.rule == "CL302"]
    said = {
        side.label: [place.snippet[place.mark_start : place.mark_end] for place in side.members] for side in found.sides
    }
    assert "I don't have a body" in said["denies: embodiment"]
    assert any("alarm is set for 7:00" in words for words in said["exercises: device control"])


@pytest.mark.parametrize("name", SUFFIXES)
def test_output_is_as_recorded(name: str, snapshots: Snapshots) -> None:
    printed = "".join(REPORTERS[name](report(), shared_rules(), RenderOptions()))
    snapshots.check(f"fixtures.{SUFFIXES[name]}", printed)


def test_the_demo_prints_what_is_recorded(snapshots: Snapshots, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "fixtures/", "--against", "fixtures/evaluation/", "--exit-zero", "--isolated"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    snapshots.check("fixtures.txt", shown.out)


def test_sarif_and_json_tell_the_same() -> None:
    printed = {name: "".join(REPORTERS[name](report(), shared_rules(), RenderOptions())) for name in REPORTERS}
    told: Any = json.loads(printed["json"])["diagnostics"]
    assert [json.loads(line) for line in printed["jsonl"].splitlines()] == told
    results = json.loads(printed["sarif"])["runs"][0]["results"]
    assert sorted(result["ruleId"] for result in results) == sorted(found["rule"] for found in told)
