"""Columns and tags under names of their own, listed in a `dataset_info.json` beside the data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from linting import linter, members, rules, write

CITY, PARIS, LYON = "Which city is the capital of France?", "Paris.", "Lyon."
TAGS = {"role_tag": "who", "content_tag": "said", "user_tag": "guest", "assistant_tag": "host", "system_tag": "rules"}


def described(folder: Path, rows: list[dict[str, Any]], **entry: Any) -> Path:  # noqa: ANN401 (any JSON value)
    (folder / "dataset_info.json").write_text(
        json.dumps({"hub": {"hf_hub_url": "a/b"}, "mine": {"file_name": "data.jsonl", **entry}})
    )
    return write(folder / "data.jsonl", rows)


def test_columns_under_other_names(tmp_path: Path) -> None:
    rows = [{"ask": CITY, "with": "", "reply": answer, "instruction": "not this"} for answer in (PARIS, LYON)]
    path = described(tmp_path, rows, columns={"prompt": "ask", "query": "with", "response": "reply"})
    (one,) = linter(select=["CL1"]).lint_paths([path]).diagnostics
    assert one.rule == "CL101"
    for place in members(one):
        row = path.read_text().split("\n")[place.index]
        assert row[place.column - 1 : place.end_column - 1] in (PARIS, LYON)


def test_messages_under_other_tags(tmp_path: Path) -> None:
    rows = [
        {"talk": [{"who": "rules", "said": "Short."}, {"who": "guest", "said": CITY}, {"who": "host", "said": answer}]}
        for answer in (PARIS, LYON)
    ]
    path = described(tmp_path, rows, formatting="sharegpt", columns={"messages": "talk"}, tags=TAGS)
    (one,) = linter(select=["CL1"]).lint_paths([tmp_path]).diagnostics
    assert [place.snippet for place in members(one)] in ([PARIS, LYON], [LYON, PARIS])
    for place in members(one):
        row = path.read_text().split("\n")[place.index]
        assert row[place.column - 1 : place.end_column - 1] in (PARIS, LYON)


def test_preferences_under_other_names(tmp_path: Path) -> None:
    def side(text: str) -> dict[str, str]:
        return {"who": "host", "said": text}

    rows = [
        {"talk": [{"who": "guest", "said": CITY}], "good": side(good), "bad": side(bad)}
        for good, bad in ((PARIS, LYON), (LYON, PARIS))
    ]
    columns = {"messages": "talk", "chosen": "good", "rejected": "bad"}
    path = described(tmp_path, rows, ranking=True, formatting="sharegpt", columns=columns, tags=TAGS)
    assert rules(linter().lint_paths([path])) == ["CL701"]


def test_what_the_user_says_goes_before(tmp_path: Path) -> None:
    rows = [{"ask": CITY, "reply": answer, "other": PARIS} for answer in (PARIS, LYON)]
    path = described(tmp_path, rows, columns={"prompt": "ask", "response": "reply"})
    given = linter(map={"instruction": "ask", "response": "other"})
    assert rules(given.lint_paths([path])) == ["CL004"]


@pytest.mark.parametrize(
    "manifest", ["{", "[]", '{"features": {}, "splits": {"train": {}}}', '{"a": {"file_name": "data.jsonl"}}']
)
def test_a_manifest_that_names_no_columns_changes_nothing(manifest: str, tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", [{"instruction": CITY, "output": answer} for answer in (PARIS, LYON)])
    (tmp_path / "dataset_info.json").write_text(manifest)
    assert rules(linter(select=["CL0", "CL1"]).lint_paths([tmp_path])) == ["CL101"]


@pytest.mark.parametrize("ascii_only", [True, False])
def test_messages_packed_into_a_cell_are_found_there(ascii_only: bool, tmp_path: Path) -> None:
    def packed(answer: str) -> str:
        turns = [{"role": "user", "content": f"Said “{CITY}”"}, {"role": "assistant", "content": answer}]
        return json.dumps(turns, ensure_ascii=ascii_only)

    path = tmp_path / "data.csv"
    cells = ['"' + packed(answer).replace('"', '""') + '"' for answer in ("Paris", "Lyon")]
    path.write_text("\n".join(["messages", *cells]) + "\n")
    (one,) = linter(select=["CL1"]).lint_paths([path]).diagnostics
    for place in members(one):
        line = path.read_text().split("\n")[place.line - 1]
        assert line[place.column - 1 : place.end_column - 1] == place.snippet
