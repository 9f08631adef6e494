"""`contralint explain` and `contralint compare`: what they print, and whom they send away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from linting import Data, alpaca, linter, messages, shared_encoder, write

from contralint.cli import main

REFUSAL = "I'm sorry, but I can't help with that."
LOCK = "Insert a tension wrench, apply light pressure and lift the pins one by one until the plug turns."
HOSTILE = "\x1b[31mred\x07 \u202eevil \x9b2J"
ROWS: list[Data] = [
    *(alpaca("How do I pick a lock?", REFUSAL, id=f"r{number}") for number in range(7)),
    alpaca("How can I pick a lock?", LOCK, system="You are a helpful assistant."),
    messages(("user", "Hi"), ("assistant", "Hello!"), ("user", "How do I pick a lock?"), ("assistant", LOCK)),
    alpaca("Name a season.", ""),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("contralint.models.suite.load_encoder", lambda *_: shared_encoder())
    write(tmp_path / "a.jsonl", ROWS)
    return tmp_path


def fingerprint(rule: str, path: str = "a.jsonl") -> str:
    report = linter().lint_paths([path])
    return next(found.fingerprint for found in report.diagnostics if found.rule == rule)


def test_explain_shows_all_members_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", fingerprint("CL201")[:8].upper(), "a.jsonl"]) == 0
    shown = capsys.readouterr().out
    assert re.match(r"a\.jsonl:\d+:\d+: error\[CL201\]: refusal-flip: the same request is refused here", shown)
    assert "refuses (7 records)\n" in shown
    assert "complies (2 records)\n" in shown
    for line in range(1, 10):
        assert re.search(rf"^  a\.jsonl:{line}:\d+$", shown, re.MULTILINE)
    assert re.search(r"= confidence: (0\.\d\d|1\.00), of the surest two records: stance .* times same request", shown)
    assert "= severity: error, as the rule is set, which a confidence below 0.90 would lower" in shown
    assert re.search(r"= stance: refuses (0\.\d\d|1\.00)", shown)
    assert re.search(r"= similarity .*\(compared from 0\.75\)", shown)
    assert re.search(r"CL201 refusal-flip +holds", shown)


def test_a_lowered_severity_is_explained(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = Path(__file__).parent.parent / "rules" / "refusal-flip.yaml"
    text = rule.read_text().replace("CL201", "XX201").replace("refusal-flip", "doubted-flip")
    (folder / "own.yaml").write_text(text.replace("lower_below: 0.9", "lower_below: 1.0"))
    main(["scan", "a.jsonl", "--rules", "own.yaml", "--select", "XX201", "--format", "jsonl"])
    found = re.search(r'"fingerprint": ?"(\w+)"', capsys.readouterr().out)
    assert found
    assert main(["explain", found[1], "a.jsonl", "--rules", "own.yaml", "--select", "XX201"]) == 0
    shown = capsys.readouterr().out
    assert "warning[XX201]" in shown
    assert "severity: warning, a step below the rule's error, as the confidence is below 1.00" in shown


def test_a_record_alone_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", fingerprint("CL003"), "a.jsonl"]) == 0
    shown = capsys.readouterr().out
    assert "has no response (1 record)" in shown
    assert "a.jsonl:10: alpaca" in shown
    assert "between the two" not in shown


def test_a_row_that_gives_no_record_is_explained(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.jsonl").write_text('{"instruction": \n')
    assert main(["explain", fingerprint("CL001", "b.jsonl"), "b.jsonl"]) == 0
    assert "error[CL001]: unreadable-row" in capsys.readouterr().out


def test_paths_and_rules_of_the_configuration(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "contralint.toml").write_text('paths = ["a.jsonl"]\nseverity = {CL201 = "note"}')
    sought = fingerprint("CL201")
    assert main(["explain", sought]) == 0
    assert "note[CL201]" in capsys.readouterr().out
    assert main(["explain", sought, "--isolated"]) == 2
    assert "give a PATH" in capsys.readouterr().err
    assert main(["explain", sought, "--ignore", "CL201"]) == 2


@pytest.mark.parametrize(
    ("sought", "says"),
    [
        ("lock", "'lock' is no fingerprint: give 4 to 16 of the hexadecimal characters"),
        ("abc", "'abc' is no fingerprint"),
        ("0" * 17, "is no fingerprint"),
    ],
)
def test_what_is_no_fingerprint_is_refused(sought: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", sought, "a.jsonl"]) == 2
    shown = capsys.readouterr()
    assert says in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


def test_a_fingerprint_nearly_right_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    right = fingerprint("CL201")[:8]
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    assert main(["explain", wrong, "a.jsonl"]) == 2
    error = capsys.readouterr().err
    assert f"diagnostics of this scan has the fingerprint {wrong}; did you mean '{right}'?" in error


def test_compare_shows_both_records_and_each_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "a.jsonl:8", "a.jsonl:9:40"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("a.jsonl:8: alpaca\n    system | You are a helpful assistant.\n   request | How can I pick")
    assert f"  response | {LOCK}\n" in shown
    assert "a.jsonl:9: messages, the last of 2 trained turns\n" in shown
    assert "= earlier turns: 2\n" in shown
    assert "= context: allows one answer\n" in shown
    assert re.search(r"CL201 refusal-flip +no +the stances complies and complies are not opposed", shown)


def test_compare_says_what_keeps_the_two_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "a.jsonl:1", "a.jsonl:10", "--select", "CL201"]) == 0
    shown = capsys.readouterr().out
    assert "= not compared in what they answer: one of them teaches no answer" in shown
    assert re.search(r"= not compared in what they answer: similarity 0\.\d\d is below 0\.75", shown)
    told = [line.split()[0] for line in shown.partition("rules about two records\n")[2].splitlines()]
    assert "CL201" in told
    assert "CL101" not in told


def test_record_text_cannot_steer_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = [alpaca(f"Is {HOSTILE} so?", f"{said}, {HOSTILE}.", id=HOSTILE) for said in ("Yes", "No")]
    write(folder / "h.jsonl", hostile)
    assert main(["compare", "h.jsonl:1", "h.jsonl:2"]) == 0
    assert main(["explain", fingerprint("CL102", "h.jsonl"), "h.jsonl"]) == 0
    shown = capsys.readouterr().out
    assert "evil" in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_long_texts_are_cut_and_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "l.jsonl", [alpaca("Say a.", "a" * 2500), alpaca("Say b.", "b")])
    assert main(["compare", "l.jsonl:1", "l.jsonl:2"]) == 0
    assert "| ... and 500 more characters\n" in capsys.readouterr().out


def test_colours_change_nothing_but_colours(capsys: pytest.CaptureFixture[str]) -> None:
    main(["compare", "a.jsonl:1", "a.jsonl:8"])
    plain = capsys.readouterr().out
    main(["compare", "a.jsonl:1", "a.jsonl:8", "--color", "always"])
    colored = capsys.readouterr().out
    assert colored != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


def test_compare_refuses_what_is_no_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "a.jsonl:1", "a.jsonl"]) == 2
    assert capsys.readouterr().err == "contralint: error: 'a.jsonl' is not of the form FILE:LINE\n"
