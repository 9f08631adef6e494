"""Excerpts: carets stand under the evidence, and the line fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import place
from rich.cells import cell_len

from contralint.diagnostics import Location
from contralint.reports.escape import quotable
from contralint.reports.excerpt import Excerpt, excerpt

TEXT = st.text(st.sampled_from('ab \n\t"\\é日本👍\u202e\x1bع\ud800'), max_size=60)


def marked(shown: Excerpt) -> str:
    """What stands above the carets."""
    start = next(i for i in range(len(shown.text)) if cell_len(shown.text[:i]) == shown.mark_column)
    ends = range(start, len(shown.text) + 1)
    return shown.text[start : max(i for i in ends if cell_len(shown.text[start:i]) <= shown.mark_width)]


@given(TEXT, TEXT.filter(bool), TEXT, st.integers(20, 90))
def test_carets_stand_under_the_evidence(before: str, evidence: str, after: str, width: int) -> None:
    at = Location("a", 1, 0, None, "response", 1, 1, 2, before + evidence + after, len(before), len(before + evidence))
    shown = excerpt(at, width)
    whole = "".join(quotable(evidence))
    assert cell_len(shown.text) <= width
    assert whole.startswith(marked(shown))
    assert marked(shown) == whole or cell_len(whole) > width - 2 - 2 * len("...") - len("\\ud800")


def test_wide_and_combining_characters_count_in_cells() -> None:
    assert excerpt(place(1, "日本 cafe\u0301!", "cafe\u0301"), 80) == Excerpt('"日本 cafe\u0301!"', 6, 4)


def test_what_is_hidden_is_spelt_out() -> None:
    assert excerpt(place(1, "a\n\x1b\u202e\tb", "b"), 80) == Excerpt(r'"a\n\u001b\u202e\tb"', 18, 1)


def test_long_text_is_cropped_around_the_evidence() -> None:
    shown = excerpt(place(1, "x" * 500 + "HERE" + "y" * 500, "HERE"), 30)
    assert shown.text == '"...' + "x" * 9 + "HERE" + "y" * 9 + '..."'
    assert marked(shown) == "HERE"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 5), (99, 120), (3, 1)])
def test_an_empty_or_wrong_mark_gets_one_caret_within_the_line(start: int, end: int) -> None:
    shown = excerpt(Location("a", 1, 0, None, "response", 1, 1, 1, "words", start, end), 40)
    assert shown.mark_width == 1
    assert shown.mark_column < cell_len(shown.text)
