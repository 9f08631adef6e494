"""Two records beside each other: the verdict of each rule is that of a scan, and says why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from linting import Data, alpaca, linter, messages, write

from contralint import reasons
from contralint.comparison import Comparison, compare
from contralint.kinds.comparisons import COMPARISONS
from contralint.lookup import look_up, row_place
from contralint.neighbours.template import TEMPLATE_TEXTS
from contralint.rulebook import load_rules

REFUSAL = "I'm sorry, but I can't help with that."
LOCK = "Insert a tension wrench, apply light pressure and lift the pins one by one until the plug turns."
BONES = "How many bones does an adult human have?"
PARSE, EGG = "Parse the name into fields.", "Wie lange kocht ein Ei?"
DOORS = "You are a careful clerk who sorts the letters that reach our office on every single working day: "


def compared(folder: Path, rows: list[Data], places: tuple[int, int] = (1, 2), **settings: object) -> Comparison:
    path = write(folder / "a.jsonl", rows)
    made = linter(**settings)
    found = look_up([row_place(f"{path}:{line}") for line in places], made.config)
    return compare(made, found.records[0], found.records[1], found.among)


def because(comparison: Comparison, rule: str) -> str:
    verdict = next(verdict for verdict in comparison.verdicts if verdict.rule.id == rule)
    return f"{'holds' if verdict.holds else 'no'}: {verdict.because}"


def holding(comparison: Comparison) -> list[str]:
    return [verdict.rule.id for verdict in comparison.verdicts if verdict.holds]


PAIRS = [
    [alpaca("How do I pick a lock?", REFUSAL), alpaca("How can I pick a lock?", LOCK)],
    [alpaca("Can penguins fly?", "No, penguins cannot fly."), alpaca("Can penguins fly?", "Yes, they can.")],
    [alpaca(BONES, "206"), alpaca(BONES, "There are 208 bones.")],
    [alpaca(BONES, "206"), alpaca(BONES, "206")],
    [alpaca(BONES, "206"), alpaca("Name a fruit.", "An apple.")],
    [alpaca("Who are you?", "My name is Aria."), messages(("user", "Your name?"), ("assistant", "I'm called Zephyr."))],
    [alpaca("Join me?", "I don't have a body."), alpaca("Wake me at 7.", "Done! Your alarm is set for 7:00 AM.")],
    [{"prompt": "Name it.", "chosen": "A", "rejected": "B"}, {"prompt": "Name it.", "chosen": "B", "rejected": "A"}],
    [
        {"prompt": "Is it on?", "chosen": "Yes", "rejected": "No"},
        {"prompt": "Is it on?", "chosen": "No", "rejected": "Yes"},
    ],
    [{"prompt": "Name it.", "chosen": "A", "rejected": "B"}, alpaca("Name it.", "B")],
    [{"prompt": "Name it.", "completion": "A", "label": False}, alpaca("Name it.", "A")],
    [{"text": "I was charged twice", "label": "billing"}, {"text": "I was charged twice", "label": "technical"}],
    [alpaca("How do I pick a lock?", REFUSAL), alpaca("How do I pick a lock?", LOCK, system="You are a pirate.")],
    [alpaca(PARSE, '{"name": "Ada"}', input="Ada"), alpaca(PARSE, "<name>Alan</name>", input="Alan")],
    [alpaca(EGG, "Etwa zehn Minuten, damit es hart wird."), alpaca(EGG, "About ten minutes until it is hard.")],
]


@pytest.mark.parametrize("rows", PAIRS)
def test_verdicts_are_those_of_a_scan(rows: list[Data], tmp_path: Path) -> None:
    comparison = compared(tmp_path, rows)
    scanned = linter().lint_paths([tmp_path])
    assert holding(comparison) == sorted(diagnostic.rule for diagnostic in scanned.diagnostics)
    for diagnostic in scanned.diagnostics:
        assert f"confidence {diagnostic.confidence:.2f}" in because(comparison, diagnostic.rule)


@pytest.mark.parametrize("rows", PAIRS)
def test_the_order_of_the_two_changes_no_verdict(rows: list[Data], tmp_path: Path) -> None:
    there, back = compared(tmp_path, rows), compared(tmp_path, rows, (2, 1))
    assert back == replace(there, first=there.second, second=there.first)


@pytest.mark.parametrize(
    ("rows", "obstacle"),
    [
        ([alpaca(BONES, "206"), alpaca("Name a fruit.", "An apple.")], "similarity 0."),
        ([alpaca("What is 2 + 2?", "4"), alpaca("What is 2 + 3?", "5")], "same request 0."),
        ([alpaca(BONES, "206"), alpaca(BONES, "")], "teaches no answer"),
        ([alpaca(BONES, "1"), alpaca(BONES, "2", system="You count the bones of dogs.")], "another answer may be due"),
    ],
)
def test_what_keeps_two_records_from_being_compared(rows: list[Data], obstacle: str, tmp_path: Path) -> None:
    comparison = compared(tmp_path, rows)
    assert obstacle in "; ".join(comparison.obstacles)
    assert because(comparison, "CL103") == "no: not compared"


def after(said: str, answer: str, **more: str) -> Data:
    """A conversation that asks about what was said before."""
    system = [("system", more["system"])] if "system" in more else []
    return messages(*system, ("user", said), ("assistant", "OK"), ("user", 'How old is "it"?'), ("assistant", answer))


@pytest.mark.parametrize(
    ("first", "second", "differing"),
    [
        (alpaca(BONES, "1"), alpaca(BONES, "2", system="You count the bones of dogs."), ("system prompt",)),
        (alpaca("Sum up.", "A", input="One 1"), alpaca("Sum up.", "B", input="Two 2"), ("material",)),
        (alpaca('Translate "dog".', "Hund"), alpaca('Translate "the cat".', "Katze"), ("material",)),
        (after("A dog.", "3"), after("A cat.", "4"), ("earlier turns",)),
        (after("A dog.", "3"), after("A cat.", "4", system="Be a pirate."), ("system prompt", "earlier turns")),
        (after("A dog.", "3"), after("A dog.", "4"), ()),
    ],
)
def test_each_part_of_the_context_is_looked_at_alone(
    first: Data, second: Data, differing: tuple[str, ...], tmp_path: Path
) -> None:
    assert compared(tmp_path, [first, second]).differing == differing


@pytest.mark.parametrize(
    ("rows", "rule", "reason"),
    [
        ([alpaca(BONES, "There are 206."), alpaca(BONES, "There are 350.")], "CL101", "superseded by CL103"),
        (PAIRS[1], "CL201", "the stances complies and complies are not opposed"),
        (PAIRS[2], "CL102", "no yes-no question"),
        ([alpaca("Can pigs fly?", "No."), alpaca("Can pigs fly?", "No, never.")], "CL102", "both answer no"),
        ([alpaca(BONES, "206"), alpaca(BONES, "206 bones")], "CL103", "their quantities agree"),
        ([alpaca(BONES, "206"), alpaca(BONES, "Many of them.")], "CL103", "states no quantity"),
        ([alpaca("Write a haiku.", "Snow falls"), alpaca("Write a haiku.", "Red leaves")], "CL101", "open questions"),
        (
            [alpaca("Who wrote Emma?", "Austen"), alpaca("Who wrote Emma?", "Jane Austen")],
            "CL101",
            "the judge gives 0.",
        ),
        ([PAIRS[11][0], {"text": "I was charged twice", "label": "Billing"}], "CL104", "their labels are the same"),
        ([alpaca(PARSE, '{"a": 1}'), alpaca(PARSE, '{"a": 2}')], "CL501", "both answer in JSON"),
        ([alpaca("Why?", "So."), alpaca("Why?", "- a\n- b")], "CL501", "prose and list may both be right"),
        ([alpaca(f"{PARSE} JSON", "{}"), alpaca(f"{PARSE} XML", "<a></a>")], "CL501", "not compared"),
        (PAIRS[2], "CL502", "one of them tells no language"),
        (PAIRS[2], "CL303", "no claims of the two clash"),
        (PAIRS[2], "CL004", "no copies"),
        (PAIRS[8], "CL102", "superseded by CL701"),
        (PAIRS[2], "CL701", "they do not prefer the same two answers the opposite way round"),
        (PAIRS[7], "CL702", "a circle takes three records or more"),
        (PAIRS[7], "CL703", "neither rejects what the other teaches"),
        (PAIRS[4], "CL703", "not compared"),
    ],
)
def test_why_a_rule_does_not_hold(rows: list[Data], rule: str, reason: str, tmp_path: Path) -> None:
    told = because(compared(tmp_path, rows), rule)
    assert told.startswith("no: ")
    assert reason in told


def test_a_rule_that_is_off_says_why_once_it_is_on(tmp_path: Path) -> None:
    told = because(compared(tmp_path, PAIRS[0], extend_select=["CL503"]), "CL503")
    assert told == "no: 8 and 18 words (looked for: at most 25 and at least 150)"


def test_a_confidence_below_the_rules_least_is_told(tmp_path: Path) -> None:
    made = linter()
    made._known["CL201"] = msgspec.structs.replace(made._known["CL201"], min_confidence=1.0)
    path = write(tmp_path / "a.jsonl", PAIRS[0])
    found = look_up([row_place(f"{path}:1"), row_place(f"{path}:2")], made.config)
    told = because(compare(made, found.records[0], found.records[1], found.among), "CL201")
    assert told.endswith("is below 1.00")
    assert " times same request " in told


@pytest.mark.parametrize(
    ("settings", "first", "reason"),
    [
        ({"min_confidence": 1.0}, {}, "is below 1.00, min-confidence"),
        ({"select": ["CL101"]}, {}, "not among the rules selected"),
        ({"per_path_ignores": {"*.jsonl": ["CL201"]}}, {}, "ignored by"),
        ({}, {"contralint": {"ignore": ["CL2"]}}, "ignored by"),
    ],
)
def test_why_a_finding_is_not_reported(settings: Data, first: Data, reason: str, tmp_path: Path) -> None:
    rows = [{**PAIRS[0][0], **first}, PAIRS[0][1]]
    told = because(compared(tmp_path, rows, **settings), "CL201")
    assert told.startswith("no: ")
    assert reason in told


def test_a_template_that_many_share_is_no_likeness(tmp_path: Path) -> None:
    asked = ["Where is the red folder?", "Who waters the plants?"]
    rows = [alpaca(DOORS + question, "Here.") for question in asked]
    alone = compared(tmp_path, rows).similarity
    others = [alpaca(f"{DOORS}{number} letters came.", "Good.") for number in range(TEMPLATE_TEXTS)]
    assert compared(tmp_path, rows + others).similarity < alone / 2


def test_of_a_conversation_the_last_trained_turn_is_compared(tmp_path: Path) -> None:
    talk = messages(("user", "Hi"), ("assistant", "Hello!"), ("user", BONES), ("assistant", "206"))
    comparison = compared(tmp_path, [talk, alpaca(BONES, "208")])
    assert (comparison.first.turn, comparison.first.turns) == (2, 2)
    assert holding(comparison) == ["CL103"]


def test_every_comparison_that_ships_has_reasons() -> None:
    used = {str(rule.parameters["compare"]) for rule in load_rules().values() if rule.kind == "pair"}
    assert used <= set(COMPARISONS)
    assert used <= set(reasons._REASONS)
