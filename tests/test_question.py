from __future__ import annotations

import pytest

from contralint.facets.question import question


@pytest.mark.parametrize(
    ("kind", "request_text"),
    [
        ("fact", "What is the capital of Australia?"),
        ("fact", "Do you know who painted the Mona Lisa?"),
        ("fact", "Is Pluto a planet or a dwarf planet?"),
        ("polar", "Can penguins fly?"),
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
