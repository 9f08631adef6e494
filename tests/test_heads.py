"""The words that a pattern may begin with."""

from __future__ import annotations

import pytest
import regex

from contralint.facets.heads import heads
from contralint.facets.phrases import WORD, wordings


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


def test_a_wording_is_tried_wherever_it_may_match() -> None:
    texts = [
        "i've never been to rome",
        "as i told you last week, no",
        "it's 5:30 pm",
        "your balance is $5",
        "my wife cooks",
    ]
    for stance in ("denies", "exercises"):
        patterns = {wording.pattern for same in wordings(stance).values() for wording in same.each}
        for pattern in patterns:
            for text in texts:
                if found := regex.search(pattern, text):
                    word = WORD.match(text, found.start())
                    assert word
                    assert any(one.pattern == pattern for one in wordings(stance)[word.group()].each)
