"""Escaping: each character that steers a terminal or hides is spelt out, and ordinary writing is left alone."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from contralint.escape import quotable, visible

STEERING = {"Cc", "Cs", "Zl", "Zp"}
BIDI = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI", "BN"}
JOINERS = "\u200c\u200d"
INVISIBLE = "\u00ad\u115f\u200b\u200e\u200f\u061c\u3164\ufeff\U000e0041"


def is_steering(character: str) -> bool:
    steers = unicodedata.category(character) in STEERING or unicodedata.bidirectional(character) in BIDI
    return steers and character not in JOINERS


def test_no_character_that_steers_stays_raw() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    assert not [character for character in every if is_steering(character) and visible(character) == character]


@pytest.mark.parametrize("character", INVISIBLE)
def test_what_nobody_sees_is_spelt_out(character: str) -> None:
    assert visible(character).isascii()


@pytest.mark.parametrize(
    "text", ["naïve – “quoted”", "日本語\u3000。", "می\u200cخواهم", "👩\u200d🔬", "क\u094dष", 'a\u00a0b \\ "']
)
def test_writing_is_left_alone(text: str) -> None:
    assert visible(text) == text


def test_quoted_text_escapes_as_json_does() -> None:
    assert "".join(quotable('"\\\n\u202e\U000e0041')) == r"\"\\\n\u202e\udb40\udc41"
