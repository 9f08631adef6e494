from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.facets.polarity import polarity

FLY = "Can penguins fly?"


@pytest.mark.parametrize(
    ("value", "response"),
    [
        ("yes", "Yes, they can."),
        ("yes", "Absolutely!"),
        ("yes", "Penguins can fly."),
        ("no", "No."),
        ("no", "Nope, they swim."),
        ("no", "Penguins cannot fly, but they swim."),
        ("no", "Penguins can’t fly."),
        (None, "It depends on what you call flying."),
        (None, "Yes and no."),
        (None, "They swim."),
        (None, ""),
    ],
)
def test_reads_yes_and_no(value: str | None, response: str) -> None:
    found = polarity(FLY, response)
    assert (found.value if found else None) == value


def test_points_at_the_word_that_says_it() -> None:
    response = "\n Nope, they swim."
    found = polarity(FLY, response)
    assert found is not None
    assert response[found.start : found.end] == "Nope"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_read(request_text: str, response: str) -> None:
    found = polarity(request_text, response)
    assert found is None or 0 <= found.start < found.end <= len(response)
