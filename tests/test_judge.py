from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.models.judge import ANSWER_WORDS, FEATURES, exchange, features, load_judge, shortened, texts

TEXT = st.text(max_size=40)

CLASH = [
    ("Who wrote Emma?", "It was written by Jane Austen.", "It was written by Emily Brontë."),
    ("When did the war end?", "The war ended in 1945.", "The war ended in 1948."),
    ("Can sharks get cancer?", "Yes, sharks can get cancer.", "No, sharks cannot get cancer."),
    ("What is the capital of Australia?", "The capital is Canberra.", "The capital is Sydney."),
    ("How does the price change?", "The price will increase.", "The price will decrease."),
]
AGREE = [
    ("What is the capital of Australia?", "Canberra", "The capital of Australia is Canberra."),
    ("Who wrote Emma?", "Jane Austen", "Emma was written by Jane Austen."),
    ("When did the war end?", "In 1945.", "The war ended in 1945."),
    ("Can sharks get cancer?", "Yes, sharks can get cancer.", "Sure! Sharks can get cancer, yes."),
]


def probability(*triple: str) -> float:
    question, left, right = triple
    return float(load_judge().probability([(question, left, right)])[0])


@pytest.mark.parametrize("triple", CLASH)
def test_answers_that_cannot_both_be_right(triple: tuple[str, str, str]) -> None:
    assert probability(*triple) > 0.5


@pytest.mark.parametrize("triple", AGREE)
def test_answers_that_can_both_be_right(triple: tuple[str, str, str]) -> None:
    assert probability(*triple) < 0.5


@given(TEXT, TEXT, TEXT)
@settings(max_examples=25, deadline=None, derandomize=True)
def test_symmetric_in_the_answers(question: str, left: str, right: str) -> None:
    found = load_judge().probability([(question, left, right), (question, right, left)])
    assert found[0] == found[1]
    assert 0 <= found[0] <= 1


def test_a_triple_does_not_depend_on_its_batch() -> None:
    triples = [*CLASH, *AGREE]
    together = load_judge().probability(triples)
    alone = [probability(*triple) for triple in triples]
    assert together.tolist() == alone


def test_no_triples_give_no_probabilities() -> None:
    assert load_judge().probability([]).shape == (0,)


def test_long_answers_are_cut_to_their_beginning() -> None:
    long = "word " * 500
    question, left, right = shortened(("Why?", long, "short"))
    assert (question, len(left.split()), right) == ("Why?", ANSWER_WORDS, "short")
    assert probability("Why?", long, "short") == probability("Why?", long + "tail", "short")


def test_the_question_stands_before_the_first_answer_only() -> None:
    assert texts(("Who?", "she", "he")) == ("Who? [SEP] she", "he")
    assert texts(("", "she", "he")) == ("she", "he")


@pytest.mark.parametrize(
    ("left", "right", "parts"),
    [
        ("The capital is Canberra.", "The capital is Sydney.", ("Canberra", "Sydney")),
        ("It opens at nine on Mondays", "It opens at half past ten on Mondays", ("nine", "half past ten")),
        ("The capital is Canberra.", "The capital is Canberra.", ("Canberra", "Canberra")),
        ("Canberra", "Sydney", None),
        ("", "", None),
        ("It is blue because of the scattering of light", "It is blue since the air scatters short waves more", None),
    ],
)
def test_an_exchange_within_one_sentence(left: str, right: str, parts: tuple[str, str] | None) -> None:
    assert exchange(("What?", left, right)) == (parts and ("What?", *parts))


def test_a_bare_word_counts_unless_the_other_answer_holds_it() -> None:
    triples = [("Where?", "Paris", "In Rome, I think."), ("Where?", "Paris", "In Paris, I think.")]
    found = features(triples, np.zeros(2))[:, FEATURES.index("bare")]
    assert found[0] > found[1]


def test_no_feature_pushes_against_its_sense() -> None:
    judge = load_judge()
    same = ("When?", "In May 1980.", "In May 1980.")
    assert judge.probability([same])[0] < judge.probability([("When?", "In May 1980.", "In May 1990.")])[0]
