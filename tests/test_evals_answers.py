"""Answers come in any shape, and what cannot be matched is counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from linting import Data, alpaca, messages, write

from contralint.errors import UsageError
from contralint.evals.answers import Answers, read_answers, save_answers
from contralint.evals.case import Case, Expectation, Prompt
from contralint.intake import Intake

ASKED = "Can penguins fly?"
YES = "Yes, they can."
SAID = {"role": "assistant", "content": YES}
CALL = {"id": "x", "type": "function", "function": {"name": "look", "arguments": "{}"}}


def a_case(name: str, *conversations: list[Data]) -> Case:
    prompts = tuple(
        Prompt(f"{name}/{number}", told, "kept", taught=True) for number, told in enumerate(conversations, 1)
    )
    check = Expectation("polarity", ("no",), ("yes",))
    return Case(name, "CL102", "polarity-flip", "0" * 16, "keep-side", check, prompts)


def user(text: str, system: str = "") -> list[Data]:
    return [*([{"role": "system", "content": system}] if system else []), {"role": "user", "content": text}]


CASES = [a_case("one", user(ASKED), user("Is ice cold?"))]


def answers(rows: list[Data], folder: Path, cases: list[Case] = CASES) -> Answers:
    return read_answers(str(write(folder / "answers.jsonl", rows)), cases, Intake)


@pytest.mark.parametrize(
    "row",
    [
        {"id": "one/1", "answer": YES},
        {"id": "one/1", "prompt": "anything", "output": SAID},
        {"custom_id": "one/1", "response": {"status_code": 200, "body": {"choices": [{"message": SAID}]}}},
        {"sample_id": "one/1", "output": {"choices": [{"message": SAID}], "completion": YES}},
        {"one/1": YES},
        {ASKED: YES},
        {"can penguins  fly": YES},
        {"prompt": ASKED, "answer": YES},
        {"prompt": ASKED, "generated_text": YES},
        {"messages": user(ASKED), "completion": [SAID]},
        messages(("user", ASKED), ("assistant", YES)),
        alpaca(ASKED, YES),
        {"question": ASKED, "answer": YES},
        {"prompt": ASKED, "completion": YES},
        {"conversations": [{"from": "human", "value": ASKED}, {"from": "gpt", "value": YES}]},
    ],
)
def test_a_row_names_its_prompt_or_holds_its_words(row: Data, tmp_path: Path) -> None:
    found = answers([row], tmp_path)
    assert list(found.of_prompt) == ["one/1"]
    ((answer),) = found.of_prompt["one/1"]
    assert answer == YES or answer["content"] == YES  # type: ignore[index] # a message else
    assert list(found.notes) == []


def test_one_object_of_ids_and_answers(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"one/1": YES, "Is ice cold?": SAID}), encoding="utf-8")
    assert {name: len(told) for name, told in read_answers(str(path), CASES, Intake).of_prompt.items()} == {
        "one/1": 1,
        "one/2": 1,
    }


def test_a_table_of_answers(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(f'id,answer\none/2,"No, it is warm."\none/1,{YES.replace(",", "")}\n', encoding="utf-8")
    assert sorted(read_answers(str(path), CASES, Intake).of_prompt) == ["one/1", "one/2"]


def test_several_tries_count_each(tmp_path: Path) -> None:
    found = answers([{"id": "one/1", "answer": YES}, {"id": "one/1", "answer": "No."}], tmp_path)
    assert found.of_prompt["one/1"] == [YES, "No."]


def test_a_call_of_a_tool_is_an_answer(tmp_path: Path) -> None:
    called = {"role": "assistant", "content": None, "tool_calls": [CALL]}
    found = answers([{"id": "one/1", "choices": [{"message": called}]}], tmp_path)
    assert found.of_prompt["one/1"] == [{"tool_calls": [CALL]}]


def test_one_answer_serves_all_cases_that_ask_the_same(tmp_path: Path) -> None:
    cases = [*CASES, a_case("two", user(ASKED))]
    assert sorted(answers([{"prompt": ASKED, "answer": YES}], tmp_path, cases).of_prompt) == ["one/1", "two/1"]


def test_words_under_several_system_prompts_need_an_id(tmp_path: Path) -> None:
    cases = [a_case("one", user(ASKED, "Be brief.")), a_case("two", user(ASKED, "Be long."))]
    under: list[Data] = [{"messages": user(ASKED, "Be long."), "answer": YES}, {"prompt": ASKED, "answer": YES}]
    found = answers(under, tmp_path, cases)
    assert list(found.of_prompt) == ["two/1"]
    assert list(found.notes) == [
        "1 answer row of a prompt that cases ask under several system prompts: give its id too"
    ]


def test_what_does_not_count_is_told(tmp_path: Path) -> None:
    rows: list[Any] = [
        {"id": "one/1", "answer": YES},
        {"prompt": "Why?", "answer": YES},
        alpaca("Why not?", YES),
        {"id": "one/2"},
        {"x": 1},
        [1, 2],
        {"id": ["one/1"], "answer": 5},
    ]
    found = answers(rows, tmp_path)
    assert list(found.notes) == ["2 answer rows of other prompts than the cases'", "4 answer rows without an answer"]


def test_a_file_that_answers_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"answers\.jsonl: answers no prompt of the cases \(1 answer row of other"):
        answers([{"prompt": "Why?", "answer": YES}], tmp_path)


def test_saved_answers_are_read_again(tmp_path: Path) -> None:
    given = Answers()
    given.of_prompt["one/1"] += [YES, {"content": "x", "tool_calls": [CALL]}]
    save_answers(tmp_path / "saved.jsonl", given)
    assert read_answers(str(tmp_path / "saved.jsonl"), CASES, Intake).of_prompt == given.of_prompt
