"""Records by their place: FILE:LINE in files of every layout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from linting import Data, alpaca, messages, write

from contralint.config import Config
from contralint.errors import UsageError
from contralint.lookup import RowPlace, look_up, row_place

ROWS = [alpaca("One?", "1"), alpaca("Two?", "2"), alpaca("Three?", "3")]


def answers(*places: str, **settings: Data) -> list[str]:
    found = look_up([row_place(place) for place in places], Config(**settings))  # type: ignore[arg-type] # settings of any type
    return [record.response.text for record in found.records]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.jsonl", ROWS)
    return tmp_path


def test_places_are_read_as_reports_print_them() -> None:
    assert row_place("a.jsonl:2") == RowPlace("a.jsonl", 2)
    assert row_place("./a.jsonl:2:58") == RowPlace("a.jsonl", 2, 58)
    assert str(row_place("a.jsonl:2:58")) == "a.jsonl:2:58"


def test_a_name_may_hold_colons(folder: Path) -> None:
    write(folder / "a:1.jsonl", ROWS)
    assert answers("a:1.jsonl:3", "a.jsonl:2") == ["3", "2"]


def test_all_records_of_the_files_come_along() -> None:
    found = look_up([row_place("a.jsonl:3"), row_place("a.jsonl:1")], Config())
    assert [record.response.text for record in found.records] == ["3", "1"]
    assert len(found.among) == 3


def test_any_line_of_a_row_will_do(folder: Path) -> None:
    (folder / "wide.json").write_text(json.dumps(ROWS, indent=2))
    (folder / "tall.csv").write_text('instruction,output\n"One,\nand one?",1\nTwo?,2\n')
    assert answers("wide.json:2", "wide.json:9", "wide.json:11") == ["1", "2", "3"]
    assert answers("tall.csv:2", "tall.csv:4") == ["1", "2"]
    assert answers("tall.csv:3") == ["1"]


def test_a_column_tells_rows_of_one_line_apart(folder: Path) -> None:
    text = json.dumps(ROWS)
    (folder / "flat.json").write_text(text)
    column = text.index("Two") + 1
    assert answers("flat.json:1:2", f"flat.json:1:{column}", f"flat.json:1:{len(text)}") == ["1", "2", "3"]
    with pytest.raises(UsageError, match=r"flat.json:1: 3 rows stand on this line: say FILE:LINE:COLUMN"):
        answers("flat.json:1")


def test_columns_may_be_named(folder: Path) -> None:
    write(folder / "odd.jsonl", [{"ask": "One?", "reply": "1"}])
    assert answers("odd.jsonl:1", map={"instruction": "ask", "response": "reply"}) == ["1"]


def test_of_several_trained_turns_the_last_is_meant(folder: Path) -> None:
    turns = messages(("user", "a"), ("assistant", "1"), ("user", "b"), ("assistant", "2"))
    write(folder / "talk.jsonl", [turns])
    assert answers("talk.jsonl:1") == ["2"]


@pytest.mark.parametrize(
    ("places", "says"),
    [
        (["a.jsonl"], "'a.jsonl' is not of the form FILE:LINE"),
        (["a.jsonl:0"], "not of the form FILE:LINE"),
        (["a.jsonl:4"], "a.jsonl:4: no row stands there"),
        ([".:1"], "'.' is not one file but 2"),
        (["none.jsonl:1"], "none.jsonl: no such file"),
        (["bad.jsonl:1"], "bad.jsonl:1: the row cannot be read: broken JSON"),
        (["bad.jsonl:2"], "bad.jsonl:2: the row cannot be read: .* keys found: 'zzz'"),
        (["bad.jsonl:3"], "bad.jsonl:3: the row trains no assistant turn"),
        (["a.jsonl:1", "a.jsonl:1:3"], "a.jsonl:1 and a.jsonl:1:3 are the same row"),
    ],
)
def test_places_without_a_record_are_refused(places: list[str], says: str, folder: Path) -> None:
    silent = messages(("user", "Hello?"))
    (folder / "bad.jsonl").write_text("{bad\n" + json.dumps({"zzz": 1}) + "\n" + json.dumps(silent) + "\n")
    with pytest.raises(UsageError, match=says):
        answers(*places)
