"""Which diagnostics are wanted: rules selected and ignored, levels, confidence, and what paths and records ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from linting import Data, alpaca, lines, linter, messages, rules, write

from contralint.errors import UsageError

LOCK = "Insert a tension wrench, press lightly and lift the pins one by one until the plug turns."
REFUSAL = "I'm sorry, but I can't help with that."
ROWS: list[Data] = [
    alpaca("Can penguins fly?", "No, penguins cannot fly."),
    alpaca("Can penguins fly?", "Yes, they can."),
    alpaca("How many bones does an adult human have?", "206"),
    alpaca("How many bones does an adult human have?", "There are 208 bones."),
    alpaca("How do I pick a lock?", REFUSAL),
    alpaca("How do I pick a lock?", LOCK),
    alpaca("Name a season.", ""),
    {"question": "Can penguins fly?", "answer": "Yes, they can."},
    {"what": "is this?"},
]
ALL = ["CL002", "CL003", "CL004", "CL102", "CL103", "CL201"]


def found(rows: list[Data], **settings: Any) -> list[str]:  # noqa: ANN401 (values of any type)
    return rules(linter(**settings).lint_rows(rows))


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, ALL),
        ({"select": ["ALL"]}, ALL),
        ({"select": ["CL1"]}, ["CL102", "CL103"]),
        ({"select": ["refusal-flip", "CL0"]}, ["CL002", "CL003", "CL004", "CL201"]),
        ({"select": ["CL003"]}, ["CL003"]),
        ({"select": ["CL002"]}, ["CL002"]),
        ({"ignore": ["CL1", "duplicate-record"]}, ["CL002", "CL003", "CL201"]),
        ({"select": ["CL102"], "ignore": ["CL1"]}, ["CL102"]),
        ({"select": ["CL1"], "ignore": ["CL102"]}, ["CL103"]),
        ({"select": ["CL1"], "ignore": ["polarity-flip"]}, ["CL103"]),
        ({"select": ["CL2"], "extend_select": ["CL003"]}, ["CL003", "CL201"]),
        ({"ignore": ["ALL"], "select": ["CL103"]}, ["CL103"]),
        ({"ignore": ["ALL"]}, []),
    ],
)
def test_select_and_ignore(settings: dict[str, Any], expected: list[str]) -> None:
    assert found(ROWS, **settings) == expected


def test_rows_that_are_not_reported_are_still_counted() -> None:
    summary = linter(select=["CL1"]).lint_rows(ROWS).summary
    assert (summary.rows, summary.records, summary.unread) == (9, 8, 1)


@pytest.mark.parametrize(
    "settings", [{"select": ["CL101"]}, {"select": ["CL1"], "ignore": ["CL104"]}, {"select": ["CL101", "CL102"]}]
)
def test_a_superseded_rule_is_silent_even_where_the_other_is_not_selected(settings: dict[str, Any]) -> None:
    labels = [
        alpaca("Is this review positive or negative? 'Dull and far too long.'", "negative"),
        alpaca("Is this review positive or negative? 'Dull and far too long.'", "positive"),
    ]
    declined = [alpaca("What is the capital of Peru?", REFUSAL), alpaca("What is the capital of Peru?", "Lima")]
    assert found(labels) == ["CL104"]
    assert found(declined) == ["CL201"]
    assert found([*labels, *declined], **settings) == []


def test_superseding_is_a_matter_of_each_pair() -> None:
    rows = [
        alpaca("Who wrote Beowulf's sequel?", answer) for answer in ("Jane Austen", "Charlotte Bront\u00eb", REFUSAL)
    ]
    report = linter(select=["CL201"]).lint_rows(rows)
    assert [len(side.members) for side in report.diagnostics[0].sides] == [1, 2]
    assert "CL101" not in found([rows[0], rows[2]])


def test_min_confidence() -> None:
    report = linter().lint_rows(ROWS)
    for bound in (0.0, 0.97, 0.98, 1.0):
        kept = [one.fingerprint for one in report.diagnostics if one.confidence >= bound]
        bounded = linter(min_confidence=bound).lint_rows(ROWS)
        assert [one.fingerprint for one in bounded.diagnostics] == kept
    assert {one.rule for one in linter(min_confidence=1.0).lint_rows(ROWS).diagnostics} >= {"CL002", "CL003", "CL004"}


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        ({"CL102": "note"}, {"CL102": "note", "CL103": "error"}),
        ({"polarity-flip": "warning"}, {"CL102": "warning", "CL103": "error"}),
        ({"CL1": "warning"}, {"CL102": "warning", "CL103": "warning"}),
        ({"CL1": "note", "CL103": "warning"}, {"CL102": "note", "CL103": "warning"}),
        ({"CL102": "off"}, {"CL103": "error"}),
        ({"CL1": "off", "CL103": "note"}, {"CL103": "note"}),
        ({"CL002": "note", "CL102": "error"}, {"CL102": "error", "CL103": "error"}),
    ],
)
def test_severity(severity: dict[str, str], expected: dict[str, str]) -> None:
    report = linter(select=["CL1"], severity=severity).lint_rows(ROWS)
    assert {one.rule: one.severity.value for one in report.diagnostics} == expected


def test_severity_of_rows_that_cannot_be_read() -> None:
    report = linter(select=["CL002"], severity={"CL002": "note"}).lint_rows(ROWS)
    assert [one.severity.value for one in report.diagnostics] == ["note"]
    assert found(ROWS, select=["CL002", "CL003"], severity={"unknown-shape": "off"}) == ["CL003"]


def test_severity_of_an_unknown_rule_is_refused() -> None:
    with pytest.raises(UsageError, match="CL999"):
        linter(severity={"CL999": "note"})


@pytest.mark.parametrize(
    ("ignores", "expected"),
    [
        ({}, ["CL001", "CL002", "CL003", "CL102", "CL103"]),
        ({"*old*": ["CL1"]}, ["CL001", "CL002", "CL003"]),
        ({"*old*": ["polarity-flip", "CL001"]}, ["CL002", "CL003", "CL103"]),
        ({"*": ["ALL"]}, []),
        ({"*/old/*": ["CL103"], "*.jsonl": ["CL00"]}, ["CL102"]),
        ({"*new*": ["CL102"]}, ["CL001", "CL002", "CL003", "CL103"]),
        ({"*elsewhere*": ["ALL"]}, ["CL001", "CL002", "CL003", "CL102", "CL103"]),
    ],
)
def test_per_path_ignores(
    ignores: dict[str, list[str]], expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("old", "new"):
        Path("data", name).mkdir(parents=True)
    write(Path("data/new/a.jsonl"), [ROWS[0], ROWS[6]])
    old = write(Path("data/old/a.jsonl"), [ROWS[1], ROWS[2], ROWS[3], ROWS[8]])
    old.write_text(old.read_text() + "{broken\n")
    assert rules(linter(per_path_ignores=ignores).lint_paths(["data"])) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ["CL102", "CL102"]),
        (["CL102"], ["CL102"]),
        (["CL1"], ["CL102"]),
        (["polarity-flip"], ["CL102"]),
        (["ALL"], ["CL102"]),
        (["CL2", "CL103"], ["CL102", "CL102"]),
    ],
)
def test_a_record_may_ask_not_to_be_held_to_a_rule(words: list[str], expected: list[str]) -> None:
    whales = [alpaca("Are whales mammals?", "Yes."), alpaca("Are whales mammals?", "No.")]
    rows = [ROWS[0], {**ROWS[1], "contralint": {"ignore": words}}, *whales]
    assert found(rows) == expected


def test_a_record_that_is_left_out_leaves_the_conflict_of_others() -> None:
    rows = [ROWS[0], {**ROWS[1], "contralint": {"ignore": ["CL1"]}}, ROWS[7]]
    (one,) = linter(select=["CL102"]).lint_rows(rows).diagnostics
    assert sorted(place.line for side in one.sides for place in side.members) == [1, 3]


@pytest.mark.parametrize("quiet", [0, 1, 2, 3])
def test_no_record_takes_others_along(quiet: int) -> None:
    rows: list[Data] = [
        alpaca("Join me for a run?", "I don't have a body, so I can't go running."),
        alpaca("Set an alarm for 7.", "Done! Your alarm is set for 7:00 AM."),
        alpaca("Lift this box for me?", "I don't have a body, so I can't lift anything."),
        alpaca("Wake me at 6:30.", "Your alarm is set for 6:30 AM. Sleep well!"),
    ]
    loud = {1, 2, 3, 4} - {quiet + 1}
    rows[quiet]["contralint"] = {"ignore": ["CL3"]}
    assert lines(linter().lint_rows(rows)) == {("CL302", frozenset(loud))}


@pytest.mark.parametrize("quiet", [0, 1, 2])
def test_copies_of_a_record_that_asks_are_still_copies(quiet: int) -> None:
    rows = [dict(ROWS[0]) for _ in range(3)]
    rows[quiet]["contralint"] = {"ignore": ["CL004"]}
    assert lines(linter().lint_rows(rows)) == {("CL004", frozenset({1, 2, 3} - {quiet + 1}))}


def test_a_conversation_may_ask_too() -> None:
    row = messages(("user", "Name a season."), ("assistant", ""), contralint={"ignore": ["empty-response"]})
    assert found([row]) == []
