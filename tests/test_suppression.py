"""Suppressions: what they keep silent, until when, and which of them a scan calls unused."""

from __future__ import annotations

import csv
import datetime
import itertools
import json
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from linting import Data, alpaca, essence, jsonl, lines, linter, messages, rules, write

from contralint import Linter, Report
from contralint.cli import main
from contralint.configfile import load_config
from contralint.ignore import Ignore

YES, NO = alpaca("Is water wet?", "Yes."), alpaca("Is water wet?", "No.")
REFUSED = alpaca("How do I bake bread?", "I'm sorry, but I can't help with that.")
BAKED = alpaca("How do I bake bread?", "Mix flour, water, salt and yeast, let it rise, and bake it.")
BODILESS = alpaca("Join me for a run?", "I don't have a body, so I can't go running.")
ALARM = alpaca("Set an alarm for 7.", "Done! Your alarm is set for 7:00 AM.")
TODAY = datetime.datetime(2026, 6, 15, 12, tzinfo=datetime.timezone.utc)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(TODAY.timestamp())))
    return tmp_path


def asking(row: Data, *words: str, **more: Any) -> Data:  # noqa: ANN401 (any value that a row may hold)
    return {**row, "contralint": {"ignore": list(words), **more}}


def notes(report: Report) -> list[str]:
    return [note for note in report.summary.notes if "suppression" in note]


def lint(*rows: Data, **config: Any) -> Report:  # noqa: ANN401 (values of any type)
    return linter(**config).lint_rows(rows)


@pytest.mark.parametrize(("until", "silent"), [("2026-06-14", False), ("2026-06-15", True), (None, True)])
def test_a_record_s_wish_holds_to_its_last_day(until: str | None, silent: bool) -> None:
    report = lint(YES, asking(NO, "CL102", reason="a matter of taste", until=until))
    assert rules(report) == ([] if silent else ["CL102"])
    told = [] if silent else ["expired suppression: <rows>:2: CL102 until 2026-06-14: a matter of taste"]
    assert notes(report) == told


@pytest.mark.parametrize(("until", "silent"), [("2026-06-14", False), ("2026-06-15", True)])
def test_a_path_s_ignores_hold_to_their_last_day(folder: Path, until: str, silent: bool) -> None:
    write(folder / "old.jsonl", [YES, NO])
    Path("contralint.toml").write_text(
        'paths = ["old.jsonl"]\n[per-path-ignores]\n'
        f'"old*" = {{rules = ["CL1"], reason = "archive", until = {until}}}\n'
    )
    config = load_config()
    assert config.per_path_ignores == {"old*": Ignore(("CL1",), "archive", datetime.date.fromisoformat(until))}
    report = Linter(config).lint_paths(config.paths)
    assert rules(report) == ([] if silent else ["CL102"])
    told = [] if silent else ["expired suppression: per-path-ignores 'old*': CL1 until 2026-06-14: archive"]
    assert notes(report) == told


@pytest.mark.parametrize("wish", [{"ignore": ["CL1"], "until": "soon"}, {"ignore": ["CL1"], "untill": "2026-01-01"}])
def test_a_wrong_wish_makes_the_row_one_that_cannot_be_read(wish: Data) -> None:
    (found,) = lint(YES, {**NO, "contralint": wish}).diagnostics
    assert (found.rule, "'contralint' holds something else" in found.message) == ("CL002", True)


def test_columnar_files_pad_wishes_and_tables_write_them_as_text() -> None:
    padded = {**YES, "contralint": {"ignore": None, "reason": None, "until": None}}
    assert rules(lint(padded, {**NO, "contralint": ""})) == ["CL102"]
    assert rules(lint(padded, {**NO, "contralint": '{"ignore": ["CL102"]}'})) == []


@pytest.mark.parametrize("name", ["rows.csv", "rows.parquet"])
def test_wishes_in_tables(name: str) -> None:
    wish = {"ignore": ["CL102"], "reason": "x", "until": "2026-06-14"}
    for until, silent in (("2026-06-14", False), ("2026-06-15", True)):
        told = [None, {**wish, "until": until}]
        rows = [{**row, "contralint": one} for row, one in zip((YES, NO), told, strict=True)]
        if name.endswith(".parquet"):
            pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), name)
        else:
            cells = [{**row, "contralint": json.dumps(row["contralint"]) if row["contralint"] else ""} for row in rows]
            with Path(name).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, cells[0])
                writer.writeheader()
                writer.writerows(cells)
        report = linter().lint_paths([name])
        assert (rules(report), len(notes(report))) == (([], 0) if silent else (["CL102"], 1))


# One row set for each kind of rule: the last row of a conflict asks to be left out of it, and needs to.
NEEDED: dict[str, list[Data]] = {
    "pair": [YES, asking(NO, "CL102")],
    "pair, by name": [BAKED, asking(REFUSED, "refusal-flip")],
    "claim": [ALARM, asking(BODILESS, "CL302")],
    "identity": [
        alpaca("Who are you?", "I am Ada, an assistant."),
        asking(alpaca("What is your name?", "My name is Bob."), "CL303"),
    ],
    "within": [asking(alpaca("Name a colour.", ""), "CL003")],
    "duplicate": [YES, asking(YES, "CL004")],
    "preference": [
        {"prompt": "Pick one.", "chosen": "Tea, please.", "rejected": "Coffee, please."},
        asking({"prompt": "Pick one.", "chosen": "Coffee, please.", "rejected": "Tea, please."}, "CL701"),
    ],
    "copies": [YES, asking(NO, "CL102"), asking(NO, "CL102")],
}


@pytest.mark.parametrize("kind", NEEDED)
def test_what_is_needed_is_not_called_unused(kind: str) -> None:
    rows = NEEDED[kind]
    silent = linter(ignore=["CL004"]) if kind == "copies" else linter()
    assert (rules(silent.lint_rows(rows)), notes(silent.lint_rows(rows))) == ([], [])
    loud = [{key: value for key, value in row.items() if key != "contralint"} for row in rows]
    assert len(silent.lint_rows(loud).diagnostics) == 1


@pytest.mark.parametrize("kind", NEEDED)
def test_what_is_not_needed_is_called_unused(kind: str) -> None:
    lonely = NEEDED[kind][-1]
    if kind == "within":
        lonely = {**lonely, "output": "Blue."}
    word = lonely["contralint"]["ignore"][0]
    assert notes(lint(lonely)) == [f"unused suppression: <rows>:1: {word}"]


def test_a_habit_that_is_broken_shows_that_leaving_out_was_needed() -> None:
    tools = [{"type": "function", "function": {"name": "get_stock_price", "description": "Gets a stock's price."}}]
    call = {"type": "function", "function": {"name": "get_stock_price", "arguments": '{"symbol": "X"}'}}
    asked = ["MSFT price?", "What is AMD trading at?", "Price of AAPL?", "What's NVDA trading at?", "TSLA price?"]
    rows: list[Data] = [
        messages(("user", text), {"role": "assistant", "content": "", "tool_calls": [call]}, tools=tools)
        for text in asked
    ]
    breaking = messages(("user", "IBM price?"), ("assistant", "IBM trades at $120."), tools=tools)
    assert "CL401" in rules(lint(*rows, breaking))
    report = lint(*rows, asking(breaking, "CL401"))
    assert (rules(report), notes(report)) == ([], [])
    assert notes(lint(*rows[:1], asking(breaking, "CL405"))) == ["unused suppression: <rows>:2: CL405"]


@pytest.mark.parametrize("quiet", range(4))
def test_records_of_one_task_lean_on_none_that_is_left_out(quiet: int) -> None:
    rows = [
        alpaca("Extract name and age.", '{"name": "Ada", "age": 36}', input="Ada is 36."),
        alpaca("Extract name and age.", '{"name": "Alan", "age": 41}', input="Alan is 41."),
        alpaca("Extract name and age.", "Her name is Eve and she is 50.", input="Eve is 50."),
        alpaca("Extract name and age.", "His name is Bob and he is 29.", input="Bob is 29."),
    ]
    rows[quiet] = asking(rows[quiet], "CL501")
    report = lint(*rows, select=["CL501"])
    assert lines(report) == {("CL501", frozenset({1, 2, 3, 4} - {quiet + 1}))}
    assert notes(report) == []


def test_each_word_is_judged_by_itself() -> None:
    report = lint(YES, asking(NO, "CL1", "CL2", "CL102", "refusal-flp"))
    said = "CL2, refusal-flp (no such rule; did you mean 'refusal-flip'?)"
    assert notes(report) == [f"unused suppression: <rows>:2: {said}"]


@pytest.mark.parametrize(
    ("words", "config", "told"),
    [
        (["CL201"], {"select": ["CL1"]}, False),
        (["CL2"], {"select": ["CL201"]}, False),
        (["CL201"], {"select": ["CL201"]}, True),
        (["CL201"], {"severity": {"CL201": "off"}}, False),
        (["CL5"], {}, True),  # CL503 is off by default
        (["CL503"], {}, False),
        (["CL801"], {}, False),  # nothing to evaluate
        (["ALL"], {}, True),
        (["ALL"], {"select": ["CL2"]}, False),
    ],
)
def test_nothing_is_said_of_rules_that_did_not_run(words: list[str], config: Data, told: bool) -> None:
    assert bool(notes(lint(asking(YES, *words), **config))) is told


def test_an_evaluation_split_is_what_its_rules_need() -> None:
    told = linter().lint_rows([asking(YES, "CL801")], against=[BAKED])
    assert notes(told) == ["unused suppression: <rows>:1: CL801"]
    assert notes(linter().lint_rows([asking(YES, "CL801")], against=[NO])) == []


def test_a_path_that_is_broken_needs_its_ignore(folder: Path) -> None:
    (folder / "a.jsonl").write_text(jsonl([YES]) + "{broken\n")
    report = linter(per_path_ignores={"a*": ["CL001"]}).lint_paths(["."])
    assert (rules(report), notes(report)) == ([], [])


@pytest.mark.parametrize(
    ("glob", "scanned", "paths", "told"),
    [
        ("data/old.jsonl", ["data"], [], "per-path-ignores 'data/old.jsonl': CL2"),
        ("data/old.jsonl", ["data/old.jsonl"], [], "per-path-ignores 'data/old.jsonl': CL2"),
        ("data/ol*", ["data/old.jsonl"], [], None),  # there may be data/older.jsonl
        ("data/ol*", ["data"], [], "per-path-ignores 'data/ol*': CL2"),
        ("data/ol*", ["."], [], "per-path-ignores 'data/ol*': CL2"),
        ("*old*", ["data"], [], None),
        ("*old*", ["."], [], "per-path-ignores '*old*': CL2"),
        ("*old*", ["data"], ["data"], "per-path-ignores '*old*': CL2"),
        ("*old*", ["data/old.jsonl"], ["data"], None),
        ("data/gone*", ["data"], [], "per-path-ignores 'data/gone*' matches no file"),
        ("data/gone*", ["data/old.jsonl"], [], None),
        ("gone/*", ["data"], ["data"], "per-path-ignores 'gone/*' matches no file"),
        ("gone/*", ["data"], ["data", "missing"], None),
    ],
)
def test_globs_are_judged_where_all_was_read_that_they_mean(
    folder: Path, glob: str, scanned: list[str], paths: list[str], told: str | None
) -> None:
    (folder / "data").mkdir()
    write(folder / "data" / "old.jsonl", [YES, NO])
    write(folder / "data" / "new.jsonl", [BAKED])
    report = linter(per_path_ignores={glob: ["CL2"]}, paths=paths).lint_paths(scanned)
    assert notes(report) == ([f"unused suppression: {told}"] if told else [])
    assert notes(linter(per_path_ignores={glob: ["CL2"]}, select=["CL1"], paths=paths).lint_paths(scanned)) == []


def test_a_part_of_the_configured_data_judges_no_record(folder: Path) -> None:
    write(folder / "a.jsonl", [asking(YES, "CL102")])
    write(folder / "b.jsonl", [NO])
    assert notes(linter(paths=["a.jsonl", "b.jsonl"]).lint_paths(["a.jsonl"])) == []
    assert notes(linter().lint_paths(["a.jsonl"])) == ["unused suppression: a.jsonl:1: CL102"]


def test_the_command_line_tells_a_few_and_counts_the_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [asking(alpaca(f"Name town {number}.", f"Town {number}"), "CL2") for number in range(8)]
    write(folder / "a.jsonl", [*rows, asking(YES, "CL1", until="2020-01-01")])
    assert main(["scan", "--select", "CL1,CL2", "a.jsonl"]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "suppression" in line]
    assert told == [
        "note: expired suppression: a.jsonl:9: CL1 until 2020-01-01",
        *(f"note: unused suppression: a.jsonl:{line}: CL2" for line in range(1, 5)),
        "note: further unused or expired suppressions: 4",
    ]


def test_paths_on_the_command_line_are_a_part_of_the_configured_ones(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.jsonl", [asking(YES, "CL102")])
    write(folder / "b.jsonl", [BAKED])
    Path("contralint.toml").write_text('paths = ["*.jsonl"]\n')
    for arguments, told in ((["a.jsonl"], 0), ([], 1)):
        main(["scan", *arguments, "--format", "json"])
        assert len(json.loads(capsys.readouterr().out)["summary"]["notes"]) == told


def test_a_conflict_kept_silent_is_not_told_under_a_less_specific_rule() -> None:
    ring = ["Canberra", "Sydney", "Melbourne", "Canberra"]
    rows: list[Data] = [
        {"prompt": "What is the capital of Australia?", "chosen": chosen, "rejected": rejected}
        for chosen, rejected in itertools.pairwise(ring)
    ]
    assert lines(lint(*rows)) == {("CL702", frozenset({1, 2, 3}))}
    report = lint(*rows[:2], asking(rows[2], "CL702"))
    # The two others still contradict each other; they are in no ring without the third.
    assert (lines(report), notes(report)) == ({("CL101", frozenset({1, 2}))}, [])


ROWS = [YES, NO, REFUSED, BAKED, BODILESS, ALARM, NEEDED["within"][0], *NEEDED["preference"], YES]
WORDS = st.lists(st.sampled_from(["CL0", "CL1", "CL102", "refusal-flip", "CL302", "CL7", "CL004"]), unique=True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=len(ROWS), max_size=len(ROWS)))
def test_without_what_is_unused_a_scan_finds_the_same(wishes: list[list[str]]) -> None:
    made = linter(select=["CL0", "CL1", "CL2", "CL3", "CL7"])
    rows = [asking(row, *words) for row, words in zip(ROWS, wishes, strict=True)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("contralint.unused._SHOWN", len(rows))
        report = made.lint_rows(rows)
    idle = {
        int(place.split(":")[1]): words.split(", ")
        for place, words in (note.removeprefix("unused suppression: ").split(": ") for note in notes(report))
    }
    stripped = [
        asking(row, *(word for word in words if word not in idle.get(line, [])))
        for line, (row, words) in enumerate(zip(ROWS, wishes, strict=True), start=1)
    ]
    places = {("<rows>", index): row for index, row in enumerate(ROWS)}
    assert essence(made.lint_rows(stripped), places) == essence(report, places)
    assert notes(made.lint_rows(stripped)) == []
