"""What a row comes from: its own word for it, the column that the user names, or its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from linting import alpaca, linter, members, write

from contralint import Config
from contralint.errors import UsageError
from contralint.linter import Linter
from contralint.shapes import read_source

TABLES = (
    ("Can I use nested tables?", "Yes, nested tables are supported."),
    (
        "Can I use nested tables?",
        "No, nested tables are not supported.",
    ),
)


def contradiction(one: dict[str, Any], other: dict[str, Any]) -> list[dict[str, Any]]:
    return [alpaca(*TABLES[0], **one), alpaca(*TABLES[1], **other)]


@pytest.mark.parametrize(
    ("data", "source"),
    [
        ({"source": "wiki"}, "wiki"),
        ({"dataset": " forum "}, "forum"),
        ({"metadata": {"source": "crowd"}}, "crowd"),
        ({"source": "wiki", "dataset": "all"}, "wiki"),
        ({"source": None, "dataset": "all"}, "all"),
        ({"source": "", "metadata": {"source": "crowd"}}, "crowd"),
        ({"source": {"name": "wiki"}}, None),
        ({"source": 7}, None),
        ({"metadata": "source"}, None),
        ({"metadata": ["source"]}, None),
        ({"source": "One line\nand another, which make a text."}, None),
        ({"source": "A text to be translated, which is longer than any name of a source could be. " * 2}, None),
        ({}, None),
    ],
    ids=str,
)
def test_rows_name_their_source(data: dict[str, Any], source: str | None) -> None:
    assert read_source(data) == source


@pytest.mark.parametrize(
    ("data", "source"),
    [
        ({"meta": {"from": "crowd"}, "source": "wiki"}, "crowd"),
        ({"meta": {"from": 7}}, "7"),
        ({"meta": {"from": True}, "source": "wiki"}, None),
        ({"meta.from": "flat"}, "flat"),
        ({"source": "wiki"}, None),
    ],
    ids=str,
)
def test_the_column_that_is_named_alone_counts(data: dict[str, Any], source: str | None) -> None:
    assert read_source(data, "meta.from") == source


def test_a_column_that_holds_something_else_names_no_source() -> None:
    assert read_source({"source": "Guten Tag", "dataset": "wmt"}, taken=["source", "target"]) == "wmt"


def test_sides_of_a_conflict_are_counted_by_source() -> None:
    report = linter().lint_rows(contradiction({"source": "wiki"}, {}))
    (clash,) = report.summary.by_sources
    assert (clash.sources, clash.diagnostics, clash.records) == (("<rows>", "wiki"), 1, 2)
    assert report.to_dict()["summary"]["by_sources"] == [
        {"sources": ["<rows>", "wiki"], "diagnostics": 1, "records": 2}
    ]
    (found,) = report.diagnostics
    assert [place.to_dict()["source"] for place in members(found)] == ["<rows>", "wiki"]


def test_copies_of_a_record_keep_their_own_sources() -> None:
    rows = [*contradiction({"source": "a"}, {"source": "b"}), alpaca(*TABLES[1], source="c")]
    clashes = linter(select=["CL102"]).lint_rows(rows).summary.by_sources
    assert [clash.sources for clash in clashes] == [("a", "b"), ("a", "c")]


def test_a_mapped_column_is_no_source() -> None:
    rows = [{"source": TABLES[0][0], "target": answer, "dataset": "x"} for _, answer in TABLES]
    (found,) = linter(map={"instruction": "source", "response": "target"}).lint_rows(rows).diagnostics
    assert {place.source for place in members(found)} == {"x"}


def test_a_column_of_a_manifest_is_no_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "data.jsonl", [{"source": asked, "target": answer} for asked, answer in TABLES])
    columns = {"prompt": "source", "response": "target"}
    manifest = {"mine": {"file_name": "data.jsonl", "columns": columns}}
    (tmp_path / "dataset_info.json").write_text(json.dumps(manifest), encoding="utf-8")
    (found,) = linter(cache=False).lint_paths(["data.jsonl"]).diagnostics
    assert {place.source for place in members(found)} == {"data.jsonl"}


def test_a_source_field_that_no_row_has_is_told() -> None:
    rows = contradiction({"origin": "wiki"}, {})
    assert linter(source_field="origin").lint_rows(rows).summary.notes == ()
    (note,) = linter(source_field="orgin").lint_rows(rows).summary.notes
    assert "'orgin'" in note


@pytest.mark.parametrize("field", ["", 7])
def test_a_source_field_is_a_name(field: Any) -> None:  # noqa: ANN401 (what a file may say)
    with pytest.raises(UsageError, match=r"^source-field: "):
        Config(source_field=field)


def test_a_rescan_knows_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = contradiction({"source": "wiki", "by": "ann"}, {"by": "bob"})
    write(tmp_path / "a.jsonl", rows)

    def scan(**settings: Any) -> list[tuple[str | None, ...]]:  # noqa: ANN401 (values of any type)
        kept = Linter(Config(cache_dir=str(tmp_path / "cache"), **settings))
        return [clash.sources for clash in kept.lint_paths(["."]).summary.by_sources]

    assert scan() == scan() == [("a.jsonl", "wiki")]
    assert scan(source_field="by") == [("ann", "bob")]
    (tmp_path / "a.jsonl").rename(tmp_path / "b.jsonl")
    assert scan() == [("b.jsonl", "wiki")]
    write(tmp_path / "b.jsonl", contradiction({"source": "wiki"}, {"source": "forum"}))
    assert scan() == [("forum", "wiki")]
