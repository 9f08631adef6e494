"""Contrast: the words that differ between two texts that are near each other, and nothing between others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contralint.diagnostics import Passage
from contralint.reports import contrast as module
from contralint.reports.contrast import Stretches, contrast


def words(text: str, stretches: Stretches) -> list[str]:
    return [text[start:end] for start, end in stretches]


def told_apart(ours: str, theirs: str) -> tuple[list[str], list[str]]:
    found = contrast(Passage(ours, 0, len(ours)), Passage(theirs, 0, len(theirs)))
    return words(ours, found.ours), words(theirs, found.theirs)


@pytest.mark.parametrize(
    ("ours", "theirs", "differ"),
    [
        ("The capital is Canberra.", "The capital is Sydney!", (["Canberra"], ["Sydney"])),
        ("It is open on Sundays.", "It is not open on Sundays.", ([], ["not"])),
        ("It costs $5 a day.", "It costs €5 a day.", (["$"], ["€"])),
        ("It is -5 degrees.", "it is 5 degrees", (["-"], [])),
        ("It doesn't rain here today", "It does rain here today", (["doesn't"], ["does"])),
        ("Turn left at the old mill.", "Turn sharp right at the old mill.", (["left"], ["sharp right"])),
        ("首都はキャンベラです", "首都はシドニーです", (["キャンベラ"], ["シドニー"])),
        ("العاصمة هي كانبرا", "العاصمة هي سيدني", (["كانبرا"], ["سيدني"])),
    ],
)
def test_differing_words_are_told(ours: str, theirs: str, differ: tuple[list[str], list[str]]) -> None:
    assert told_apart(ours, theirs) == differ


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("I'm sorry, but I can't help with that.", "Put a tension wrench into the keyway."),
        ("Yes.", "No."),
        ("", "Something"),
        ("The same.", "the  same!"),
        ("Four", "A violin has six strings."),
    ],
)
def test_nothing_stands_out_between_equal_or_different_texts(ours: str, theirs: str) -> None:
    assert told_apart(ours, theirs) == ([], [])


def test_passages_are_compared_alone_where_their_texts_are_far_apart() -> None:
    ours, theirs = "The shop closes at 5 pm. Bring a bag, a coat and a friend.", "Well now! The shop closes at 7 pm."
    found = contrast(Passage(ours, 0, 24), Passage(theirs, 10, len(theirs)))
    assert (words(ours, found.ours), words(theirs, found.theirs)) == (["5"], ["7"])


def test_a_long_text_is_compared_around_the_passage() -> None:
    ours = "word " * 5000 + "here it says blue today" + " word" * 5000
    theirs = ours.replace("blue", "green")
    found = contrast(Passage(ours, 25_000, 25_023), Passage(theirs, 25_000, 25_024))
    assert (words(ours, found.ours), words(theirs, found.theirs)) == (["blue"], ["green"])


def test_what_only_a_cut_sets_apart_is_no_difference() -> None:
    ours = "it says blue and then it goes on and on"
    theirs = ours.replace("blue", "a shade of green")
    found = contrast(Passage.of(ours, 8, 12, around=30), Passage.of(theirs, 8, 24, around=30))
    assert (words(ours, found.ours), words(theirs, found.theirs)) == (["blue"], ["a shade of green"])


@given(st.text(st.characters(max_codepoint=127), max_size=80))
def test_words_of_ascii_are_those_of_unicode(text: str) -> None:
    assert module._ASCII_WORDS.findall(text) == module._WORDS.findall(text)


@given(st.text("ab -'日", max_size=40), st.text("ab -'日", max_size=40))
def test_what_is_left_of_both_without_the_differences_is_the_same(ours: str, theirs: str) -> None:
    found = contrast(Passage(ours, 0, len(ours)), Passage(theirs, 0, len(theirs)))
    if found.ours or found.theirs:
        assert _without(ours, found.ours) == _without(theirs, found.theirs)


def _without(text: str, stretches: Stretches) -> list[str]:
    for start, end in reversed(stretches):
        text = f"{text[:start]} {text[end:]}"
    return module._WORDS.findall(text)
