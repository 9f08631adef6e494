"""Conditions go where the shape of each row keeps its system prompt, or nowhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from linting import Data, linter

from contralint.readers import Row
from contralint.resolve.change import applied
from contralint.resolve.conditions import placed
from contralint.resolve.rows import Rows, Teaching, teachings
from contralint.resolve.strategy import UnsettledError

SAID = "Say so in winter alone."
USER, ANSWER = {"role": "user", "content": "Is it cold?"}, {"role": "assistant", "content": "Yes."}
OTHER = {"role": "assistant", "content": "No."}
SYSTEM = {"role": "system", "content": SAID}
TALK = "\n\nHuman: Cold?\n\nAssistant:"
HUMAN, GPT = {"from": "human", "value": "Is it cold?"}, {"from": "gpt", "value": "Yes."}


def place(row: Data, path: str = "data.jsonl", **settings: Any) -> Data:  # noqa: ANN401 (settings of any type)
    made = linter(**settings)
    rows = Rows(made.intake, {})
    read = Row(path, 0, 1, row, None)
    edits = placed(Teaching(read, teachings(read, made.intake)), SAID, rows, made.config.map)
    changed: Data = applied(row, edits)
    again = Row(path, 0, 1, changed, None)
    assert placed(Teaching(again, teachings(again, made.intake)), SAID, rows, made.config.map) == ()
    return changed


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"instruction": "Is it cold?", "output": "Yes."}, {"system": SAID}),
        ({"instruction": "Is it cold?", "output": "Yes.", "system": ""}, {"system": SAID}),
        ({"instruction": "Is it cold?", "output": "Yes.", "system": "Be brief."}, {"system": f"Be brief.\n\n{SAID}"}),
        ({"system_prompt": "", "question": "Is it cold?", "response": "Yes."}, {"system_prompt": SAID}),
        ({"messages": [USER, ANSWER]}, {"messages": [SYSTEM, USER, ANSWER]}),
        (
            {"messages": [{"role": "system", "content": "Be brief."}, USER, ANSWER]},
            {"messages": [{"role": "system", "content": f"Be brief.\n\n{SAID}"}, USER, ANSWER]},
        ),
        (
            {"messages": [{"role": "system", "content": [{"type": "text", "text": "Be."}]}, USER, ANSWER]},
            {"messages": [{"role": "system", "content": [{"type": "text", "text": f"Be.\n\n{SAID}"}]}, USER, ANSWER]},
        ),
        ({"conversations": [HUMAN, GPT]}, {"conversations": [{"from": "system", "value": SAID}, HUMAN, GPT]}),
        ({"conversations": [HUMAN, GPT], "system": ""}, {"system": SAID}),
        ({"prompt": [USER], "completion": [ANSWER]}, {"prompt": [SYSTEM, USER]}),
        ({"prompt": [USER], "chosen": [ANSWER], "rejected": [OTHER]}, {"prompt": [SYSTEM, USER]}),
        (
            {"chosen": [USER, ANSWER], "rejected": [USER, OTHER]},
            {"chosen": [SYSTEM, USER, ANSWER], "rejected": [SYSTEM, USER, OTHER]},
        ),
        (
            {"input": {"messages": [USER]}, "preferred_output": [ANSWER], "non_preferred_output": [OTHER]},
            {"input": {"messages": [SYSTEM, USER]}},
        ),
        (
            {"messages": [USER, ANSWER, USER, OTHER], "tools": [{"name": "search", "parameters": {}}]},
            {"messages": [SYSTEM, USER, ANSWER, USER, OTHER]},
        ),
    ],
)
def test_each_shape_has_its_place(row: Data, expected: Data) -> None:
    assert place(row) == {**row, **expected}


@pytest.mark.parametrize(
    ("row", "shape"),
    [
        ({"prompt": "Is it cold?", "completion": "Yes."}, "prompt-completion"),
        ({"prompt": "Is it cold?", "chosen": "Yes.", "rejected": "No."}, "preference"),
        ({"question": "Is it cold?", "answer": "Yes."}, "qa"),
        ({"text": "It is cold.", "label": "weather"}, "text-label"),
        ({"messages": json.dumps([USER, ANSWER])}, "messages"),
        (
            {"chosen": f"{TALK} Yes.", "rejected": f"{TALK} No."},
            "preference",
        ),
    ],
)
def test_where_there_is_no_place_that_is_said(row: Data, shape: str) -> None:
    with pytest.raises(UnsettledError, match=f"data.jsonl:1: a row of the shape {shape} has no place"):
        place(row)


def test_columns_that_the_user_names_are_used() -> None:
    columns = {"instruction": "ask", "response": "reply", "system": "rules"}
    row = {"ask": "Is it cold?", "reply": "Yes.", "rules": ""}
    assert place(row, map=columns) == {**row, "rules": SAID}
    assert place({**row, "rules": "Be brief."}, map=columns)["rules"] == f"Be brief.\n\n{SAID}"


def test_a_manifest_names_tags_and_columns(tmp_path: Path) -> None:
    tags = {"role_tag": "role", "content_tag": "content", "user_tag": "user", "assistant_tag": "assistant"}
    entry = {"file_name": "data.json", "columns": {"messages": "talk", "system": "rules"}, "tags": tags}
    (tmp_path / "dataset_info.json").write_text(json.dumps({"ours": entry}))
    path = str(tmp_path / "data.json")
    row: Data = {"talk": [USER, ANSWER]}
    assert place(row, path) == {"talk": [SYSTEM, USER, ANSWER]}
    assert place({**row, "rules": ""}, path) == {**row, "rules": SAID}
