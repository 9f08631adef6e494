"""The words that a pattern may begin with."""

from __future__ import annotations

from typing import Literal

import pytest
import regex

from contralint.facets.heads import heads
from contralint.facets.phrases import WORD, worded, wordings


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\bmy (?:own )?dog", {"my"}),
        (r"(?:e-?mail|text)s? sent", {"email", "emails", "e-mail", "e-mails", "text", "texts"}),
        (r"wak(?:e|ing) you", {"wake", "waking"}),
        (r"(?:the )?(?:time|date) is", {"the", "time", "date"}),
        (r"i(?:'ve| have)? (?:ran|run)", {"i", "i've"}),
        (r"(?<=^\s*|[.!]\s?)(?:really )*good(?! for)", {"really", "good"}),
        (r"^\s*a|b\b|(?!x)c", {"a", "b", "c"}),
        (r"(?:weeks){0,2}ago", {"weeksago", "ago"}),
    ],
)
def test_every_first_word_is_found(pattern: str, expected: set[str]) -> None:
    assert heads(pattern) == expected


@pytest.mark.parametrize("pattern", [r"\w+ days ago", r"(?:\d+ )?alarms", r"[ab] c", r"do\w+ it", ""])
def test_a_pattern_that_may_begin_with_anything_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"first word|begin with anything"):
        heads(pattern)


@pytest.mark.parametrize("stance", ["denies", "exercises"])
def test_a_wording_is_tried_wherever_it_may_match(stance: Literal["denies", "exercises"]) -> None:
    texts = [
        "i've never been to rome",
        "as i told you last week, no",
        "this model is offline",
        "your balance is $5",
        "my wife cooks",
    ]
    patterns = {wording.pattern for same in wordings(stance).values() for wording in same.each}
    for text in texts:
        words = [(word.group(), word.start()) for word in WORD.finditer(text)]
        tried = {match.re.pattern for _, match in worded(text, words, stance)}
        assert {pattern for pattern in patterns if regex.search(pattern, text)} <= tried
