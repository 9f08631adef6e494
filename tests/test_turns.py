"""Statements that cannot both hold, and conversations that take back what they said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linting import Data, linter, messages

from contralint.facets.change import changes_case, gives_means, takes_back
from contralint.facets.statement import Statement, clash, statements


def statement(text: str) -> Statement:
    return Statement(text, 0, len(text))


def talk(*texts: str, **more: object) -> Data:
    roles = ("user", "assistant")
    return messages(*((roles[number % 2], text) for number, text in enumerate(texts)), **more)


@pytest.mark.parametrize(
    ("earlier", "later", "how"),
    [
        ("The family pass costs 48 euros.", "The sauna is in the family pass, which costs 65 euros.", "figures"),
        ("The train leaves at 9:15.", "Your train leaves at 10:40.", "figures"),
        ("The meeting is on 3 May.", "The meeting is on 5 May.", "figures"),
        ("The warranty covers water damage.", "The warranty does not cover water damage.", "negation"),
        ("The museum is open on Mondays.", "The museum is closed on Mondays.", "negation"),
        ("The meeting is on Monday.", "The meeting is on Friday.", "name"),
        ("The author is Jane Miller.", "The editor is Peter Stone.", None),
        ("The author is Jane Miller.", "The author is Miller.", None),
        ("The pass costs 48 euros.", "The pass costs 48 euros.", None),
        ("The pass costs 48 euros.", "The family pass costs 65 euros.", None),
        ("The pass costs 48 euros.", "The pass costs 24 euros for children.", None),
        ("He was born in 1879.", "He was born in 1885.", None),
        ("We do not ship to Austria.", "We ship to Austria on weekdays.", None),
        ("The tower is about 300 metres tall.", "The tower is 312 metres tall.", None),
        ("Tea is hot.", "Coffee is not hot.", None),
    ],
)
def test_two_statements_of_one_thing(earlier: str, later: str, how: str | None) -> None:
    assert clash(statement(earlier), statement(later)) == how


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=80), st.text(max_size=80))
def test_the_order_of_two_statements_does_not_matter(one: str, other: str) -> None:
    for first in statements(one):
        assert one[first.start : first.end] == first.text
        assert clash(first, first) is None
        for second in statements(other):
            assert clash(first, second) == clash(second, first)


def test_what_explains_a_difference() -> None:
    assert takes_back("Sorry, I made a mistake.")
    assert not takes_back("The pool closes at nine.")
    assert changes_case("What about children?")
    assert changes_case("And in size L?")
    assert not changes_case("Do I need a cap?")
    assert gives_means("I have enabled the alarm tool.")
    assert not gives_means("Wake me at 7.")


POOL = ("When does the pool close?", "The pool closes at 9 pm.", "Do I need a cap?", "Yes. The pool closes at 11 pm.")


def found(*rows: Data) -> list[tuple[str, str]]:
    report = linter(select=["CL603"]).lint_rows(rows)
    return [
        (one.message, one.primary.snippet[one.primary.mark_start : one.primary.mark_end]) for one in report.diagnostics
    ]


def test_the_turn_and_the_words_are_told() -> None:
    message = 'contradicts an earlier turn of the same conversation: turn 1 says "The pool closes at 9 pm."'
    assert found(talk(*POOL)) == [(message, "The pool closes at 11 pm.")]


def test_each_later_turn_is_read_against_all_earlier_ones() -> None:
    told = found(talk(*POOL[:2], "Thanks!", "You're welcome.", *POOL[2:]))
    assert [words for _, words in told] == ["The pool closes at 11 pm."]


@pytest.mark.parametrize(
    "row",
    [
        talk(*POOL[:2]),
        talk(*POOL[:2], "And on Sundays?", "The pool closes at 11 pm."),
        talk(*POOL[:3], "Yes. Sorry, I was wrong: the pool closes at 11 pm."),
        talk("Write a story about a pool.", *POOL[1:]),
        messages(
            ("user", POOL[0]),
            {"role": "assistant", "content": POOL[1], "train": False},
            ("user", POOL[2]),
            ("assistant", POOL[3]),
        ),
    ],
)
def test_what_is_explained_or_not_taught_is_left_alone(row: Data) -> None:
    assert found(row) == []


def test_turns_of_two_rows_are_not_read_together() -> None:
    assert found(talk(*POOL[:2]), talk(*POOL[2:])) == []
