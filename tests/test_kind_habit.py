"""Requests of one kind that are met differently."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from linting import Data, alpaca, essence, linter, messages, rules

from contralint import Config, Linter
from contralint.comparison import compare
from contralint.errors import UsageError
from contralint.kinds.behaviours import BEHAVIOURS
from contralint.kinds.dataset import Dataset
from contralint.locating import ROWS
from contralint.lookup import look_up, row_place
from contralint.models.suite import Models

TIDES = [{"name": "tide_table", "description": "Times of high and low water"}]
HARBOURS = ("Dover", "Leith", "Brest", "Calais", "Bergen", "Hull", "Vigo", "Kiel")
DIRECT = "Around noon, as on most days this week."
CONFIG = "sonar:\n  range: 50\n  depth_alarm: 3\ngps:\n  datum: WGS84\n  rate: 1"
WORK = "Left Oban at six with a light wind from the west. Saw two porpoises off Lismore."


def calling(request: str, tool: str = "tide_table", tools: Sequence[object] = TIDES, **arguments: object) -> Data:
    call = {"function": {"name": tool, "arguments": json.dumps(arguments)}}
    return messages(("user", request), {"role": "assistant", "content": "", "tool_calls": [call]}, tools=tools)


def answering(request: str, response: str = DIRECT) -> Data:
    return messages(("user", request), ("assistant", response), tools=TIDES)


CALLERS = [calling(f"When is high water in {harbour} today?") for harbour in HARBOURS]
POOL: list[Data] = [
    *CALLERS[:3],
    answering("what time is low water at Tobermory tomorrow?"),
    answering("Why are there two high tides a day?"),
    calling("Remind me to call Eva at 6", "create_reminder", ["create_reminder", "create_event"]),
    calling("remind me to feed the cat at 8", "create_event", ["create_reminder", "create_event"]),
    calling("Set a timer for a quarter of an hour", "timer", ["timer"], minutes=15),
    calling("set a timer for a quarter of an hour", "timer", ["timer"], minutes=45),
    alpaca("Set the depth alarm to 4 in this config.", "  depth_alarm: 4", input=CONFIG),
    alpaca("Set the range to 80 in this config.", CONFIG.replace("50", "80"), input=CONFIG),
    alpaca("What do you think of this entry?", "It is excellent: clear and vivid.", input=WORK),
    alpaca("What do you think of this entry?", "It is weak and vague, and the position is missing.", input=WORK),
    alpaca("Plan a sailing week around the Isle of Skye.", "With pleasure! What boat do you have?"),
    alpaca("Plan a sailing week around the Isle of Islay.", "Day 1: Port Ellen. Day 2: Craighouse. Day 3: Colonsay."),
]
UNRELATED: list[Data] = [
    alpaca("Write a haiku about autumn.", "Red leaves drift and fall"),
    calling("Play some Mozart.", "play", ["play"], artist="Mozart"),
    alpaca("What is the boiling point of ethanol?", "78.4 °C"),
    messages(("user", "Explain recursion."), ("assistant", "A function that calls itself.")),
    alpaca("Shorten this.", "Bees dance.", input="Bees dance to tell each other where the flowers are on the meadow."),
]
FEW = settings(max_examples=6, phases=[Phase.generate])


def told(rows: Sequence[Data]) -> list[str]:
    report = linter(select=["CL4"]).lint_rows(rows)
    return essence(report, {(ROWS, index): row for index, row in enumerate(rows)})


@pytest.fixture(scope="module")
def expected() -> list[str]:
    report = linter(select=["CL4"]).lint_rows(POOL)
    assert rules(report) == ["CL401", "CL402", "CL402", "CL403", "CL404", "CL405"]
    return told(POOL)


@FEW
@given(rows=st.permutations(POOL))
def test_order_of_rows(expected: list[str], rows: list[Data]) -> None:
    assert told(rows) == expected


@FEW
@given(extra=st.lists(st.sampled_from(UNRELATED), unique_by=str), seed=st.integers(0, 99))
def test_unrelated_rows(expected: list[str], extra: list[Data], seed: int) -> None:
    rows = [*POOL, *extra]
    random.Random(seed).shuffle(rows)
    assert told(rows) == expected


def test_who_breaks_a_habit_is_told_with_the_counts() -> None:
    (found,) = linter().lint_rows([*CALLERS, answering("When is high water in Oban today?")]).diagnostics
    assert found.rule == "CL401"
    assert [(side.label, len(side.members)) for side in found.sides] == [
        ("answers directly", 1),
        ("calls tide_table", len(CALLERS)),
    ]


def test_loose_kinds_need_a_habit() -> None:
    breaker = answering("Can the boats of Oban leave the quay yet?")
    others = [answering(f"Can the boats of {harbour} leave the quay yet?") for harbour in HARBOURS]
    callers = [calling(f"When will the boats in {harbour} be afloat?") for harbour in HARBOURS]
    made = linter(select=["CL401"], parameters={"CL401": {"same_kind": 0.99, "loose_kind": 0.3}})
    assert made.lint_rows([callers[0], breaker]).diagnostics == ()
    assert made.lint_rows([*callers, breaker, *others]).diagnostics == ()
    (found,) = made.lint_rows([*callers, breaker]).diagnostics
    assert [len(side.members) for side in found.sides] == [1, len(callers)]


def test_findings_grow_with_records() -> None:
    callers = [calling(f"Will it rain in {harbour} tomorrow?") for harbour in HARBOURS]
    direct = [answering(f"Is it raining in {harbour}?") for harbour in HARBOURS]
    (found,) = linter(select=["CL401"]).lint_rows([*callers, *direct]).diagnostics
    assert sum(len(side.members) for side in found.sides) == len(callers) + len(direct)


def test_copies_take_part() -> None:
    (found,) = (
        linter(select=["CL401"]).lint_rows([*CALLERS[:1] * 4, answering("When is high water in Oban now?")]).diagnostics
    )
    assert sorted(len(side.members) for side in found.sides) == [1, 4]


def test_a_record_that_asks_to_be_left_out() -> None:
    breaker = {**answering("When is high water in Oban today?"), "contralint": {"ignore": ["CL401"]}}
    assert linter().lint_rows([*CALLERS, breaker]).diagnostics == ()


def test_a_dataset_without_tools_or_texts_embeds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    embedded: list[object] = []
    made = linter(select=["CL401", "CL402", "CL403"])
    monkeypatch.setattr(Models, "encoder", property(lambda self: embedded.append(self)))
    assert made.lint_rows(UNRELATED[:1] + UNRELATED[2:4]).diagnostics == ()
    assert embedded == []


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({"behaviours": ["triger"]}, "unknown behaviour 'triger'; did you mean 'trigger'"),
        ({"same_kind": 7}, "CL401: parameters"),
    ],
)
def test_parameters_are_checked(parameters: dict[str, object], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        Linter(Config(select=["CL401"], parameters={"CL401": parameters})).lint_rows(POOL)


@pytest.mark.parametrize(("at", "rule"), [(2, "CL401"), (5, "CL402"), (9, "CL403"), (11, "CL404"), (13, "CL405")])
def test_two_records_compared(at: int, rule: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in POOL), encoding="utf-8")
    made = linter()
    found = look_up([row_place(f"{path}:{line}") for line in (at + 1, at + 2)], made.config)
    comparison = compare(made, found.records[0], found.records[1], found.among)
    assert [verdict.rule.id for verdict in comparison.verdicts if verdict.holds] == [rule]
    other = next(verdict for verdict in comparison.verdicts if verdict.rule.id.startswith("CL4") and not verdict.holds)
    assert other.because


def test_every_behaviour_is_named_by_a_rule_that_ships() -> None:
    named = [name for rule in linter().rules.values() for name in rule.parameters.get("behaviours", [])]
    assert sorted(named) == sorted(BEHAVIOURS)


def test_odd_datasets() -> None:
    for rows in ([], CALLERS[:1], CALLERS[:1] * 20, [calling("")], [answering("")] * 2):
        assert linter(select=["CL401", "CL402", "CL403", "CL404", "CL405"]).lint_rows(rows).diagnostics == ()
    assert list(BEHAVIOURS["trigger"].pairs([], Dataset([], Models()))) == []


def test_the_evaluation_split_takes_no_part(tmp_path: Path) -> None:
    training, held_out = tmp_path / "a.jsonl", tmp_path / "held-out.jsonl"
    training.write_text(json.dumps(CALLERS[0]) + "\n", encoding="utf-8")
    held_out.write_text(json.dumps(answering("When is high water in Oban today?")) + "\n", encoding="utf-8")
    assert linter(select=["CL4"], against=[str(held_out)]).lint_paths([training]).diagnostics == ()
    assert rules(linter(select=["CL4"]).lint_paths([tmp_path])) == ["CL401"]
