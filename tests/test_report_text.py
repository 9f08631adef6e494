"""The text report: the look that readers and other tools know, and nothing that could steer a terminal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from report_samples import RULES, SAMPLE, place

from contralint.diagnostics import Diagnostic, Evidence, Report, Severity, Side, Summary
from contralint.reports import RenderOptions
from contralint.reports.text import text_report

EMBODIMENT = next(found for found in SAMPLE.diagnostics if found.rule == "CL302")
ANSI = re.compile(r"\x1b\[[0-9;]*m")
BIDI = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


PLAIN = RenderOptions()


def printed(
    *diagnostics: Diagnostic, options: RenderOptions = PLAIN, files: int = 2, records: int = 3000, unread: int = 0
) -> str:
    return "".join(text_report(Report.of(diagnostics, files=files, records=records, unread=unread), RULES, options))


def test_two_sides_look_as_promised() -> None:
    first, second = (replace(side, members=side.members[:1]) for side in EMBODIMENT.sides)
    assert printed(replace(EMBODIMENT, sides=(first, second))) == (
        "data/train.jsonl:41:58: error[CL302]: embodiment-flip:"
        " denies having a body here, acts on the physical world there\n"
        "   41 | \"I don't have a body, so I can't do things like that.\"\n"
        "      |  ^^^^^^^^^^^^^^^^^^^ denies: embodiment\n"
        "  ::: data/train.jsonl:97:44\n"
        '   97 | "Done! Your alarm is set for 7:00 AM."\n'
        "      |  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ exercises: device control\n"
        "   = similarity 0.81, confidence 0.97, 1 record denies, 1 exercises\n"
        "   = help: keep one side, or say in the system prompt when each holds: contralint explain 3f2a91c0\n"
        "\n"
        "Found 1 diagnostic (1 error) in 3000 records of 2 files.\n"
    )


def test_a_side_shows_five_members_and_counts_the_rest() -> None:
    shown = printed(EMBODIMENT)
    assert shown.count("::: data/train.jsonl:12") == 4
    assert "  ... and 4 more\n" in shown
    assert "3 records deny, 9 exercise\n" in shown


def test_five_members_need_no_further_line() -> None:
    side = Side("repeats", "repeat", tuple(place(number, "same", "same") for number in range(1, 6)))
    assert "more" not in printed(replace(EMBODIMENT, sides=(side,)))


def test_a_label_is_cut_at_its_topic_but_not_within_a_quotation() -> None:
    sides = (
        Side('answers "10:30: sharp"', "answer", (place(1, "a", "a"),)),
        Side("denies: web access", "deny", (place(2, "b", "b"),)),
    )
    assert '1 record answers "10:30: sharp", 1 denies\n' in printed(replace(EMBODIMENT, sides=sides))


def test_one_record_alone_is_not_counted() -> None:
    side = Side("is empty", "are empty", (place(1, "a", "a"),))
    assert "   = judge 0.50, confidence 0.97\n" in printed(
        replace(EMBODIMENT, sides=(side,), evidence=(Evidence("judge", 0.5),))
    )


def test_colours_change_nothing_but_colours_where_nothing_is_near() -> None:
    plain = "".join(text_report(SAMPLE, RULES, RenderOptions()))
    coloured = "".join(text_report(SAMPLE, RULES, RenderOptions(color=True)))
    assert coloured != plain
    assert ANSI.sub("", coloured) == plain


def test_summary_counts_agree_in_number() -> None:
    warning = replace(EMBODIMENT, severity=Severity.WARNING)
    few = printed(records=1, files=1, unread=1)
    assert printed() == "No contradictions found in 3000 records of 2 files.\n"
    assert few == "No contradictions found in 1 record of 1 file, 1 row unread.\n"
    assert printed(EMBODIMENT, EMBODIMENT, warning, unread=2).endswith(
        "\n\nFound 3 diagnostics (2 errors, 1 warning) in 3000 records of 2 files, 2 rows unread.\n"
    )


def test_statistics_rank_rules_by_count_then_id() -> None:
    answer = replace(EMBODIMENT, rule="CL101", name="answer-flip")
    lowered = replace(answer, severity=Severity.WARNING)
    refusal = replace(EMBODIMENT, rule="CL201", name="refusal-flip")
    many = [replace(EMBODIMENT, fingerprint=f"{number:016x}") for number in range(10)]
    table = printed(refusal, answer, lowered, *many, options=RenderOptions(statistics=True))
    assert table.splitlines()[:3] == [
        "10  CL302  embodiment-flip  error",
        " 2  CL101  answer-flip      error, warning",
        " 1  CL201  refusal-flip     error",
    ]


def is_hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or unicodedata.bidirectional(character) in BIDI


ODD = st.text(st.sampled_from("\n\r\t\0\x1b\x7f\x9b\u2028\u202e\u2066\ud800") | st.characters(codec=None))


@given(ODD, st.text(max_size=10), st.text(max_size=10), st.integers(0, 120))
def test_no_text_reaches_the_terminal_raw(text: str, before: str, after: str, width: int) -> None:
    spoken = replace(place(1, f"{before}{text}{after}", text), path=f"a{text}", asked=text)
    side = Side(f"says {text}", f"say {text}", (spoken,) * 7)
    found = replace(EMBODIMENT, message=text, sides=(side, side), notes=(text,))
    summary = Summary(1, 1, 1, 0, 1, {"CL302": 1}, {"error": 1}, notes=(text,))
    for terminal in (False, True):
        options = RenderOptions(width=width, terminal=terminal)
        lines = "".join(text_report(Report((found,), summary), RULES, options)).split("\n")
        assert terminal or len(lines) == 23 + bool(text.strip())
        assert not [character for line in lines for character in line if is_hidden(character)]
