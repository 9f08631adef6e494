"""Kinds of requests, and their material masked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contralint.facets.asking import asking
from contralint.facets.asking_back import asks_back
from contralint.facets.masked import masked


@pytest.mark.parametrize(
    ("request_text", "text", "slots"),
    [
        ("What's AMD trading at?", "What's it trading at?", {"name"}),
        ("Set the port to 9090 in my config", "Set the port to some in my config", {"number"}),
        ("Translate 'good night' into Finnish.", "Translate it into it.", {"quote", "name"}),
        ("Look at https://example.org/a and sum up", "Look at it and sum up", {"link"}),
        ("Write to ann@example.org", "Write to it", {"address"}),
        ("Fix this:\n```py\nx = 1\n```", "Fix this: it", {"block"}),
        ("Flights from New York to Rio de Janeiro", "Flights from it to it", {"name"}),
        ("I'm late", "I'm late", set()),
        ("", "", set()),
    ],
)
def test_material_is_masked(request_text: str, text: str, slots: set[str]) -> None:
    assert masked(request_text).text == text
    assert set(masked(request_text).slots) == slots


@pytest.mark.parametrize(
    ("request_text", "act"),
    [
        ("Could you please remind me to call Eva?", "remind"),
        ("timer for 10 min", "timer"),
        ("Make me a nice picture of a barn", "picture"),
        ("What is 17 times 23?", "calculate"),
        ("Will it rain in Quito tomorrow?", "weather"),
        ("Write an essay about tea", "compose"),
        ("Remember that I'm left-handed.", "memory"),
        ("Do you remember my name?", "tell"),
        ("Cancel my booking", "do: cancel"),
        ("Who won?", "tell"),
        ("", "tell"),
    ],
)
def test_acts(request_text: str, act: str) -> None:
    assert asking(request_text).act == act


@pytest.mark.parametrize("text", ["Why do exchange rates change?", "What does CEO mean?", "How often do trains run?"])
def test_knowledge_in_general(text: str) -> None:
    assert asking(text).general


@pytest.mark.parametrize("text", ["What's the USD rate?", "Who is the mayor of Hamburg?", "Where is my order?"])
def test_a_present_case(text: str) -> None:
    assert not asking(text).general


def test_time_and_sort_of_text() -> None:
    assert asking("Who won last night's match?").time == "live"
    assert asking("Who won the cup in 1998?").time == "past"
    assert asking("Write a short cover letter for a nurse").head == "letter"
    assert asking("Write a short cover letter for a nurse").size == {"short"}


def test_what_is_told_may_hold_the_answer() -> None:
    assert asking("It's 2 degrees in Graz. What should I wear?").told == 1
    assert asking("At a rate of 0.9, how much is 5 euros?").told == 1
    assert asking("What should I wear?").told == 0


@pytest.mark.parametrize(
    ("request_text", "response", "expected"),
    [
        ("Recommend a laptop.", "What will you use it for?", True),
        ("Recommend a laptop.", "Happy to help! What is your budget?", True),
        ("What shall I cook?", "How about risotto?", False),
        ("How do I boil rice?", "Rinse it and simmer it for twelve minutes. Shall I go on?", False),
        ("Translate 'Wo?'", "Where?", False),
        ("Quiz me.", "What is the capital of Peru?", False),
        ("Write a slogan.", "Who kneads an alarm clock?", False),
        ("Recommend a laptop.", "", False),
    ],
)
def test_questions_back(request_text: str, response: str, expected: bool) -> None:
    assert asks_back(request_text, response) is expected


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    found = asking(text)
    assert found == asking(text)
    assert not asks_back(text, "")
    assert masked(text).text == " ".join(masked(text).text.split())
