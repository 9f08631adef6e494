"""What somebody decided is carried out as decided, before and against whatever a strategy makes of the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fixing import apply, planned, rescan, rows_in, share_linter
from linting import Data, alpaca, messages, write

from contralint.decision import Decision
from contralint.decisions import Decisions, append
from contralint.diagnostics import Diagnostic

FLY = "Can penguins fly?"
ROWS = [alpaca(FLY, "No, they cannot."), alpaca(FLY, "Yes, they can."), alpaca(FLY, "No, penguins cannot fly.")]
FILE = Path("contralint.decisions.jsonl")
DECIDED = {"decisions": str(FILE)}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    share_linter(monkeypatch)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def conflicts(**settings: Any) -> list[Diagnostic]:  # noqa: ANN401 (settings of any type)
    return list(planned(["data.jsonl"], **settings).undecided)


def conflict() -> Diagnostic:
    (found,) = conflicts()
    return found


def with_conditions(*conditions: str) -> Decision:
    made = Decision.of(conflict(), "keep-both", by="review", reason="both")
    pairs = zip(made.sides, conditions, strict=True)
    return msgspec.structs.replace(
        made, sides=tuple(msgspec.structs.replace(side, condition=said) for side, said in pairs)
    )


def settled_once(**more: Any) -> None:  # noqa: ANN401 (settings of any type)
    apply(["data.jsonl"], **DECIDED, **more)
    held = {file: file.read_bytes() for file in Path().iterdir()}
    assert rescan(["data.jsonl"], **DECIDED) == set()
    again = apply(["data.jsonl"], **DECIDED, **more)
    assert (again.plan.changes, again.plan.settled, again.decisions) == ({}, (), ())
    assert {file: file.read_bytes() for file in Path().iterdir()} == held


@pytest.mark.parametrize(("keep", "kept"), [(0, {1}), (1, {0, 2})])
def test_the_chosen_side_stays(keep: int, kept: set[int]) -> None:
    write(Path("data.jsonl"), ROWS)
    append(FILE, Decision.of(conflict(), "keep-side", keep=[keep], reason="policy 4.2", by="review"))
    settled_once()
    assert rows_in("data.jsonl") == [row for index, row in enumerate(ROWS) if index in kept]
    for line in Path("data.jsonl.dropped.jsonl").read_text().splitlines():
        told = json.loads(line)
        assert (told["reason"], told["strategy"]) == ("policy 4.2", "decision: keep-side")


def test_all_is_dropped_by_fingerprint_alone() -> None:
    write(Path("data.jsonl"), [*ROWS, alpaca("Name a colour.", "Blue.")])
    FILE.write_text(json.dumps({"rule": "CL102", "fingerprint": conflict().fingerprint, "decision": "drop"}))
    settled_once()
    assert rows_in("data.jsonl") == [alpaca("Name a colour.", "Blue.")]


@pytest.mark.parametrize("choice", ["not-a-conflict", "keep-both"])
def test_what_is_to_stay_stays(choice: Any) -> None:  # noqa: ANN401 (a choice)
    write(Path("data.jsonl"), ROWS)
    append(FILE, Decision.of(conflict(), choice))
    settled_once(strategy="keep-majority")
    assert rows_in("data.jsonl") == ROWS


def test_each_side_says_its_condition() -> None:
    write(Path("data.jsonl"), ROWS)
    append(FILE, with_conditions("Speak of cartoons.", "Speak of nature."))
    settled_once()
    assert [row["system"] for row in rows_in("data.jsonl")] == [
        "Speak of nature.",
        "Speak of cartoons.",
        "Speak of nature.",
    ]
    (decision,) = Decisions.read(FILE).decisions
    assert (decision.by, decision.reason) == ("review", "both")
    assert [side.condition for side in decision.sides] == ["Speak of cartoons.", "Speak of nature."]


def test_a_conflict_that_conditions_do_not_part_stays_decided() -> None:
    """What one says of itself clashes whatever the system prompts say."""
    rows = [alpaca("Who made you?", "I was made by OpenAI."), alpaca("Who are you?", "I am Claude, made by Anthropic.")]
    write(Path("data.jsonl"), rows)
    settings: dict[str, Any] = {"select": ["CL303"]}
    (found,) = conflicts(**settings)
    made = Decision.of(found, "keep-both", by="review")
    sides = (msgspec.structs.replace(made.sides[0], condition="You serve in shop A."), made.sides[1])
    append(FILE, msgspec.structs.replace(made, sides=sides))
    apply(["data.jsonl"], **DECIDED, **settings)
    assert rescan(["data.jsonl"], **settings) != set()
    settled_once(**settings)


def test_records_are_written_anew() -> None:
    write(Path("data.jsonl"), ROWS)
    made = Decision.of(conflict(), "edit", by="review")
    (record,) = made.sides[0].records
    append(FILE, msgspec.structs.replace(made, edits={record: {"response": "No: they swim."}}))
    settled_once()
    assert rows_in("data.jsonl") == [ROWS[0], alpaca(FLY, "No: they swim."), ROWS[2]]


def test_one_turn_of_a_conversation_is_written_anew() -> None:
    said = messages(("user", FLY), ("assistant", "Yes, they can."), ("user", "Why?"), ("assistant", "Wings."))
    write(Path("data.jsonl"), [ROWS[0], said])
    made = Decision.of(conflict(), "edit")
    (record,) = next(side.records for side in made.sides if "yes" in side.label)
    append(FILE, msgspec.structs.replace(made, edits={record: {"response": "No."}}))
    apply(["data.jsonl"], **DECIDED)
    told = said["messages"]
    assert rows_in("data.jsonl")[1]["messages"] == [told[0], {"role": "assistant", "content": "No."}, *told[2:]]


@pytest.mark.parametrize(("name", "says"), [("answer", "there is no field 'answer'"), ("system", "no field 'system'")])
def test_a_field_that_is_not_there_is_not_written(name: str, says: str) -> None:
    write(Path("data.jsonl"), ROWS)
    made = Decision.of(conflict(), "edit")
    append(FILE, msgspec.structs.replace(made, edits={made.sides[0].records[0]: {name: "x"}}))
    assert says in planned(["data.jsonl"], **DECIDED).plan.left[0].reason


def test_a_decision_goes_before_a_strategy() -> None:
    """The row that one conflict's majority would keep is dropped, since somebody decided so of the other."""
    wrong = ("user", FLY), ("assistant", "Yes, they can.")
    right = ("user", "Is the capital of Australia Sydney?"), ("assistant", "No.")
    rows: list[Data] = [
        messages(*wrong, *right),
        ROWS[0],
        alpaca("Is the capital of Australia Sydney?", "Yes, it is."),
        alpaca("Is the capital of Australia Sydney?", "No."),
    ]
    write(Path("data.jsonl"), rows)
    decided = next(found for found in conflicts() if "row" and found.sides[0].members[0].index in (0, 1))
    keep = next(at for at, side in enumerate(decided.sides) if side.members[0].index == 1)
    append(FILE, Decision.of(decided, "keep-side", keep=[keep]))
    made = apply(["data.jsonl"], "keep-majority", **DECIDED)
    assert made.plan.left == ()
    assert rows_in("data.jsonl") == [rows[1], rows[3]]


def test_decisions_that_pull_at_one_row_leave_it() -> None:
    wrong = ("user", FLY), ("assistant", "Yes, they can.")
    right = ("user", "Is the capital of Australia Sydney?"), ("assistant", "No.")
    rows = [messages(*wrong, *right), ROWS[0], alpaca("Is the capital of Australia Sydney?", "Yes, it is.")]
    write(Path("data.jsonl"), rows)
    for found in conflicts():
        place = next(at for at, side in enumerate(found.sides) if side.members[0].index == 0)
        keep = place if found.primary.index == 2 or found.sides[1].members[0].index == 2 else 1 - place
        append(FILE, Decision.of(found, "keep-side", keep=[keep]))
    made = apply(["data.jsonl"], **DECIDED)
    assert "is to stay for CL102" in made.plan.left[0].reason
    assert rows_in("data.jsonl") == rows[:2]


def test_an_evaluation_file_is_not_changed_by_a_decision() -> None:
    write(Path("data.jsonl"), [alpaca(FLY, "Yes, they can.")])
    write(Path("eval.jsonl"), [alpaca(FLY, "No, they cannot.")])
    settings: dict[str, Any] = {"against": ["eval.jsonl"], "select": ["CL8"]}
    (found,) = conflicts(**settings)
    append(FILE, Decision.of(found, "drop"))
    (left,) = apply(["data.jsonl"], **DECIDED, **settings).plan.left
    assert left.reason == "eval.jsonl is not changed: it belongs to the evaluation split, which is never changed"
