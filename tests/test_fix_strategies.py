"""Every strategy in every format: what it drops or says, that a rescan is content, and that once is enough."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fixing import FORMATS, apply, planned, rescan, rows_in, share_linter, write_as
from linting import Data, alpaca, messages, write

from contralint.errors import UsageError
from contralint.resolve import STRATEGIES, Fix

FLY = "Can penguins fly?"


def row(output: str, date: str, source: str, asked: str = FLY) -> Data:
    return alpaca(asked, output, date=date, source=source)


ROWS = [
    row("No, penguins cannot fly.", "2024-05-01", "web"),
    row("Yes, they can.", "2025-01-31T10:00:00Z", "experts"),
    row("The sky is blue.", "2020-01-01", "web", "What colour is the sky?"),
    row("No, they cannot.", "2023-01-01", "web"),
]
YES, NO = {1}, {0, 3}
DROPPING: list[tuple[str, dict[str, Any], set[int]]] = [
    ("keep-majority", {}, YES),
    ("keep-newest", {"newest_by": "date"}, NO),
    ("keep-source", {"sources": ["experts", "web"]}, NO),
    ("keep-source", {"sources": ["w*", "experts"]}, YES),
    ("drop-both", {}, YES | NO),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    share_linter(monkeypatch)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settled_once(name: str, strategy: str, **more: Any) -> Fix:  # noqa: ANN401 (settings of any type)
    """Applies twice: the second time there is nothing to do, and the rescan in between is content."""
    made = apply([name], strategy, **more)
    held = {file: file.read_bytes() for file in Path().iterdir()}
    decisions = "contralint.decisions.jsonl" if Path("contralint.decisions.jsonl").exists() else None
    assert rescan([name], decisions=decisions) == set()
    again = apply([name], strategy, decisions=decisions, **more)
    assert (again.plan.changes, again.plan.left, again.decisions) == ({}, (), ())
    assert {file: file.read_bytes() for file in Path().iterdir()} == held
    return made


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("strategy", "more", "dropped"), DROPPING)
def test_a_side_is_dropped(name: str, strategy: str, more: dict[str, Any], dropped: set[int]) -> None:
    write_as(name, ROWS)
    settled_once(name, strategy, **more)
    assert rows_in(name) == [kept for index, kept in enumerate(ROWS) if index not in dropped]
    told = [json.loads(line) for line in Path(f"{name}.dropped.jsonl").read_text("utf-8").splitlines()]
    assert [one["row"] for one in told] == [ROWS[index] for index in sorted(dropped)]
    assert [(one["path"], one["index"], one["rule"], one["strategy"]) for one in told] == [
        (name, index, "CL102", strategy) for index in sorted(dropped)
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_a_side_counts_less(name: str) -> None:
    write_as(name, ROWS)
    settled_once(name, "down-weight", weight=0.25)
    rows = rows_in(name)
    assert [float(found.get("weight", 1)) for found in rows] == [1, 0.25, 1, 1]
    assert [{**found, "weight": None} for found in rows] == [{**kept, "weight": None} for kept in ROWS]
    (decision,) = map(json.loads, Path("contralint.decisions.jsonl").read_text().splitlines())
    assert (decision["decision"], decision["by"]) == ("keep-both", "fix")


@pytest.mark.parametrize("name", FORMATS)
def test_a_side_says_when_it_holds(name: str) -> None:
    write_as(name, ROWS)
    labels = [side.label for side in conflict([name]).sides]
    settled_once(name, "condition", conditions={labels[0]: "Speak of cartoon penguins."})
    rows = rows_in(name)
    assert [found.get("system") or "" for found in rows] == ["", "Speak of cartoon penguins.", "", ""]
    assert [{**found, "system": None} for found in rows] == [{**kept, "system": None} for kept in ROWS]


def conflict(paths: list[str]) -> Any:  # noqa: ANN401 (a diagnostic)
    (found,) = planned(paths).undecided
    return found


def test_without_a_strategy_nothing_undecided_is_touched() -> None:
    write(Path("data.jsonl"), ROWS)
    made = planned(["data.jsonl"])
    assert (made.plan.changes, made.plan.left, len(made.undecided)) == ({}, (), 1)


@pytest.mark.parametrize(
    ("strategy", "more", "says"),
    [
        ("keep-majority", {}, "no side is the largest (1 answers no, 1 answers yes)"),
        ("down-weight", {}, "no side is the largest"),
        ("keep-newest", {"newest_by": "date"}, "no side is the newest"),
        ("keep-newest", {"newest_by": "when"}, "data.jsonl:1 has no 'when'"),
        ("keep-newest", {"newest_by": "output"}, "'output' of data.jsonl:1 is neither an ISO date nor a number"),
        ("keep-newest", {}, "data.jsonl is in no git repository: use --newest-by"),
        ("keep-source", {"sources": ["books"]}, "no side has the best source"),
        ("condition", {}, "no condition is known for 'answers no' or 'answers yes'"),
    ],
)
def test_what_settles_nothing_says_why(strategy: str, more: dict[str, Any], says: str) -> None:
    write(Path("data.jsonl"), [row("No, they cannot.", "7", "web"), row("Yes, they can.", "7.0", "web")])
    made = planned(["data.jsonl"], strategy, **more)
    assert made.plan.changes == {}
    assert [one.reason for one in made.plan.left] == [one.reason for one in made.plan.left if says in one.reason]
    assert len(made.plan.left) == 1


def test_dates_and_numbers_do_not_mix() -> None:
    write(Path("data.jsonl"), [row("No, they cannot.", "7", "web"), row("Yes, they can.", "2024-01-01", "web")])
    with pytest.raises(UsageError, match="'date' holds dates in some rows and numbers in others"):
        planned(["data.jsonl"], "keep-newest", newest_by="date")


def test_the_larger_of_three_sides_stays() -> None:
    asked = "What is the capital of Australia?"
    write(Path("data.jsonl"), [alpaca(asked, city) for city in ("Sydney", "Canberra", "Melbourne", "Canberra")])
    settled_once("data.jsonl", "keep-majority")
    assert [found["output"] for found in rows_in("data.jsonl")] == ["Canberra", "Canberra"]


def test_sources_are_files_where_rows_name_none() -> None:
    Path("good").mkdir()
    write(Path("good/a.jsonl"), [alpaca(FLY, "Yes, they can.")])
    write(Path("b.jsonl"), [alpaca(FLY, "No, they cannot.")] * 2)
    made = apply(["."], "keep-source", sources=["good/*", "b"])
    assert set(made.plan.changes) == {"b.jsonl"}
    assert rescan(["."]) == set()


def test_a_weight_that_is_lower_already_stays() -> None:
    write(Path("data.jsonl"), [*ROWS[:1], {**ROWS[1], "weight": 0}, *ROWS[2:]])
    before = Path("data.jsonl").read_bytes()
    assert len(apply(["data.jsonl"], "down-weight").decisions) == 1
    assert Path("data.jsonl").read_bytes() == before
    assert rescan(["data.jsonl"], decisions="contralint.decisions.jsonl") == set()


def test_a_weight_that_is_no_number_is_the_users_to_mend() -> None:
    write(Path("data.jsonl"), [*ROWS[:1], {**ROWS[1], "weight": "heavy"}, *ROWS[2:]])
    (left,) = planned(["data.jsonl"], "down-weight").plan.left
    assert left.reason == "data.jsonl:2: 'weight' holds no number, but 'heavy'"


def test_copies_are_dropped_but_for_one() -> None:
    copy = alpaca("Name a colour.", "Blue.", source="b")
    write(Path("data.jsonl"), [copy, {**copy, "source": "a"}, copy])
    settings: dict[str, Any] = {"select": ["CL004"], "severity": severity("note")}
    assert planned(["data.jsonl"], "drop-both", select=["CL004"]).plan.changes == {}
    apply(["data.jsonl"], "keep-source", sources=["a", "b"], **settings)
    assert rows_in("data.jsonl") == [{**copy, "source": "a"}]
    write(Path("data.jsonl"), [copy, {**copy, "source": "a"}, copy])
    apply(["data.jsonl"], "drop-both", **settings)
    assert rows_in("data.jsonl") == [copy]


def severity(name: str) -> Any:  # noqa: ANN401 (an enum)
    from contralint.diagnostics import Severity

    return Severity(name)


@pytest.mark.parametrize("strategy", [one for one in STRATEGIES if one != "keep-chosen-side"])
def test_within_a_record_only_drop_both_drops(strategy: str) -> None:
    write(Path("data.jsonl"), [alpaca("Name a colour.", ""), *ROWS[2:3]])
    made = planned(["data.jsonl"], strategy, select=["CL003"], sources=["a"], newest_by="date")
    assert len(made.plan.settled) == (strategy == "drop-both")
    assert len(made.plan.left) == (strategy != "drop-both")


def test_rows_that_cannot_be_read_stay() -> None:
    Path("data.jsonl").write_text('{broken\n{"what": 1}\n')
    made = apply(["data.jsonl"], "drop-both", select=["CL0"])
    assert [one.reason for one in made.plan.left] == ["row 1 of data.jsonl cannot be read: mend it by hand"]
    assert Path("data.jsonl").read_text() == "{broken\n"


def test_a_conversation_is_dropped_whole() -> None:
    row = messages(("user", FLY), ("assistant", "Yes, they can."), ("user", "Why?"), ("assistant", "Wings."))
    write(Path("data.jsonl"), [alpaca(FLY, "No, they cannot.")] * 2 + [row])
    apply(["data.jsonl"], "keep-majority")
    assert rows_in("data.jsonl") == [alpaca(FLY, "No, they cannot.")] * 2


def test_a_row_is_dropped_once_for_several_conflicts() -> None:
    first = ("user", FLY), ("assistant", "Yes, they can.")
    second = ("user", "Is the capital of Australia Sydney?"), ("assistant", "Yes, it is.")
    others = [alpaca(FLY, "No, they cannot.")] * 2 + [alpaca("Is the capital of Australia Sydney?", "No.")] * 2
    write(Path("data.jsonl"), [messages(*first, *second), *others])
    made = apply(["data.jsonl"], "keep-majority")
    assert len(made.plan.settled) == 2
    (line,) = map(json.loads, Path("data.jsonl.dropped.jsonl").read_text().splitlines())
    assert {line["fingerprint"], line["also"][0]["fingerprint"]} == {one.found.fingerprint for one in made.plan.settled}


def test_a_row_that_is_to_stay_for_another_conflict_stays() -> None:
    wrong = ("user", FLY), ("assistant", "Yes, they can.")
    right = ("user", "Is the capital of Australia Sydney?"), ("assistant", "No.")
    rows = [
        messages(*wrong, *right),
        alpaca("Is the capital of Australia Sydney?", "No."),
        alpaca("Is the capital of Australia Sydney?", "Yes, it is."),
        *[alpaca(FLY, "No, they cannot.")] * 2,
    ]
    write(Path("data.jsonl"), rows)
    made = apply(["data.jsonl"], "keep-majority")
    assert rows_in("data.jsonl") == [*rows[:2], *rows[3:]]
    (left,) = made.plan.left
    assert left.reason.startswith("row 1 of data.jsonl, which would lose here, is to stay for CL102 ")


def test_a_row_on_both_sides_is_the_users_to_part() -> None:
    both = messages(("user", FLY), ("assistant", "Yes."), ("user", FLY), ("assistant", "No."))
    write(Path("data.jsonl"), [both, alpaca(FLY, "Yes, they can."), *[alpaca(FLY, "No, they cannot.")] * 2])
    made = planned(["data.jsonl"], "keep-majority")
    assert made.plan.changes == {}
    assert "row 1 of data.jsonl stands on both sides" in made.plan.left[0].reason


def test_the_evaluation_split_is_never_changed() -> None:
    write(Path("train.jsonl"), [alpaca(FLY, "Yes, they can.")] * 2 + ROWS[2:3])
    write(Path("eval.jsonl"), [alpaca(FLY, "No, they cannot.")])
    held = Path("eval.jsonl").read_bytes()
    settings: dict[str, Any] = {"against": ["eval.jsonl"], "select": ["CL8"]}
    (left,) = planned(["."], "keep-majority", **settings).plan.left
    assert "against which nothing counts" in left.reason
    apply(["."], "drop-both", **settings)
    assert rows_in("train.jsonl") == ROWS[2:3]
    assert Path("eval.jsonl").read_bytes() == held


def test_the_baseline_and_unsure_conflicts_are_left_alone() -> None:
    from contralint.baseline import Baseline

    write(Path("data.jsonl"), ROWS)
    assert planned(["data.jsonl"], "keep-majority", min_confidence=1.0).plan.changes == {}
    Baseline.of([conflict(["data.jsonl"])]).write(Path("known.jsonl"))
    assert planned(["data.jsonl"], "keep-majority", baseline="known.jsonl").plan.changes == {}
