"""`contralint test-rules`: the examples are run by a double."""

from __future__ import annotations

import sys
import types
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from contralint.cli import main
from contralint.rulebook import Rule, load_rules

RULE = """\
id: XX101
name: tone-flip
severity: note
kind: pair
message: m
help: h
documentation:
  {what it does: a, why it harms training: b, known problems: c, conflict: d, instead: e, options: f}
examples:
  conflict:
    - {name: polite and rude, records: [{a: b}]}
  ok:
    - {name: both polite, records: [{a: b}]}
    - {name: both rude, records: [{a: b}]}
"""


@dataclass(frozen=True)
class Failure:
    rule: str
    name: str
    expected: str
    found: str


@dataclass
class Double:
    failures: tuple[Failure, ...] = ()
    rules: tuple[str, ...] = ()

    def check_examples(self, rules: Mapping[str, Rule]) -> list[Failure]:
        self.rules = tuple(rules)
        return list(self.failures)


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Double:
    double, module = Double(), types.ModuleType("contralint.examples")
    vars(module)["check_examples"] = double.check_examples
    monkeypatch.setitem(sys.modules, "contralint.examples", module)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "tone-flip.yaml").write_text(RULE)
    return double


@pytest.mark.parametrize("path", ["own", "own/tone-flip.yaml"])
def test_passing(runner: Double, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test-rules", path]) == 0
    assert runner.rules == ("XX101",)
    assert capsys.readouterr().out == "3 examples of 1 rules passed\n"


def test_failures_are_told_as_compilers_do(runner: Double, capsys: pytest.CaptureFixture[str]) -> None:
    runner.failures = (Failure("XX101", "both rude", "nothing", "XX101"),)
    assert main(["test-rules", "own"]) == 1
    assert capsys.readouterr().out == (
        "own/tone-flip.yaml:14: error[XX101]: both rude: expected nothing, found XX101\n"
        "2 of 3 examples of 1 rules passed\n"
    )


def test_shipped_rules_by_default(runner: Double) -> None:
    assert main(["test-rules"]) == 0
    assert runner.rules == tuple(load_rules())


@pytest.mark.usefixtures("runner")
def test_a_missing_folder_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test-rules", "nowhere"]) == 2
    assert "nowhere: no such rule file or folder" in capsys.readouterr().err
