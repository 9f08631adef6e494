"""`contralint synth`: files, what is told, and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import fixing
import pytest
from evaluating import DATA, LOCKS, TOWERS, decide
from linting import linter, write

from contralint.cli import main, synth
from contralint.readers import discover
from contralint.synth import synthesis

SERVES, TEACHES = "You serve a bank.", "You teach locksmiths."
OUT = Path(synth.DEFAULT_FILE)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    fixing.share_linter(monkeypatch, synthesis)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_examples_go_to_a_file_beside_the_data(capsys: pytest.CaptureFixture[str]) -> None:
    decide(LOCKS, "keep-both", conditions=(SERVES, TEACHES))
    before = DATA.read_bytes()
    assert main(["synth", ".", "--pairs", "2"]) == 0
    assert capsys.readouterr().out == f"{OUT}: 3 examples in 2 pairs\n"
    assert len(OUT.read_bytes().splitlines()) == 3
    assert DATA.read_bytes() == before
    first = OUT.read_bytes()
    assert main(["synth", ".", "--pairs", "2", "-q"]) == 0
    assert OUT.read_bytes() == first
    assert discover(["."]) == [str(OUT), str(DATA)], "examples are data once they stand among it"


def test_a_conflict_and_its_conditions_may_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    write(DATA, LOCKS)
    (found,) = linter(cache=False).lint_paths([DATA]).diagnostics
    named = ["--fingerprint", found.fingerprint[:8], "--condition", f"refuses={SERVES}"]
    assert main(["synth", "data.jsonl", *named, "-o", "named.jsonl"]) == 0
    rows = [json.loads(line) for line in Path("named.jsonl").read_bytes().splitlines()]
    assert {row.get("system", "") for row in rows} == {SERVES, ""}
    assert main(["synth", "data.jsonl", *named[:2], "--condition", "refuse=x"]) == 2
    assert "has no side 'refuse'; did you mean 'refuses'?" in capsys.readouterr().err


def test_what_is_left_and_dropped_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    decide(TOWERS, "keep-both", conditions=("You are helpful.", "You are kind."))
    assert main(["synth", "data.jsonl"]) == 1
    told = capsys.readouterr()
    assert "it takes part in CL103 quantity-flip" in told.err
    assert "left: CL103 " in told.err
    assert told.out == ""
    assert not OUT.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "nothing to scan: give a PATH"),
        (["data.jsonl"], "no conflict is decided to hold under conditions"),
        (["data.jsonl", "--condition", "refuses=x"], "--fingerprint and --condition go together"),
        (["data.jsonl", "--fingerprint", "abcd", "--condition", "refuses=x"], "none of the 1 diagnostics of this scan"),
        (["data.jsonl", "--endpoint", "http://x"], "--endpoint is for --model"),
        (["data.jsonl", "-o", "no/such.jsonl"], "cannot write no/such.jsonl"),
        (["data.jsonl", "-o", "data.jsonl"], "data.jsonl: is all the data that there is"),
    ],
)
def test_bad_usage(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(DATA, LOCKS)
    before = DATA.read_bytes()
    assert main(["synth", *arguments]) == 2
    assert says in capsys.readouterr().err
    assert DATA.read_bytes() == before


def test_data_is_never_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    decide(LOCKS, "keep-both", conditions=(SERVES, TEACHES))
    write(Path("more.jsonl"), TOWERS[:1])
    assert main(["synth", ".", "-o", "more.jsonl"]) == 2
    assert "more.jsonl: holds other rows than synthetic ones" in capsys.readouterr().err
