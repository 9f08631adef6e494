from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contralint.facets.question import question


@pytest.mark.parametrize(
    ("kind", "request_text"),
    [
        ("fact", "What is the capital of Australia?"),
        ("fact", "Do you know who painted the Mona Lisa?"),
        ("fact", "Is Pluto a planet or a dwarf planet?"),
        ("polar", "Can penguins fly?"),
        ("polar", "Birds: can penguins fly?"),
        ("polar", "In chess, can a pawn move backwards?"),
        ("polar", "Could you please tell me whether tomatoes are fruits?"),
        ("polar", "Read the passage. Was she at home? Answer yes or no."),
        ("quantity", "How many bones does an adult have?"),
        ("quantity", "When did the war end?"),
        ("quantity", "What is 7*8?"),
        ("quantity", "Convert 5 miles to km."),
        ("label", "Classify the sentiment: I love it"),
        ("open", "Write a haiku about autumn."),
        ("open", "Can you write me a poem?"),
        ("open", "What's a good name for a cat?"),
        ("open", "How do I boil an egg?"),
        ("open", "What are some ideas for dinner?"),
        ("open", ""),
    ],
)
def test_kind_of_answer_asked_for(kind: str, request_text: str) -> None:
    found = question(request_text)
    assert found.kind == kind
    assert found.closed == (kind != "open")


@pytest.mark.parametrize(
    ("closed", "open_"),
    [
        ("Who painted Guernica?", "Who is the best painter?"),
        ("Which river flows through Cairo?", "Which book should I read on holiday?"),
        ("What is the default port of HTTPS?", "What should I name my cat?"),
        ("List the planets of the solar system.", "List some ideas for a picnic."),
        ("Define 'inertia'.", "Write a definition of love as a poem."),
        ("How tall is the Eiffel Tower?", "How can I sleep better?"),
    ],
)
def test_a_request_with_one_answer_is_told_from_one_with_many(closed: str, open_: str) -> None:
    assert question(closed).probability > question(open_).probability
    assert question(closed).closed
    assert not question(open_).closed


@given(st.text())
def test_any_text_has_a_probability(text: str) -> None:
    found = question(text)
    assert 0.0 <= found.probability <= 1.0
    assert found == question(text)
