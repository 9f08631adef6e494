from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.models.differences import NAMES, Differences, differences
from contralint.models.tokens import tokens

TEXT = st.text(max_size=60)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("What's your name?", "what is your name"),
        ("Can you tell me what time it is?", "What time it is"),
        ("Set an alarm for seven", "Set an alarm for 7"),
        ("Please list 1,000 words.", "List 1000 words"),
        ("Which colour is it?", "Which color is it?"),
        ("Do not stop", "Don't stop!"),
    ],
)
def test_rewordings_are_the_same(left: str, right: str) -> None:
    assert differences(left, right).same == 1


@pytest.mark.parametrize(
    ("left", "right", "name"),
    [
        ("Set an alarm for 7", "Set an alarm for 8", "numbers"),
        ("Set an alarm", "Set an alarm for 8", "number_added"),
        ("What is the population of Lima?", "What is the population of Oslo?", "names"),
        ("Explain the war in detail", "Explain the war in France in detail", "name_added"),
        ("Rename parse_row please", "Rename read_row please", "code"),
        ("Is it safe to eat?", "Is it not safe to eat?", "negation"),
        ("List the advantages of tea", "List the disadvantages of tea", "opposites"),
        ("When was it founded?", "Who founded it?", "question"),
        ("Translate it into French", "Translate it into German", "language"),
        ("Describe it in a table", "Describe it in a poem", "form"),
        ("Name the first king", "Name the last king", "scope"),
        ("Convert 10 miles to kilometers", "Convert 10 kilometers to miles", "order"),
        ("Fly from Rome to Paris", "Fly from Paris to Rome", "roles"),
        ("Buy a big house", "Purchase a big house", "synonyms"),
    ],
)
def test_each_kind_of_difference_is_seen(left: str, right: str, name: str) -> None:
    assert getattr(differences(left, right), name) > 0
    assert getattr(differences(left, left), name) == 0


def test_one_replaced_word_is_two_tokens_apart() -> None:
    assert differences("How tall is the old tower", "How tall is the old bridge").distance == 2


def test_a_misspelt_word_finds_its_partner() -> None:
    found = differences("What causes cancer in mice?", "What causes cnacer in mice?")
    assert (found.lesser, found.greater, found.distance) == (0, 0, 0)


def test_two_known_words_are_not_taken_for_one_misspelt() -> None:
    assert differences("The mining industry", "The dining industry").lesser > 0


def test_code_keeps_its_case_and_numbers_their_value() -> None:
    assert [token.key for token in tokens("call `readRow` 2.50 times in v2")] == [
        "call",
        "readRow",
        "2.5",
        "time",
        "in",
        "v2",
    ]


@given(TEXT, TEXT)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_order_of_the_texts_does_not_matter(left: str, right: str) -> None:
    assert differences(left, right) == differences(right, left)


@given(TEXT)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    found = differences(text, text)
    assert (found.same, found.distance, found.greater) == (1, 0, 0)


def test_the_names_are_in_order_and_all_differences_finite() -> None:
    found = differences("Fly from Rome to Paris", "Fly from Paris to Rome")
    assert found == Differences(**{name: getattr(found, name) for name in NAMES})
    assert np.isfinite(found).all()
