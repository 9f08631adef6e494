"""The evaluation split: what contradicts it, and that it takes part in nothing else."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from linting import Data, alpaca, lines, linter, members, rules, write

from contralint import Config, Linter
from contralint.cli import main
from contralint.errors import UsageError
from contralint.locating import AGAINST, ROWS
from contralint.rulebook import Example

YES = alpaca("Can penguins fly?", "Yes, they can.")
NO = alpaca("Can penguins fly?", "No.")
BONES = alpaca("How many bones does an adult human have?", "206")
MORE = alpaca("How many bones does an adult human have?", "208")
DAMAGED = '{"instruction": \n'


def test_the_training_side_comes_first_however_large_it_is() -> None:
    report = linter(select=["CL801"]).lint_rows([NO, {**NO, "output": "No, they cannot."}, NO], against=[YES])
    (one,) = report.diagnostics
    assert [(side.label, [place.path for place in side.members]) for side in one.sides] == [
        ("trains: answers no", [ROWS] * 3),
        ("expects: answers yes", [AGAINST]),
    ]
    assert one.suggestion is None
    assert one.primary.path == ROWS


def test_files_of_both_splits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "train.jsonl", [NO, BONES])
    write(tmp_path / "eval.jsonl", [YES, BONES])
    write(tmp_path / "other.jsonl", [MORE])
    report = linter(against=["eval.jsonl", "other.jsonl"]).lint_paths(["train.jsonl"])
    assert lines(report) == {("CL801", frozenset({1})), ("CL801", frozenset({2, 1}))}
    assert (report.summary.files, report.summary.rows, report.summary.records) == (3, 5, 5)
    given = Linter(Config(against=["eval.jsonl", "other.jsonl"])).lint_rows([NO, BONES])
    assert [one.fingerprint for one in given.diagnostics] == [one.fingerprint for one in report.diagnostics]


def test_a_file_that_both_name_belongs_to_the_evaluation_split(tmp_path: Path) -> None:
    write(tmp_path / "train.jsonl", [NO])
    write(tmp_path / "eval.jsonl", [YES])
    report = linter(against=[str(tmp_path / "eval.jsonl")]).lint_paths([tmp_path])
    assert (rules(report), report.summary.rows) == (["CL801"], 2)
    assert rules(linter().lint_paths([tmp_path])) == ["CL102"]
    with pytest.raises(UsageError, match="all files belong to the evaluation split"):
        linter(against=[str(tmp_path)]).lint_paths([tmp_path])


@pytest.mark.parametrize(
    "against",
    [
        [YES, NO],
        [BONES, BONES, MORE],
        [alpaca("Name a fruit.", "")],
        [{"prompt": "Hi", "chosen": "Hello", "rejected": "Hello"}],
        [alpaca(f"Which river flows through town number {number}?", "The Elbe.") for number in range(30)],
    ],
)
def test_the_evaluation_split_changes_nothing_else(against: list[Data]) -> None:
    rows = [BONES, MORE, BONES, alpaca("Name a nut.", ""), alpaca("Who are you?", "My name is Aria.")]
    alone = linter().lint_rows(rows).diagnostics
    beside = linter().lint_rows(rows, against=against).diagnostics
    assert [one for one in beside if one.rule != "CL801"] == list(alone)


def test_a_row_of_the_evaluation_split_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    write(tmp_path / "train.jsonl", [NO])
    (tmp_path / "eval.jsonl").write_text(DAMAGED + '{"a": 1}\n')
    report = linter(against=[str(tmp_path / "eval.jsonl")]).lint_paths([tmp_path / "train.jsonl"])
    assert rules(report) == ["CL001", "CL002"]
    assert (report.summary.rows, report.summary.records, report.summary.unread) == (3, 1, 2)


def test_either_side_may_ask_to_be_left_out(tmp_path: Path) -> None:
    ignored = {"contralint": {"ignore": ["CL801"]}}
    assert rules(linter().lint_rows([{**NO, **ignored}], against=[YES])) == []
    assert rules(linter().lint_rows([NO], against=[{**YES, **ignored}])) == []
    write(tmp_path / "train.jsonl", [NO])
    write(tmp_path / "eval.jsonl", [YES])
    made = linter(against=[str(tmp_path / "eval.jsonl")], per_path_ignores={"*train*": ["split-contradiction"]})
    assert rules(made.lint_paths([tmp_path / "train.jsonl"])) == []


def test_one_finding_a_pair_under_the_surest_of_the_rules() -> None:
    report = linter().lint_rows([alpaca("Is 7 a prime?", "Yes, it is.")], against=[alpaca("Is 7 a prime?", "No.")])
    assert rules(report) == ["CL801"]
    assert report.diagnostics[0].message.endswith("the same question is answered yes here, no there")
    assert len(members(report.diagnostics[0])) == 2


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "train.jsonl", [NO, alpaca("Name a nut.", "A walnut.")])
    write(tmp_path / "eval.jsonl", [YES])
    return tmp_path


def test_the_command_line_and_the_configuration(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "train.jsonl"]) == 0
    assert main(["scan", "train.jsonl", "--against", "eval.jsonl"]) == 1
    shown = capsys.readouterr().out
    assert "train.jsonl:1:49: error[CL801]: split-contradiction: the training split contradicts" in shown
    (folder / "deep").mkdir()
    (folder / "contralint.toml").write_text('paths = ["train.jsonl"]\nagainst = ["eval.jsonl"]\n')
    assert main(["scan"]) == 1
    assert main(["scan", "--isolated", "train.jsonl"]) == 0
    assert main(["scan", "train.jsonl", "--against", "missing.jsonl"]) == 2
    assert "missing.jsonl: no such file" in capsys.readouterr().err


def test_explain_and_compare_know_the_splits(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del folder
    (one,) = linter(against=["eval.jsonl"]).lint_paths(["train.jsonl"]).diagnostics
    assert main(["explain", one.fingerprint, "train.jsonl", "--against", "eval.jsonl"]) == 0
    assert "expects: answers yes (1 record)" in capsys.readouterr().out
    assert main(["compare", "train.jsonl:1", "eval.jsonl:1", "--against", "eval.jsonl"]) == 0
    shown = capsys.readouterr().out
    assert "not compared in what they answer: one of them belongs to the evaluation split" in shown
    assert "CL801 split-contradiction        holds  trains: answers no, expects: answers yes" in shown
    assert main(["compare", "train.jsonl:1", "eval.jsonl:1"]) == 0
    assert "CL801 split-contradiction        no     they are not one of each split" in capsys.readouterr().out


@pytest.mark.parametrize("parameters", [{"contradicts": ["CL1O2"]}, {"contradicts": "CL102"}, {"other": 1}])
def test_wrong_parameters_are_refused(parameters: Data) -> None:
    made = linter()
    made._known["CL801"] = msgspec.structs.replace(made._known["CL801"], parameters=parameters)
    with pytest.raises(UsageError, match="CL801: parameters: "):
        made.lint_rows([NO], against=[YES])


def test_an_example_gives_its_evaluation_split_beside_rows_alone() -> None:
    with pytest.raises(ValueError, match="`against` needs `records`"):
        Example(name="a", text="{}", against=[YES])
