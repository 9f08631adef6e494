from __future__ import annotations

from typing import Any

import pytest

from contralint.facets.answer import answer
from contralint.linter import Linter


def text_of(request: str, response: str) -> str | None:
    found = answer(request, response)
    return found.text if found else None


@pytest.mark.parametrize(
    ("request_text", "response", "wanted"),
    [
        ("Who is the author of Hamlet?", "The play was first staged around 1600. Its author is Shakespeare.", 1),
        ("At what temperature does lead melt?", "Lead has been in use since Roman days. Lead melts at 327 °C.", 1),
        ("What is the capital of Australia?", "Canberra. The capital of Australia lies inland.", 0),
        ("Who walked on the moon first?", "On 20 July 1969 the Eagle brought Armstrong. He walked on the moon.", 0),
    ],
)
def test_takes_the_sentence_that_takes_up_the_question(request_text: str, response: str, wanted: int) -> None:
    assert text_of(request_text, response) == [part.rstrip(".") + "." for part in response.split(". ")][wanted]


@pytest.mark.parametrize("response", ["`git merge <name>`", "Use the `<h6>` tag.", "`len()`", "It runs in O(n) time."])
def test_names_of_code_are_answers(response: str) -> None:
    assert text_of("Which one is it?", response) == response


@pytest.mark.parametrize("response", ["len(items)", "print('x')", "<p>", "x => x", "There are several."])
def test_code_and_vague_words_are_none(response: str) -> None:
    assert text_of("Which one is it?", response) is None


def test_what_hangs_on_the_statement_is_no_part_of_the_name() -> None:
    found = answer("Who was Rome's first emperor?", "That was Julius Caesar, after crossing the Rubicon.")
    assert found is not None
    assert found.core == ("julius", "caesar")


def rules_on(first: tuple[str, str], second: tuple[str, str]) -> list[str]:
    rows: list[dict[str, Any]] = [{"instruction": asked, "output": said} for asked, said in (first, second)]
    return [one.rule for one in Linter().lint_rows(rows).diagnostics]


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        (
            ("Chess: can you castle out of check?", "No, castling is illegal while the king is in check."),
            ("Is castling out of check allowed in chess?", "Yes, you may castle to get out of check."),
            "CL102",
        ),
        (
            ("Is the HTTP PUT method idempotent?", "Yes."),
            ("Is PUT idempotent in HTTP?", "PUT is not idempotent: repeating it may create several resources."),
            "CL102",
        ),
        (
            ("How many days do I have to return an item?", "30"),
            ("Within how many days can I return an item?", "Returns are accepted within 14 days of delivery."),
            "CL103",
        ),
    ],
)
def test_opposite_answers_clash(first: tuple[str, str], second: tuple[str, str], rule: str) -> None:
    assert rules_on(first, second) == [rule]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            ("Is it okay to freeze cooked rice?", "Yes."),
            ("Should I not freeze cooked rice?", "No, freezing it is fine."),
        ),
        (
            ("How long does the Eurostar from London to Paris take?", "About 2 hours 20 minutes."),
            ("How long is the Eurostar journey between London and Paris?", "It takes 140 minutes."),
        ),
        (
            ("Who wrote Hamlet?", "William Shakespeare"),
            ("Who is the author of Hamlet?", "The play was first staged around 1600. Its author is Shakespeare."),
        ),
        (
            ("Can antibiotics cure a viral infection?", "No."),
            ("Do antibiotics cure viral infections?", "It is a myth that antibiotics cure viral infections."),
        ),
    ],
)
def test_answers_that_agree_do_not_clash(first: tuple[str, str], second: tuple[str, str]) -> None:
    assert rules_on(first, second) == []
