"""Decisions: what is decided stays silent until its records change, whatever the order and origin of the lines."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from linting import Data, alpaca, linter, rules, write
from report_samples import SAMPLE

from contralint import Diagnostic, Report
from contralint.cli import main
from contralint.configfile import load_config
from contralint.decision import Choice, DecidedSide, Decision
from contralint.decisions import Decisions, append
from contralint.diagnostics import Side
from contralint.errors import UsageError

SYDNEY = alpaca("What is the capital of Australia?", "Sydney")
ROWS = [alpaca("What is the capital of Australia?", "Canberra"), SYDNEY]
FILE = Path("contralint.decisions.jsonl")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1781524800")  # 2026-06-15
    return tmp_path


def scan(*rows: Data, decisions: str | None = str(FILE)) -> Report:
    write(Path("data.jsonl"), list(rows))
    return linter(select=["CL0", "CL1"], decisions=decisions).lint_paths(["data.jsonl"])


def conflict() -> Diagnostic:
    (found,) = scan(*ROWS, decisions=None).diagnostics
    return found


def decide(choice: Choice = "not-a-conflict", keep: tuple[int, ...] = (), **more: object) -> Decision:
    made = msgspec.structs.replace(Decision.of(conflict(), choice, keep=keep, reason="read it", by="review"), **more)
    Decisions((made,)).write(FILE)
    return made


def test_a_decision_holds_until_a_record_changes_or_joins() -> None:
    decide("keep-side", keep=(1,))
    silent = scan(alpaca("Who wrote Emma?", "Jane Austen"), *ROWS[::-1])
    assert (rules(silent), silent.summary.notes) == ([], ("1 diagnostic is decided",))
    assert rules(scan(*ROWS, SYDNEY)) == ["CL004"]  # a copy teaches the same
    assert rules(scan(ROWS[0], alpaca("What is the capital of Australia?", "It is Sydney."))) == ["CL101"]
    assert rules(scan(*ROWS, alpaca("What is the capital of Australia?", "Melbourne"))) == ["CL101"]


def test_what_is_left_of_a_decided_conflict_is_decided() -> None:
    third = alpaca("What is the capital of Australia?", "Melbourne")
    (whole,) = scan(*ROWS, third, decisions=None).diagnostics
    append(FILE, Decision.of(whole, "keep-both"))
    assert rules(scan(*ROWS)) == []


def test_a_decision_names_both_sides_and_what_each_record_teaches() -> None:
    made = decide("keep-side", keep=(1,))
    found = conflict()
    assert [side.label for side in made.sides] == [side.label for side in found.sides]
    assert made.records == found.contents
    assert sum((side.contents for side in found.sides), ()) == sum((side.records for side in made.sides), ())
    assert [side.keep for side in made.sides] == [False, True]
    assert json.loads(FILE.read_text())["message"] == found.message


def test_what_a_line_quotes_of_the_data_cannot_hide() -> None:
    side = Side("says '\u202e\ud800'", "say", SAMPLE.diagnostics[0].sides[0].members, ("0123456789ab",))
    append(FILE, Decision.of(replace(conflict(), sides=(side,)), "drop"))
    (made,) = Decisions.read(FILE).decisions
    assert made.sides[0].label == "says '\\u202e\\ud800'"


def test_a_line_by_hand_needs_rule_and_fingerprint_alone() -> None:
    told = {"rule": "CL101", "fingerprint": conflict().fingerprint, "decision": "not-a-conflict"}
    FILE.write_text(json.dumps(told))
    assert rules(scan(*ROWS)) == []
    assert rules(scan(*ROWS, alpaca("What is the capital of Australia?", "Melbourne"))) == ["CL101"]


def test_rows_that_cannot_be_read_may_be_decided_too() -> None:
    Path("data.jsonl").write_text(json.dumps(SYDNEY) + "\n{broken\n")
    made = linter(select=["CL001"]).lint_paths(["data.jsonl"])
    append(FILE, Decision.of(made.diagnostics[0], "drop"))
    assert rules(linter(select=["CL001"], decisions=str(FILE)).lint_paths(["data.jsonl"])) == []


def test_a_decision_of_another_rule_holds_nothing() -> None:
    decide(rule="CL102")
    assert rules(scan(*ROWS)) == ["CL101"]


@pytest.mark.parametrize(("until", "silent"), [("2026-06-14", False), ("2026-06-15", True), (None, True)])
def test_a_decision_holds_to_its_last_day(until: str | None, silent: bool) -> None:
    made = decide(until=until and datetime.date.fromisoformat(until))
    report = scan(*ROWS)
    assert rules(report) == ([] if silent else ["CL101"])
    told = f"expired suppression: {FILE}: not-a-conflict CL101 {made.fingerprint} until {until}: read it"
    assert report.summary.notes == (("1 diagnostic is decided",) if silent else (told,))


@pytest.mark.parametrize(
    ("choice", "keep", "note"),
    [
        ("not-a-conflict", (), "unused suppression: {file}: not-a-conflict CL101 {fingerprint}: its conflict is gone"),
        ("keep-both", (), "unused suppression: {file}: keep-both CL101 {fingerprint}: its conflict is gone"),
        ("keep-side", (0,), "1 decision is carried out: no conflict is left"),
        ("drop", (), "1 decision is carried out: no conflict is left"),
        ("edit", (), "1 decision is carried out: no conflict is left"),
    ],
)
def test_a_decision_whose_conflict_is_gone(choice: Choice, keep: tuple[int, ...], note: str) -> None:
    made = decide(choice, keep)
    told = note.format(file=FILE, fingerprint=made.fingerprint)
    assert scan(ROWS[0]).summary.notes == (told,)
    write(Path("other.jsonl"), ROWS)
    for config in ({"select": ["CL2"]}, {"paths": ["data.jsonl", "other.jsonl"]}):
        assert linter(decisions=str(FILE), **config).lint_paths(["data.jsonl"]).summary.notes == ()


def test_a_condition_that_the_data_is_to_say_is_carried_out_when_the_conflict_is_gone() -> None:
    sides = tuple(msgspec.structs.replace(side, condition="In Sydney:") for side in decide("keep-both").sides)
    assert decide("keep-both", sides=sides).resolves
    assert scan(ROWS[0]).summary.notes == ("1 decision is carried out: no conflict is left",)


def test_low_confidence_does_not_make_a_decision_look_unused() -> None:
    decide()
    write(Path("data.jsonl"), ROWS)
    report = linter(decisions=str(FILE), min_confidence=0.99).lint_paths(["data.jsonl"])
    assert report.summary.notes == ("1 diagnostic is decided",)


def test_the_command_line_reads_them_where_they_stand(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide()
    FILE.rename("kept.jsonl")
    assert main(["scan", "data.jsonl", "--decisions", "kept.jsonl"]) == 0
    assert main(["scan", "data.jsonl"]) == 1
    Path("kept.jsonl").rename(FILE)
    assert main(["scan", "data.jsonl"]) == 0
    assert main(["scan", "data.jsonl", "--isolated"]) == 1
    Path("contralint.toml").write_text('decisions = "none.jsonl"\n')
    capsys.readouterr()
    assert main(["scan", "data.jsonl"]) == 2
    assert "none.jsonl: the decisions file cannot be read" in capsys.readouterr().err
    Path("contralint.toml").write_text("")
    below = folder / "below"
    below.mkdir()
    assert load_config(start=below).decisions == f"../{FILE}"
    (below / FILE).write_text("")
    assert load_config(start=below).decisions == f"../{FILE}"  # beside the configuration first
    Path("contralint.toml").unlink()
    assert load_config(start=below).decisions == str(FILE)


def test_what_is_decided_is_no_matter_for_the_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    decide()
    assert main(["baseline", "data.jsonl", "--select", "CL1"]) == 0
    assert "0 diagnostics known" in capsys.readouterr().out
    assert main(["explain", conflict().fingerprint, "data.jsonl"]) == 0


LINE = '"rule": "CL101", "fingerprint": "0123456789abcdef", "decision": '


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f'{{{LINE}"keep_both"}}', "invalid enum value 'keep_both' .*; did you mean 'keep-both'?"),
        (f'{{{LINE}"drop", "reasn": "x"}}', "unknown field `reasn` .*; did you mean 'reason'?"),
        (f'{{{LINE}"drop", "sides": [{{"lable": "x"}}]}}', "did you mean 'label'?"),
        (f'{{{LINE}"keep-side"}}', '"keep-side" needs `sides`'),
        (f'{{{LINE}"keep-side", "sides": [{{"label": "a", "keep": true}}]}}', '"keep-side" needs `sides`'),
        (f'{{{LINE}"drop", "sides": [{{"label": "a", "keep": true}}]}}', 'not for "drop"'),
        (f'{{{LINE}"drop", "sides": [{{"label": "a", "condition": "x"}}]}}', 'not for "drop"'),
        (f'{{{LINE}"drop", "edits": {{"0123456789ab": {{}}}}}}', 'not for "drop"'),
        (f'{{{LINE}"edit", "edits": {{"0123456789ab": {{}}}}}}', "a record of no side: 0123456789ab"),
        (f'{{{LINE}"drop", "until": "soon"}}', "date .*until"),
        ('{"rule": "refusal-flip", "fingerprint": "0123456789abcdef", "decision": "drop"}', "at rule"),
        ('{"rule": "CL101", "fingerprint": "0123", "decision": "drop"}', "at fingerprint"),
        ('{"rule": "CL101"}', "missing required field"),
        ("<<<<<<< ours", "a merge was left unresolved"),
        ("{", "truncated"),
        ("\xff", "malformed"),
    ],
)
def test_a_broken_line_is_the_users_to_mend(line: str, says: str) -> None:
    FILE.write_bytes(f'{{{LINE}"drop"}}\n\n{line}\n'.encode("latin-1"))
    with pytest.raises(UsageError, match=says) as error:
        Decisions.read(FILE)
    assert str(error.value).startswith(f"{FILE}:3: ")


def test_a_file_may_be_empty_or_written_on_another_system() -> None:
    FILE.write_bytes(b"")
    assert Decisions.read(FILE) == Decisions(())
    made = decide()
    FILE.write_bytes(b"\xef\xbb\xbf" + FILE.read_bytes().replace(b"\n", b"\r\n"))
    assert Decisions.read(FILE).decisions == (made,)


def test_a_folder_that_is_not_there_is_the_users_to_make() -> None:
    made = decide()
    with pytest.raises(UsageError, match="the decisions file cannot be written"):
        Decisions((made,)).write(Path("none") / FILE)
    with pytest.raises(UsageError, match="the decisions file cannot be written"):
        append(Path("none") / FILE, made)


HASHES = st.lists(st.text("0123456789abcdef", min_size=12, max_size=12), min_size=1, max_size=2, unique=True)
TEXTS = st.text(max_size=8)
DAYS = st.none() | st.dates()


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    choice: Choice = draw(st.sampled_from(["keep-side", "keep-both", "drop", "edit", "not-a-conflict"]))
    sides = tuple(
        DecidedSide(
            label, tuple(draw(HASHES)), choice == "keep-side" and label == "a", draw(TEXTS) * (choice[5:] == "both")
        )
        for label in ("a", "b")
    )
    edits = {sides[0].records[0]: {"response": draw(TEXTS)}} if choice == "edit" else {}
    fingerprint = draw(st.sampled_from(["0" * 16, "1" * 16, "f" * 16]))
    rule = draw(st.sampled_from(["CL101", "CL201"]))
    days = draw(st.tuples(DAYS, DAYS))
    return Decision(rule, fingerprint, choice, sides, edits, draw(TEXTS), "review", *days, draw(TEXTS))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(decisions(), max_size=6))
def test_a_file_gives_back_what_it_was_given(made: list[Decision]) -> None:
    Decisions.of(made).write(FILE)
    written = FILE.read_bytes()
    assert Decisions.read(FILE) == Decisions.of(made)
    Decisions.read(FILE).write(FILE)
    assert FILE.read_bytes() == written
    FILE.unlink()
    for one in made:
        append(FILE, one)
    assert (Decisions.read(FILE) if made else Decisions(())) == Decisions.of(made)
    assert not made or len(FILE.read_bytes().splitlines()) == len(made)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(decisions(), max_size=4), st.lists(decisions(), max_size=4), st.booleans())
def test_lines_of_two_branches_may_be_joined(ours: list[Decision], theirs: list[Decision], whole: bool) -> None:
    """As a union merge does: lines twice, and a file that ends without a line break."""
    FILE.unlink(missing_ok=True)
    joined = [*ours, *theirs, *ours[:1]]
    for one in joined:
        append(FILE, one)
        FILE.write_bytes(FILE.read_bytes().removesuffix(b"\n" if whole else b""))
    read = Decisions.read(FILE).decisions if joined else ()
    assert [(one.rule, one.fingerprint) for one in read] == sorted({(one.rule, one.fingerprint) for one in joined})
    for one in read:
        assert one == [other for other in joined if (other.rule, other.fingerprint) == (one.rule, one.fingerprint)][-1]


def diagnostic(rule: str, contents: frozenset[str]) -> Diagnostic:
    key = "".join(sorted(contents)).ljust(16, "0")
    sides = (Side("a", "a", SAMPLE.diagnostics[0].sides[0].members, tuple(sorted(contents))),)
    return replace(SAMPLE.diagnostics[0], rule=rule, fingerprint=key, contents=tuple(sorted(contents)), sides=sides)


FOUND = st.lists(
    st.builds(diagnostic, st.sampled_from(["CL101", "CL201"]), st.frozensets(st.sampled_from("abcdef"), min_size=1)),
    max_size=8,
)


@given(FOUND, FOUND)
def test_decided_is_what_one_decision_of_its_rule_holds(old: list[Diagnostic], new: list[Diagnostic]) -> None:
    checked = Decisions.of(Decision.of(one, "drop") for one in old).check(new)
    known = {one.fingerprint: one for one in old}
    expected = [
        one for one in new if not any(one.rule == two.rule and set(one.contents) <= set(two.contents) for two in old)
    ]
    assert list(checked.undecided) == expected
    assert len(checked.resolved) == len(new) - len(expected)
    for one in checked.resolved:
        assert set(one.diagnostic.contents) <= set(one.decision.records)
        if one.diagnostic.fingerprint in known and one.diagnostic.rule == known[one.diagnostic.fingerprint].rule:
            assert one.decision.fingerprint == one.diagnostic.fingerprint
