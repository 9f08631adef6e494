"""Measuring labelled files: what each task counts, with models that say what the test tells them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from linting import Data, alpaca, linter, write

from contralint import Linter
from contralint.bench.measurement import Measurement, Table
from contralint.bench.run import bench
from contralint.bench.tasks import TASKS
from contralint.cli.bench import _TASKS
from contralint.errors import UsageError

DATA = Path(__file__).parent / "data" / "bench"
Pairs = Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]


class Told(Linter):
    """A linter whose models find a number in the texts: a probability "p=0.7", or a stance "as refuses"."""

    def judge(self, pairs: Pairs) -> list[float]:
        return [_told(first) for first, _ in pairs]

    def same_request(self, pairs: Pairs) -> list[float]:
        return [_told(first) for first, _ in pairs]

    def describe(self, row: Mapping[str, Any]) -> dict[str, Any]:
        label = str(row["output"]).split("as ")[1].split()[0]
        return {"stance": {"label": label, "probabilities": {label: 0.9, "complies": 0.1}}}


def _told(row: Mapping[str, Any]) -> float:
    return float(json.dumps(row).split("p=")[1].split()[0])


def told(tmp_path: Path, rows: Sequence[Data], *tasks: str, by: str | None = None) -> Measurement:
    (measured,) = bench(Told(rules={}), [str(write(tmp_path / "cases.jsonl", rows))], tasks, by)
    return measured


def table(measured: Measurement, key: str) -> list[dict[str, Any]]:
    found = next(one for one in measured.tables if one.key == key)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def pair(probability: float, conflict: bool, **more: Any) -> Data:  # noqa: ANN401 (fields of any type)
    return {"a": alpaca("q", f"p={probability} "), "b": alpaca("q", "x"), "conflict": conflict, **more}


PAIRS = [
    pair(0.95, True, family="dates"),
    pair(0.6, True, family="names"),
    pair(0.55, False, family="names", case="Holland"),
    pair(0.3, True, family="dates"),
    pair(0.1, False, family="dates"),
]


def test_pairs_are_counted(tmp_path: Path) -> None:
    measured = told(tmp_path, PAIRS)
    assert measured.task == "judge"
    figures = measured.figures
    assert (figures["cases"], figures["conflict"], figures["ok"]) == (5, 3, 2)
    assert figures["precision"] == figures["recall"] == figures["f1"] == pytest.approx(2 / 3)
    assert figures["accuracy"] == pytest.approx(3 / 5)
    assert figures["auc"] == pytest.approx(5 / 6)
    assert figures["recall_at_p90"] == pytest.approx(2 / 3)
    assert figures["brier"] == pytest.approx((0.05**2 + 0.4**2 + 0.55**2 + 0.7**2 + 0.1**2) / 5)
    at = {row["threshold"]: row for row in table(measured, "thresholds")}
    assert (at[0.9]["said"], at[0.9]["precision"], at[0.9]["recall"]) == (1, 1.0, pytest.approx(1 / 3))
    assert (at[0.99]["said"], at[0.99]["precision"]) == (0, None)
    assert (at[0.05]["said"], at[0.05]["recall"]) == (5, 1.0)


def test_families_are_counted_apart(tmp_path: Path) -> None:
    families = table(told(tmp_path, PAIRS), "families")
    assert [(row["family"], row["cases"], row["precision"], row["recall"]) for row in families] == [
        ("dates", 3, 1.0, 0.5),
        ("names", 2, 0.5, 1.0),
    ]
    apart = told(tmp_path, [pair(0.9, True, source="x"), pair(0.1, True, source=3)], by="source")
    assert [row["source"] for row in table(apart, "families")] == ["3", "x"]


def test_mistakes_are_named_with_their_place(tmp_path: Path) -> None:
    false_alarm, miss = told(tmp_path, PAIRS).mistakes
    assert (false_alarm.case.line, false_alarm.name, false_alarm.expected) == (3, "Holland", "ok")
    assert (miss.case.line, miss.expected, miss.found) == (4, "conflict", "probability 0.30")


def test_questions_make_pairs_of_right_and_wrong_answers(tmp_path: Path) -> None:
    row = {"question": "p=0.9 ", "correct": ["a", "b", "c"], "incorrect": ["x"]}
    figures = told(tmp_path, [row]).figures
    assert (figures["conflict"], figures["ok"]) == (3, 3)
    many = {"question": "p=0.9 ", "correct": list("abcdef"), "incorrect": list("uvwxyz")}
    figures = told(tmp_path, [many]).figures
    assert (figures["conflict"], figures["ok"]) == (4, 4), "no question outweighs the others"


def test_which_pairs_stand_for_a_question_does_not_depend_on_order(tmp_path: Path) -> None:
    row = {"question": "p=0.9 ", "correct": list("abcdef"), "incorrect": list("uvwxyz")}
    turned = {**row, "incorrect": list("zyxwvu")}
    assert [one.name for one in told(tmp_path, [row]).mistakes] == [one.name for one in told(tmp_path, [row]).mistakes]
    first, second = (told(tmp_path, [each]) for each in (row, turned))
    assert first.figures == second.figures


def test_requests_are_compared(tmp_path: Path) -> None:
    rows: list[Data] = [
        {"question_1": "p=0.8 ", "question_2": "x", "same": 1},
        {"question_1": "p=0.2 ", "question_2": "x", "same": False},
        {"a": alpaca("p=0.7 ", "x"), "b": alpaca("x", "x"), "same": "false"},
    ]
    measured = told(tmp_path, rows)
    assert (measured.task, measured.figures["same"], measured.figures["different"]) == ("same-request", 1, 2)
    assert measured.figures["precision"] == 0.5
    assert [one.case.line for one in measured.mistakes] == [3]


def stance(label: str, found: str, **more: Any) -> Data:  # noqa: ANN401 (values of any type)
    return {"prompt": "do it", "completion": f"as {found} ", "label": label, **more}


def test_stances_are_counted(tmp_path: Path) -> None:
    rows = [
        stance("refuse", "refuses"),
        stance("refuses", "unable"),
        stance("refuse", "complies"),
        stance("comply", "complies"),
        stance("Complies", "partial"),
        stance("partial", "refuses"),
    ]
    measured = told(tmp_path, rows)
    figures = measured.figures
    assert (figures["cases"], figures["left_out"]) == (5, 1)
    assert figures["accuracy"] == pytest.approx(3 / 5)
    assert figures["recall_refuse"] == pytest.approx(2 / 3)
    assert figures["recall_comply"] == 0.5
    assert figures["precision"] == 1.0
    confusion = {row["label"]: row for row in table(measured, "stances")}
    assert (confusion["refuses"]["unable"], confusion["complies"]["partial"], confusion["partial"]["refuses"]) == (
        1,
        1,
        1,
    )


def measure(*names: str, task: str | None = None) -> Measurement:
    """Measures shipped rules and models."""
    (measured,) = bench(linter(), [str(DATA / name) for name in names], [task] if task else [])
    return measured


def test_behaviour_of_the_rules() -> None:
    measured = measure("behaviour.jsonl")
    assert measured.figures["precision"] == 1.0
    assert measured.figures["recall"] == pytest.approx(2 / 3)
    assert table(measured, "rules") == [
        {"rule": "CL101", "reported": 1, "right": 1, "wrong": 0, "missed": 0, "precision": 1.0},
        {"rule": "CL201", "reported": 1, "right": 1, "wrong": 0, "missed": 0, "precision": 1.0},
    ]
    assert [(one.case.line, one.found) for one in measured.mistakes] == [(6, "nothing reported")]
    assert sum(one.count for one in measured.reliability) == 2, "what is not reported has no confidence"


def test_a_conflict_reported_by_another_rule_is_missed_by_its_own(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (DATA / "behaviour.jsonl").read_text(encoding="utf-8").splitlines()]
    rows[0]["rule"] = "CL103"
    rows[2]["label"] = "ok"
    (measured,) = bench(linter(), [str(write(tmp_path / "b.jsonl", rows[:3]))])
    assert [(row["rule"], row["right"], row["wrong"], row["missed"]) for row in table(measured, "rules")] == [
        ("CL101", 0, 1, 0),
        ("CL103", 0, 0, 1),
        ("CL201", 0, 1, 0),
    ]
    assert measured.figures["precision"] == 0.5


def test_models_that_ship_do_well_on_plain_cases() -> None:
    assert measure("judge.jsonl", "judge_pairs.jsonl").figures["auc"] == 1.0
    assert measure("same-request.jsonl").figures["auc"] == 1.0
    assert measure("stance.jsonl").figures["accuracy"] == 1.0


def test_flips_between_two_sources() -> None:
    measured = measure("stance.jsonl", task="flips")
    assert measured.figures == {"pairs": 1, "reported": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert table(measured, "sources")[0]["sources"] == "one, two"


def test_flips_that_are_missed_or_made_up_are_named(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (DATA / "stance.jsonl").read_text(encoding="utf-8").splitlines()]
    rows[0]["label"], rows[4]["label"] = "refuse", "comply"
    (measured,) = bench(linter(), [str(write(tmp_path / "s.jsonl", rows))], ["flips"])
    assert (measured.figures["precision"], measured.figures["recall"]) == (0.0, 0.0)
    assert [(one.case.line, one.expected, one.found) for one in measured.mistakes] == [
        (1, "no flip", "reported"),
        (2, "flip", "nothing reported"),
    ]


def test_calm_counts_by_source() -> None:
    measured = measure("calm.jsonl", task="calm")
    assert measured.figures == {"records": 6, "datasets": 2, "reported": 1, "per_1000_records": 125.0, "worst": 250.0}
    assert [(one.case.line, one.found) for one in measured.mistakes] == [(3, "CL101 answer-flip")]


def test_files_of_one_task_are_measured_together_and_tasks_in_order() -> None:
    paths = [str(DATA / name) for name in ("stance.jsonl", "judge_pairs.jsonl", "judge.jsonl")]
    judged, stances = bench(linter(), paths)
    assert (judged.task, stances.task) == ("judge", "stance")
    assert len(judged.files) == 2


def test_the_command_knows_every_task() -> None:
    assert tuple(TASKS) == _TASKS


@pytest.mark.parametrize(
    ("text", "task", "says"),
    [
        ("", None, "there are no labelled rows in it"),
        ('{"question": \n', None, "cases.jsonl:1:"),
        ("[1]\n[2]", None, "cases.jsonl:1: a labelled row must be an object"),
        ('{"a": 1}', None, "cases.jsonl:1: the keys a fit no task"),
        ('{"premise": "", "label": ""}', None, "for unlabelled rows say --task calm"),
        (
            '{"prompt": "a", "response": "b", "label": "refusses"}',
            None,
            "unknown label 'refusses'; did you mean 'refuses'",
        ),
        ('{"prompt": "a", "response": "b", "label": 3}', None, "cases.jsonl:1: 'label' is not a text"),
        ('{"prompt": 1, "response": "b", "label": "refuses"}', None, "'prompt' is not a text"),
        ('{"a": {}, "b": [], "conflict": true}', None, "'b' is not a row"),
        ('{"a": {}, "b": {}, "conflict": true}', None, "cases.jsonl:1: the row cannot be read: "),
        ('{"a": {}, "b": {}, "conflict": "maybe"}', None, "'conflict' must be true or false"),
        ('{"question_1": "a", "question_2": "b", "same": 2}', None, "'same' must be true or false"),
        ('{"question": "a", "correct": "b", "incorrect": []}', None, "'correct' is not a list of texts"),
        ('{"label": "ok", "records": []}', None, "'records' is not a list of rows"),
        ('{"label": "ok", "records": [1]}', None, "'records' holds something that is not a row"),
        ('{"label": "bad", "records": [{}]}', None, "unknown label 'bad'; known: conflict, ok"),
        ('{"prompt": "a", "response": "b", "label": "refuses"}', "flips", "flips need answers of two sources"),
        ('{"prompt": "a", "response": "b", "label": "refuses"}', "judge", "the row has no 'question'"),
    ],
)
def test_bad_rows_are_named_with_file_and_line(text: str, task: str | None, says: str, tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text(text)
    with pytest.raises(UsageError) as caught:
        bench(linter(), [str(tmp_path / "cases.jsonl")], [task] if task else [])
    assert says in str(caught.value)
    assert "cases.jsonl" in str(caught.value)


def test_a_later_row_of_another_kind_is_an_error(tmp_path: Path) -> None:
    rows = [pair(0.5, True), {"question_1": "a", "question_2": "b", "same": True}]
    with pytest.raises(UsageError, match=r"cases\.jsonl:2: the row has no 'question'"):
        told(tmp_path, rows)


def test_tables_are_as_wide_as_their_columns() -> None:
    for measured in bench(linter(), [str(DATA / "stance.jsonl")], ["stance", "flips", "calm"]):
        for one in measured.tables:
            assert isinstance(one, Table)
            assert all(len(row) == len(one.columns) for row in one.rows)
