from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.facets.numerals import numeral
from contralint.facets.quantities import Quantity, quantities


def only(text: str) -> Quantity:
    found = quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "dimension", "value"),
    [
        ("It weighs 3,000.5 g.", "mass", 3000.5),
        ("about 3.2 million dollars", "money USD", 3_200_000.0),
        ("twenty-five minutes", "duration", 1500.0),
        ("two hundred and six bones", "count", 206.0),
        ("$5.50", "money USD", 5.5),
        ("-40 °C", "temperature", 233.15),
        ("on July 20, 1969", "date", (1969, 7, 20)),
        ("20 July 1969", "date", (1969, 7, 20)),
        ("1969-07-20", "date", (1969, 7, 20)),
        ("in March 1879", "date", (1879, 3, None)),
        ("in 44 BC", "date", (-44, None, None)),
        ("at 7:30 pm", "time", (19, 30)),
        ("at noon", "time", (12, 0)),
        ("15 %", "share", 0.15),
        ("2 hours and 20 minutes", "duration", 8400.0),
        ("5 ft 11 inches", "length", 1.8034),
    ],
)
def test_reads_a_quantity(text: str, dimension: str, value: object) -> None:
    found = only(text)
    assert found.dimension == dimension
    assert found.value == pytest.approx(value) if isinstance(value, float) else found.value == value


@pytest.mark.parametrize("text", ["Python 3.11.2", "no figures here", "", "a hundredfold"])
def test_reads_none(text: str) -> None:
    assert quantities(text) == ()


def test_gives_a_range_its_unit() -> None:
    assert [found.value for found in quantities("10-12 minutes")] == [600.0, 720.0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("100 °C", "212 °F"),
        ("330 metres", "1,083 feet"),
        ("1969", "July 20, 1969"),
        ("6 pm", "18:00"),
        ("8,848.86 m", "about 8,850 metres"),
        ("seven", "7"),
        ("1.5 million", "1,500,000"),
    ],
)
def test_agree(one: str, other: str) -> None:
    assert only(one).agrees(only(other))
    assert only(other).agrees(only(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [("100 °C", "100 °F"), ("1969", "1970"), ("July 20, 1969", "July 16, 1969"), ("6 pm", "6 am"), ("206", "208")],
)
def test_disagree(one: str, other: str) -> None:
    assert not only(one).agrees(only(other))
    assert not only(other).agrees(only(one))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=80))
def test_any_text_is_read_and_spans_lie_in_it(text: str) -> None:
    for found in quantities(text):
        assert 0 <= found.start < found.end <= len(text)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(0, 10**9))
def test_digits_with_and_without_separators_are_one_number(number: int) -> None:
    assert numeral(f"{number:,}") == numeral(str(number)) == number
