"""Excerpts: carets stand under the evidence, what matters stays, and the line fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import place
from rich.cells import cell_len

from contralint.diagnostics import Passage
from contralint.reports.contrast import Stretches
from contralint.reports.excerpt import Excerpt, Mark, excerpt

ODD = 'ab \n\t"\\é日本👍\u202e\x1bع2%(\ud800'
TEXT = st.text(st.sampled_from(ODD), max_size=60) | st.lists(st.sampled_from(["word", " ", "日本", "שלום"])).map(
    "".join
)
FAMILY = "👨\u200d👩\u200d👧"


def of(text: str, evidence: str) -> Passage:
    return place(1, text, evidence).passage


def above(shown: Excerpt, mark: Mark) -> str:
    """The pieces that begin above a mark."""
    column, taken = 0, ""
    for piece in shown.pieces:
        if mark.column <= column < mark.column + mark.width:
            taken += piece.text
        column += piece.width
    return taken


def stretches(text: str, *words: str) -> Stretches:
    return tuple((text.index(word), text.index(word) + len(word)) for word in words)


@given(TEXT, TEXT.filter(bool), TEXT, st.integers(20, 90), st.lists(st.tuples(st.integers(0, 99), st.integers(1, 9))))
def test_carets_stand_under_the_evidence(
    before: str, evidence: str, after: str, width: int, differing: list[tuple[int, int]]
) -> None:
    text = before + evidence + after
    near = tuple((start, start + length) for start, length in sorted(differing) if start + length <= len(text))
    shown = excerpt(Passage(text, len(before), len(before + evidence)), width, near)
    assert sum(piece.width for piece in shown.pieces) <= width
    assert any(piece.evidence and not piece.ours for piece in shown.pieces)
    marked = above(shown, shown.evidence())
    assert marked == "".join(piece.text for piece in shown.pieces if piece.evidence)
    whole = "".join(piece.text for piece in excerpt(Passage(text, len(before), len(before + evidence)), 9999).pieces)
    assert all(part in whole for part in shown.text[1:-1].split("..."))


@given(TEXT, TEXT.filter(bool), TEXT)
def test_marks_of_whole_runs_cover_the_evidence_and_part_no_run(before: str, evidence: str, after: str) -> None:
    shown = excerpt(Passage(before + evidence + after, len(before), len(before + evidence)), 9999)
    narrow, wide = shown.evidence(), shown.evidence(whole_runs=True)
    assert wide.column <= narrow.column
    assert narrow.column + narrow.width <= wide.column + wide.width
    cells = [piece.direction for piece in shown.pieces for _ in range(piece.width)]
    for edge in (wide.column, wide.column + wide.width):
        assert cells[edge - 1 : edge + 1] != ["R", "R"]


def test_wide_and_combining_characters_count_in_cells() -> None:
    shown = excerpt(of("日本 cafe\u0301!", "cafe\u0301"), 80)
    assert (shown.text, shown.evidence()) == ('"日本 cafe\u0301!"', Mark(6, 4))


@pytest.mark.parametrize(
    ("cluster", "cells"),
    [(FAMILY, 2), ("👍🏽", 2), ("🇫🇷", 2), ("❤\ufe0f", 2), ("1\ufe0f\u20e3", 2), ("क\u094d\u200dष", 2), ("a\u200db", 2)],
)
def test_what_is_drawn_as_one_counts_as_one(cluster: str, cells: int) -> None:
    shown = excerpt(of(f"{cluster} here", "here"), 80)
    assert shown.evidence() == Mark(cells + 2, 4)


def test_a_mark_takes_in_the_whole_of_what_is_drawn_as_one() -> None:
    shown = excerpt(Passage(f"a {FAMILY} b", 3, 4), 80)
    assert above(shown, shown.evidence()) == FAMILY


def test_what_is_hidden_is_spelt_out() -> None:
    shown = excerpt(of("a\n\x1b\u202e\tb", "b"), 80)
    assert (shown.text, shown.evidence()) == (r'"a\n\u001b\u202e\tb"', Mark(18, 1))


def test_long_text_is_cropped_around_the_evidence_at_words() -> None:
    shown = excerpt(of("left " * 99 + "HERE" + " right" * 99, "HERE"), 40)
    assert shown.text == '"... left left left HERE right right..."'
    assert above(shown, shown.evidence()) == "HERE"


def test_a_word_too_long_for_its_line_is_cut() -> None:
    shown = excerpt(of("x" * 500 + "HERE" + "y" * 500, "HERE"), 30)
    assert shown.text == '"...' + "x" * 9 + "HERE" + "y" * 9 + '..."'


def test_words_that_differ_stay_in_sight_beside_the_evidence() -> None:
    text = "It fell in 1989, " + "as everyone knows, " * 20 + "when the gates in Berlin were opened at last."
    shown = excerpt(of(text, "1989"), 60, stretches(text, "Berlin"))
    assert shown.text == '"It fell in 1989,... the gates in Berlin were opened at..."'
    assert [above(shown, mark) for mark in shown.differing()] == ["Berlin"]


def test_evidence_too_long_for_its_line_is_shown_where_it_differs() -> None:
    text = "The answer, " + "as everyone knows, " * 20 + "is Canberra, of course, " + "and nothing else, " * 20
    shown = excerpt(of(text, text), 40, stretches(text, "Canberra"))
    assert shown.text == '"... knows, is Canberra, of course..."'
    assert shown.evidence() == Mark(1, cell_len(shown.text) - 5)


def test_a_gap_within_the_evidence_is_marked_as_evidence() -> None:
    text = "In 1989 it fell, " + "as everyone knows, " * 20 + "for good in Berlin."
    shown = excerpt(of(text, text), 60, stretches(text, "1989", "Berlin"))
    assert shown.text == '"In 1989 it fell, as everyone knows..., for good in Berlin."'
    assert shown.evidence() == Mark(1, cell_len(shown.text) - 2)


def test_right_to_left_runs_are_marked_as_wholes_where_their_layout_is_unknown() -> None:
    shown = excerpt(of("Today: שלום לך 50%, friend", "לך"), 80)
    assert above(shown, shown.evidence()) == "לך"
    assert above(shown, shown.evidence(whole_runs=True)) == "שלום לך 50%"


def test_marks_between_right_to_left_runs_are_exact() -> None:
    shown = excerpt(of("שלום friend שלום", "friend"), 80)
    assert above(shown, shown.evidence(whole_runs=True)) == "friend"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 5), (99, 120), (3, 1)])
def test_an_empty_or_wrong_mark_gets_one_caret_within_the_line(start: int, end: int) -> None:
    shown = excerpt(Passage("words", start, end), 40)
    assert shown.evidence().width == 1
    assert shown.evidence().column < cell_len(shown.text)


def test_a_passage_that_is_cut_shows_it() -> None:
    whole = "one two three four five"
    assert excerpt(Passage.of(whole, 8, 13, around=99), 80).text == f'"{whole}"'
    assert excerpt(Passage.of(whole, 8, 13, around=8), 80).text == '"one two three fo..."'
    assert excerpt(Passage.of(whole, 14, 18, around=9), 80).text == '"...wo three four five"'


def test_a_megabyte_is_cropped_like_a_line() -> None:
    text = "word " * 100_000 + "HERE" + " word" * 100_000
    assert excerpt(of(text, "HERE"), 30, ((0, 4), (len(text) - 4, len(text)))).text.startswith('"word')
