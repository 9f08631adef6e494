from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.models.encoder import Encoder, load_encoder
from contralint.models.same_request import FEATURES, SIGNS, features, load_same_request

TEXT = st.text(max_size=50)

SAME = [
    ("How tall is the Eiffel Tower?", "What is the height of the Eiffel Tower?"),
    ("What's your name?", "what is your name"),
    ("What is the tallest mountain of Japan?", "Can you tell me what the tallest mountain of Japan is?"),
    ("Set a timer for ten minutes", "Please set a timer for 10 minutes"),
    ("How do I make pancakes?", "Give me a recipe for pancakes"),
    ("Turn on the kitchen lights", "Switch the kitchen lights on"),
    ("What causes thunder?", "Why does thunder happen?"),
    ("Who painted Guernica?", "Guernica, who painted it?"),
    ("In which year was the bridge opened?", "In what year was the bridge opened?"),
    ("Where can I throw away used batteries?", "How do I get rid of batteries that are empty?"),
]
OTHER = [
    ("Set a timer for 10 minutes", "Set a timer for 20 minutes"),
    ("What is the capital of Norway?", "What is the capital of Sweden?"),
    ("Is it safe to drink tap water in Peru?", "Is it not safe to drink tap water in Peru?"),
    ("List the advantages of working at home", "List the disadvantages of working at home"),
    ("Write a story about a cat in Spanish", "Write a story about a cat in Italian"),
    ("Who won the final in 2010?", "Who won the final in 2014?"),
    ("How do I kill a Python process?", "How do I kill a python in my garden?"),
    ("Summarise the report in 3 sentences", "Summarise the report in 7 sentences"),
]


@cache
def encoder() -> Encoder:
    return load_encoder(jobs=1)


def probability(left: str, right: str) -> float:
    vectors = encoder().encode([left, right])
    return float(load_same_request().probability([(left, right)], vectors[:1] @ vectors[1])[0])


@pytest.mark.parametrize(("left", "right"), SAME)
def test_rewordings_ask_the_same(left: str, right: str) -> None:
    assert probability(left, right) > 0.5


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_look_alikes_ask_something_else(left: str, right: str) -> None:
    assert probability(left, right) < 0.35


def test_one_number_in_a_long_request_keeps_two_apart() -> None:
    story = "I moved into the flat in May and pay my rent to the same account every month, but the landlord says that "
    first, second = (
        f"{story}{month} payments are missing. What should I answer him in a polite letter?" for month in (2, 6)
    )
    assert probability(first, second) < 0.2
    assert probability(first, first.lower()) > 0.9


@given(TEXT, TEXT, st.floats(-1, 1))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_symmetric_and_a_probability(left: str, right: str, cosine: float) -> None:
    similarity = np.array([cosine, cosine])
    found = load_same_request().probability([(left, right), (right, left)], similarity)
    assert found[0] == found[1]
    assert 0 <= found[0] <= 1


def test_nearer_vectors_make_it_more_probable() -> None:
    pairs = [("how to bake bread at home", "instructions for baking your own loaf")] * 2
    low, high = load_same_request().probability(pairs, np.array([0.3, 0.9]))
    assert low < high


def test_no_pairs_give_no_probabilities() -> None:
    assert load_same_request().probability([], np.zeros(0)).shape == (0,)
    assert features([], np.zeros(0)).shape == (0, len(FEATURES))


def test_no_difference_makes_two_requests_more_alike() -> None:
    for sign, coefficient in zip(SIGNS, load_same_request().coefficients, strict=True):
        assert sign * coefficient >= 0
