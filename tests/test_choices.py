from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linting import alpaca, linter

from contralint.facets.choices import choice, lists_both, options

QUESTION = "If you've thrown a rod, what is damaged?\nOptions:\nA. your spine\nB. the engine\nC. a hardware store"
BARE = "If you've thrown a rod, what is damaged? Choose one.\n- the engine\n- your spine\n- a hardware store"


@pytest.mark.parametrize(
    ("response", "taken"),
    [
        ("B", "the engine"),
        ("(b)", "the engine"),
        ("The answer is B.", "the engine"),
        ("B. the engine", "the engine"),
        ("B) The engine\nA rod joins the piston to it.", "the engine"),
        ("The engine.", "the engine"),
        ("B. your spine", None),
        ("D", ""),
        ("A rod is a part of an engine.", None),
        ("", None),
    ],
)
def test_options_are_taken_by_name_or_by_text(response: str, taken: str | None) -> None:
    found = choice(QUESTION, response)
    assert (found.text if found else None) == taken


def test_a_bare_list_is_one_of_options_only_where_it_is_offered() -> None:
    assert [text for _, text in options(BARE)] == ["the engine", "your spine", "a hardware store"]
    assert options("Tell me more about this list:\n- the engine\n- your spine") == ()


def rules_of(*rows: dict[str, object]) -> list[str]:
    return [found.rule for found in linter().lint_rows(rows).diagnostics]


def test_a_letter_and_the_option_that_it_stands_for_agree() -> None:
    assert rules_of(alpaca(QUESTION, "B"), alpaca(QUESTION, "the engine")) == []
    assert rules_of(alpaca(QUESTION, "B"), alpaca(BARE, "the engine")) == []


def test_two_options_of_one_list_clash() -> None:
    assert rules_of(alpaca(QUESTION, "B"), alpaca(QUESTION, "A. your spine")) == ["CL101"]


@given(st.text(max_size=80), st.text(max_size=30))
def test_any_text_is_read(request_text: str, response: str) -> None:
    found = choice(request_text, response)
    assert found is None or (0 <= found.start < found.end <= len(response) and found.text in {*found.options, ""})


@pytest.mark.parametrize(
    ("offer", "first", "second", "listed"),
    [
        ("Options: positive, negative, neutral.", "positive", "neutral", True),
        ("Is this review positive, negative or neutral?", "neutral", "positive", True),
        ("Set the priority (low/medium/high):", "low", "high", True),
        ('One of "spam" or "ham".', "spam", "ham", True),
        ("Route it to one department: HR, IT, Customer Care, or Facilities.", "hr", "facilities", True),
        ("The review is positive. It is not negative, I think.", "positive", "negative", False),
        ("Was the waiter cold, or the soup good?", "cold", "soup", False),
        ("Classify the sentiment.", "positive", "negative", False),
    ],
)
def test_labels_are_offered_in_one_list(offer: str, first: str, second: str, listed: bool) -> None:
    assert lists_both(offer, first, second) is listed
    assert lists_both(offer, second, first) is listed


def test_labels_of_one_list_clash_whatever_the_question_is_called() -> None:
    system = "Route the message to one department: HR, IT, Facilities."
    rows: list[dict[str, object]] = [
        {"system": system, "instruction": "My payslip shows the wrong tax class.", "output": label}
        for label in ("HR", "Facilities")
    ]
    assert rules_of(*rows) == ["CL104"]
