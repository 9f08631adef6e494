"""When two answers say the same, and at which level."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contralint.kinds.wording import Level, Wording
from contralint.records import ToolCall

SAME = [
    ("It’s “fine” – really…", 'It\'s "fine" - really...', Level.TYPOGRAPHY),
    ("a  b\n", "a b", Level.TYPOGRAPHY),
    ("Paris.", "paris", Level.PUNCTUATION),
    ("Well, no!", "well no", Level.PUNCTUATION),
    ("The Berlin Wall fell in 1989.", "Berlin Wall fell in 1989.", Level.FUNCTION_WORDS),
]
APART = [
    ("The Berlin Wall fell in 1989.", "The Berlin Wall fell in 1990."),
    ("You can mix the two of them.", "You can not mix the two of them."),
    (
        "Turn left at the corner and walk until you see the church.",
        "Turn right at the corner and walk until you see it.",
    ),
    ("Put the box under the bed.", "Put the box over the bed."),
    ("Fly from Rome to Paris in May.", "Fly from Paris to Rome in May."),
    ("-5", "5"),
    ("50%", "50"),
    ("C++", "C"),
    ("3.5", "35"),
    (":)", ":("),
    ("`toLower()`", "`tolower()`"),
    ("for x in y:\n    print(x)", "for x in y:\nprint(x)"),
    ("", "."),
    ("他喜欢红色的车", "他喜欢绿色的车"),
    ("Ask Hansen about the boat.", "Ask Hanson about the boat."),
]


@pytest.mark.parametrize(("first", "second", "level"), SAME)
def test_answers_that_say_the_same(first: str, second: str, level: Level) -> None:
    assert [Wording(first).says_as(Wording(second), each) for each in Level] == [each >= level for each in Level]


@pytest.mark.parametrize(("first", "second"), APART)
def test_answers_that_do_not(first: str, second: str) -> None:
    assert Wording(first).level_apart(Wording(second)) is Level.FUNCTION_WORDS


def test_calls_are_compared_too() -> None:
    search = ToolCall("search", '{"q":"cats"}')
    assert Wording("", (search,)).says_as(Wording("", (search,)), Level.TYPOGRAPHY)
    assert not Wording("Here.", (search,)).says_as(Wording("Here."))
    assert Wording("", (search,)).shown == '"search({"q":"cats"})"'


def test_a_long_answer_is_cut() -> None:
    assert Wording("word " * 20).shown == '"word word word word word word word wo..."'


@given(st.text(), st.text())
def test_the_same_whichever_comes_first(first: str, second: str) -> None:
    one, other = Wording(first), Wording(second)
    assert one.level_apart(one) is None
    assert [one.says_as(other, level) for level in Level] == [other.says_as(one, level) for level in Level]
    assert not one.says_as(other, Level.TYPOGRAPHY) or one.says_as(other, Level.PUNCTUATION)
    assert not one.says_as(other, Level.PUNCTUATION) or one.says_as(other, Level.FUNCTION_WORDS)
