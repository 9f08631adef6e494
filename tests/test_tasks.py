from __future__ import annotations

import msgspec
import pytest
from linting import Data, alpaca, linter, members, messages

from contralint import Config
from contralint.errors import UsageError
from contralint.facets.task import task
from contralint.linter import Linter
from contralint.rulebook import load_rules

JSON = '{"name": "Ada", "age": 36}'


def told(row: Data) -> str:
    made = linter()
    return task(made._record(row))


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (alpaca("Extract all names.", "x", input="Ada met Alan."), "extract all names"),
        (alpaca("Extract all names: Ada met Alan.", "x"), "extract all names"),
        (alpaca("Extract all names.\n\nAda met Alan.", "x"), "extract all names"),
        (alpaca("Extract all names", "x"), ""),
        (alpaca("Q: who is Ada?", "x"), ""),
        (alpaca("Extract all names:", "x"), ""),
    ],
)
def test_a_task_is_told_apart_from_its_material(row: Data, wanted: str) -> None:
    assert told(row) == wanted


def rows(count: int) -> list[Data]:
    """Many with JSON, the last in prose, each over material of its own."""
    structured = [alpaca("Extract name and age.", JSON, input=f"Ada is {number}.") for number in range(count)]
    return [*structured, alpaca("Extract name and age.", "Her name is Ada and she is 36.", input="Ada is 36, I think.")]


def test_records_with_one_task_are_one_conflict() -> None:
    (conflict,) = linter(select=["CL501"]).lint_rows(rows(9)).diagnostics
    assert [len(side.members) for side in conflict.sides] == [1, 9]
    assert conflict.suggestion is not None
    assert [place.index for place in conflict.suggestion.drop] == [9]


def test_the_order_of_rows_does_not_matter() -> None:
    there, back = (linter(select=["CL501"]).lint_rows(order).diagnostics for order in (rows(5), rows(5)[::-1]))
    assert [one.fingerprint for one in there] == [one.fingerprint for one in back]
    assert len(members(there[0])) == len(members(back[0])) == 6


@pytest.mark.parametrize("system", ["You write for people.", "Use full sentences."])
def test_another_system_prompt_makes_another_task(system: str) -> None:
    request = ("user", "Extract name and age: Ada is 36.")
    plain = messages(request, ("assistant", JSON))
    other = messages(("system", system), request, ("assistant", "Her name is Ada and she is 36."))
    assert linter(select=["CL501"]).lint_rows([plain, other]).diagnostics == ()


def test_a_comparison_that_holds_over_no_task_is_told() -> None:
    rules = load_rules()
    stance = rules["CL201"]
    wrong = msgspec.structs.replace(stance, parameters={**stance.parameters, "tasks": True})
    with pytest.raises(UsageError, match="rule CL201: the comparison 'stance' does not hold over tasks"):
        Linter(Config(), rules={**rules, "CL201": wrong}).lint_rows(rows(1))
