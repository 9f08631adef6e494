"""What real users ask weighs conflicts: which requests count for which, and how reports rank and tell it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from linting import alpaca, linter, shared_rules, write
from report_samples import RULES, SAMPLE

from contralint import Config, Linter, Report
from contralint.cli import main
from contralint.diagnostics import Diagnostic, Severity, Weight
from contralint.errors import UsageError
from contralint.models.encoder import HashEncoder
from contralint.neighbours.collapse import collapse
from contralint.reports import REPORTERS, RenderOptions
from contralint.reports.wording import percent
from contralint.traffic import Log
from contralint.traffic.weighing import near_counts

SPIDER, TABLES = "How many legs does a spider have?", "Can I use nested tables?"
ROWS = [
    alpaca(TABLES, "Yes, nested tables are supported."),
    alpaca(TABLES, "No, nested tables are not supported."),
    alpaca(SPIDER, "8 legs."),
    alpaca(SPIDER, "6 legs."),
]
PROMPTS = [SPIDER, "How many legs do spiders have?", "how many legs does a spider have", TABLES, "What's the weather?"]


def log_of(prompts: Sequence[str]) -> Log:
    found = collapse(prompts)
    return Log(found.unique, np.bincount(found.member_of, minlength=len(found.unique)).astype(np.int64))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "train.jsonl", ROWS)
    (tmp_path / "log.txt").write_text("\n".join(PROMPTS))
    return tmp_path


def weights(report: Report) -> dict[str, float | None]:
    return {found.rule: found.weight.share if found.weight else None for found in report.diagnostics}


def test_each_conflict_weighs_the_share_of_requests_near_its_own(folder: Path) -> None:  # noqa: ARG001 - its files
    report = linter(usage=["log.txt"]).lint_paths(["train.jsonl"])
    assert weights(report) == {"CL103": 0.6, "CL102": 0.2}
    assert report.summary.requests == 5
    assert weights(linter(usage=["log.txt"]).lint_rows(ROWS)) == weights(report)
    assert weights(linter(usage=["log.txt"]).trace_paths(["train.jsonl"]).report) == weights(report)


def test_a_scan_that_takes_over_what_it_found_weighs_by_the_log_as_it_is_now(folder: Path) -> None:
    def scan() -> dict[str, float | None]:
        config = Config(usage=["log.txt"], cache_dir="cache")
        return weights(Linter(config, rules=shared_rules()).lint_paths(["train.jsonl"]))

    assert scan() == scan() == {"CL103": 0.6, "CL102": 0.2}
    (folder / "log.txt").write_text(TABLES)
    assert scan() == {"CL103": 0.0, "CL102": 1.0}


def test_without_a_log_nothing_is_said_of_weights(folder: Path) -> None:  # noqa: ARG001 - its files
    told = linter().lint_paths(["train.jsonl"]).to_dict()
    assert all("weight" not in found for found in told["diagnostics"])
    assert "requests" not in told["summary"]
    weighed = linter(usage=["log.txt"]).lint_paths(["train.jsonl"]).to_dict()
    del weighed["summary"]["requests"]
    for found in weighed["diagnostics"]:
        del found["weight"]
    assert weighed == told


def test_a_log_among_the_data_is_no_data(folder: Path) -> None:
    write(folder / "log.jsonl", [{"prompt": prompt} for prompt in PROMPTS])
    report = linter(usage=["log.jsonl"]).lint_paths(["."])
    assert weights(report) == {"CL103": 0.6, "CL102": 0.2}
    assert report.summary.files == 1
    with pytest.raises(UsageError, match="nothing to scan"):
        linter(usage=["log.jsonl"]).lint_paths(["log.jsonl"])


def test_rows_that_cannot_be_read_have_no_weight(folder: Path) -> None:
    with (folder / "train.jsonl").open("a") as file:
        file.write("{")
    assert weights(linter(usage=["log.txt"]).lint_paths(["train.jsonl"]))["CL001"] is None


def test_a_missing_log_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001 - its files
    assert main(["scan", "train.jsonl", "--usage", "nowhere.txt"]) == 2
    assert "nowhere.txt: no such file" in capsys.readouterr().err


def test_templates_around_requests_bring_nothing_near() -> None:
    template = "You are the help desk of a shop for tools. Read what the customer writes and answer it: "
    subjects = "rakes spades hoses sheds seeds gloves pots saws carts nets fences lamps mowers ponds axes cans".split()
    log = log_of([f"{template}{subject} please" for subject in subjects])
    groups = [[f"{template}rakes please"], ["rakes please"]]
    assert near_counts(groups, log, HashEncoder()).tolist() == [1, 1]


WORDS = st.lists(st.sampled_from(["rake", "spade", "hose", "shed", ""]), max_size=3).map(" ".join)


@given(groups=st.lists(st.lists(WORDS, max_size=4), max_size=4), prompts=st.lists(WORDS, min_size=1, max_size=12))
def test_a_request_counts_once_for_a_group_that_it_is_near(groups: list[list[str]], prompts: list[str]) -> None:
    encoder, log = HashEncoder(), log_of(prompts)

    def near(prompt: str, group: Sequence[str]) -> bool:
        if not group:
            return False
        return bool((encoder.encode(group) @ encoder.encode([prompt])[0] >= 0.75 - 1e-4).any())

    expected = [sum(near(prompt, group) for prompt in prompts) for group in groups]
    assert near_counts(groups, log, encoder).tolist() == expected


def heavier_last() -> Report:
    """The sample report, whose surest diagnostics real users ask least about."""
    surest = sorted(SAMPLE.diagnostics, key=lambda found: -found.confidence)
    weight = {found.fingerprint: Weight(number, 12_000) for number, found in enumerate(surest)}
    weighed = [dataclasses.replace(found, weight=weight[found.fingerprint]) for found in SAMPLE.diagnostics]
    return Report(tuple(weighed), dataclasses.replace(SAMPLE.summary, requests=12_000))


def errors(report: Report) -> list[Diagnostic]:
    return sorted((one for one in report.diagnostics if one.severity is Severity.ERROR), key=lambda one: one.rank_key)


@pytest.mark.parametrize("format_", ["github", "sarif", "markdown", "html"])
def test_reports_that_rank_put_what_users_ask_first_within_a_severity(format_: str) -> None:
    report = heavier_last()
    ranked = [f"{found.rule} {found.name}" for found in errors(report)]
    assert ranked == ["CL101 answer-flip", "CL302 embodiment-flip", "CL003 empty-response"]
    text = "".join(REPORTERS[format_](report, RULES, RenderOptions()))
    if format_ == "sarif":
        results = json.loads(text)["runs"][0]["results"]
        told = [f"{result['ruleId']}" for result in results if result["level"] == "error"]
        assert told == [name.partition(" ")[0] for name in ranked]
        assert [result["properties"]["weight"] for result in results[:3]] == [0.00025, 0.000167, 0.0]
        return
    body = text.partition("Conflicts</h2>")[2] or text.rpartition("|\n")[2]
    places = [body.index(name) for name in ranked]
    assert places == sorted(places)
    assert text.count(" of 12,000 requests") >= len(report.diagnostics)


def test_text_tells_the_weight_and_keeps_the_order_of_places() -> None:
    text = "".join(REPORTERS["text"](heavier_last(), RULES, RenderOptions()))
    plain = "".join(REPORTERS["text"](SAMPLE, RULES, RenderOptions()))
    assert [line for line in text.splitlines() if "= weight: " not in line] == plain.splitlines()
    assert "= weight: 0.025 % of 12,000 requests" in text
    assert "= weight: 0 % of 12,000 requests" in text


def test_weights_are_part_of_the_json_schema() -> None:
    schema = json.loads(files("contralint.reports").joinpath("schema/report.schema.json").read_text("utf-8"))
    told: dict[str, Any] = heavier_last().to_dict()
    jsonschema.Draft202012Validator(schema).validate(told)
    told["diagnostics"][0]["weight"] = 1.5
    assert not jsonschema.Draft202012Validator(schema).is_valid(told)


@pytest.mark.parametrize(
    ("share", "told"),
    [(0, "0 %"), (1, "100 %"), (0.031, "3.1 %"), (0.0996, "10 %"), (0.00012, "0.012 %"), (1e-5, "under 0.01 %")],
)
def test_shares_are_told_in_two_digits(share: float, told: str) -> None:
    assert percent(share) == told
