"""A diagnostic on a terminal: it fits the line, says what was asked, and marks what differs."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import HOSTILE, RULES, SAMPLE, place
from rich.cells import cell_len

from contralint.diagnostics import Diagnostic, Evidence, Location, Severity, Side
from contralint.reports import RenderOptions
from contralint.reports.block import block

if TYPE_CHECKING:
    from conftest import Snapshots

PLAIN = RenderOptions()
MARK = "\u200e"
ADVICE = RULES["CL101"]


def on_terminal(width: int, *, color: bool = False) -> RenderOptions:
    return RenderOptions(color=color, width=width, terminal=True)


def answer(line: int, text: str, evidence: str, asked: str = "What is it?") -> Location:
    return replace(place(line, text, evidence), asked=asked)


def flip(*places: Location, message: str = "the same question is answered incompatibly") -> Diagnostic:
    return Diagnostic(
        rule="CL101",
        name="answer-flip",
        severity=Severity.ERROR,
        confidence=0.97,
        message=message,
        fingerprint="3f2a91c0d4e5b678",
        sides=tuple(Side(f'answers "{where.passage.text[:30]}"', "answer otherwise", (where,)) for where in places),
        evidence=(Evidence("similarity", 0.93),),
    )


def printed(found: Diagnostic, options: RenderOptions = PLAIN) -> list[str]:
    return list(block(found, ADVICE, options))


CANBERRA = answer(4, "The capital is Canberra.", "The capital is Canberra.", "What is the capital of Australia?")
SYDNEY = answer(9, "The capital is Sydney.", "The capital is Sydney.", "Which city is Australia's capital?")
REFUSAL = answer(12, "I'd rather not say.", "I'd rather not say.", "What is the capital of Australia?")


def test_words_that_differ_are_marked_in_both_snippets() -> None:
    lines = printed(flip(CANBERRA, SYDNEY))
    assert lines[1:4] == [
        '    4 | "The capital is Canberra."',
        '      |  ^^^^^^^^^^^^^^^^^^^^^^^^ answers "The capital is Canberra."',
        "      |                 ~~~~~~~~",
    ]
    assert lines[5:8] == [
        '    9 | "The capital is Sydney."',
        '      |  ^^^^^^^^^^^^^^^^^^^^^^ answers "The capital is Sydney."',
        "      |                 ~~~~~~",
    ]


def test_colours_underline_what_differs_instead() -> None:
    lines = printed(flip(CANBERRA, SYDNEY), RenderOptions(color=True))
    assert "\x1b[1;4;91mCanberra\x1b[0m" in lines[1]
    assert "~" not in "".join(lines)


def test_nothing_is_marked_where_texts_have_little_in_common() -> None:
    assert not [line for line in printed(flip(CANBERRA, REFUSAL)) if "~" in line]


def test_carets_that_mark_what_differs_need_no_tildes() -> None:
    found = flip(answer(1, "It has six strings.", "six"), answer(2, "It has four strings.", "four"))
    assert not [line for line in printed(found) if "~" in line]


def test_each_wording_of_the_request_is_told_once() -> None:
    assert [line for line in printed(flip(CANBERRA, SYDNEY, REFUSAL)) if "asked" in line] == [
        '   = asked here: "What is the capital of Australia?"',
        '   = asked there: "Which city is Australia\'s capital?"',
    ]
    assert '   = asked: "What is the capital of Australia?"' in printed(flip(CANBERRA, REFUSAL))


def test_a_request_is_not_told_twice() -> None:
    copies = [replace(where, field="instruction") for where in (CANBERRA, REFUSAL)]
    assert not [line for line in printed(flip(*copies)) if "asked" in line]


def test_elsewhere_than_on_a_terminal_each_remark_is_one_line() -> None:
    lines = printed(flip(CANBERRA, SYDNEY, message="word " * 40), replace(PLAIN, width=40))
    assert lines[0].endswith("word " * 40)
    assert lines[-1] == "   = help: keep the right answer: contralint explain 3f2a91c0"


def test_a_terminal_wraps_at_words_and_hangs_what_follows() -> None:
    lines = printed(flip(CANBERRA, SYDNEY), on_terminal(44))
    assert lines[:3] == [
        "data/train.jsonl:4:1: error[CL101]:",
        "       answer-flip: the same question is",
        "       answered incompatibly",
    ]
    assert lines[-2:] == ["   = help: keep the right answer:", "       contralint explain 3f2a91c0"]


def test_a_label_without_room_beside_the_carets_goes_beneath_them() -> None:
    assert printed(flip(CANBERRA, REFUSAL), on_terminal(50))[2:5] == [
        '    4 | "The capital is Canberra."',
        "      |  ^^^^^^^^^^^^^^^^^^^^^^^^",
        '      |  answers "The capital is Canberra."',
    ]


def test_text_gives_way_to_a_short_label() -> None:
    found = flip(answer(4, "word " * 40, "word " * 40), REFUSAL)
    named = replace(found, sides=(replace(found.sides[0], label="complies"), found.sides[1]))
    carets = next(line for line in printed(named, on_terminal(60)) if "^" in line)
    assert carets.endswith("^ complies")
    assert len(carets) <= 60


def test_a_place_that_fills_its_line_leaves_the_excerpt_to_the_next() -> None:
    deep = replace(CANBERRA, path="data/" + "deep/" * 8 + "train.jsonl")
    side = Side("answers", "answer", (CANBERRA, deep))
    lines = printed(replace(flip(CANBERRA, REFUSAL), sides=(side,)), on_terminal(60))
    at = lines.index(f"  ::: {deep.path}:4:1")
    assert lines[at + 1] == '      | "The capital is Canberra."'


# Letters that follow no script's rules, and words to wrap.
PROSE = st.lists(st.sampled_from(["word", "日本語", "שלום", "é👍🏽", "a\n", "x" * 30]), min_size=1, max_size=30).map(
    " ".join
)


@given(PROSE, PROSE, st.integers(40, 200))
def test_no_line_is_wider_than_the_terminal(first: str, second: str, width: int) -> None:
    places = [answer(1, first, first, second), answer(2, second, second[:5], first)]
    for line in printed(flip(*places, message=f'answers "{second}"'), on_terminal(width)):
        assert cell_len(line) <= width


def test_numbers_of_ours_stay_out_of_right_to_left_writing() -> None:
    hebrew = replace(answer(7, "התשובה 5", "5"), path="נתונים.jsonl")
    found = replace(flip(hebrew, REFUSAL, message='answers "שלום" 2 times'), notes=('"אחת", 3 more',))
    told = printed(found, on_terminal(120))
    assert told[0].startswith(f"{MARK}נתונים.jsonl:7:1:")
    assert told[0].endswith(f'answers "שלום"{MARK} 2 times')
    assert told[1] == f'    7 | {MARK}"התשובה 5"{MARK}'
    assert f'   = note: {MARK}"אחת"{MARK}, 3 more' in told
    assert MARK not in "".join(printed(found))


def test_a_path_in_right_to_left_writing_keeps_its_numbers_behind_it() -> None:
    found = flip(replace(CANBERRA, path="נתונים"), REFUSAL)
    assert printed(found, on_terminal(120))[0].startswith(f"{MARK}נתונים{MARK}:4:1:")
    assert printed(found)[0].startswith("נתונים:4:1:")


@pytest.mark.parametrize("width", [48, 100])
def test_the_look_of_a_terminal_is_as_recorded(width: int, snapshots: Snapshots) -> None:
    long = "Among the mountains that travellers like to talk about, the one that stands highest in all of Africa is "
    arabic = "عاصمة أستراليا هي "
    japanese = "オーストラリアの首都は"
    samples = [
        flip(CANBERRA, SYDNEY, REFUSAL),
        flip(
            *(answer(n, f"{long}{name}, beyond doubt.", name) for n, name in enumerate(("Mount Kenya", "Kilimanjaro")))
        ),
        flip(*(answer(n, f"{arabic}{name}.", name) for n, name in enumerate(("كانبرا", "سيدني"))), message=HOSTILE),
        flip(*(answer(n, f"{japanese}{name}です。", name) for n, name in enumerate(("キャンベラ", "シドニー")))),
    ]
    blocks = [
        block(found, RULES[found.rule], on_terminal(width, color=True)) for found in (*samples, *SAMPLE.diagnostics)
    ]
    snapshots.check(f"text-terminal-{width}.txt", "\n".join(itertools.chain.from_iterable(blocks)) + "\n")
