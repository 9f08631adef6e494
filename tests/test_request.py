from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linting import alpaca, linter

from contralint.facets.request import Parts, parts
from contralint.records import Field, Origin, Record

REVIEW = "Title: Even Mommy has fun\nReview: My daughter loves everything about this game, and so do I."


def taken_apart(instruction: str, material: str = "") -> Parts:
    record = Record(Origin("a.jsonl", 0, 1), "alpaca", Field("instruction", instruction), Field("response", "Yes."))
    return parts(record if not material else _with_input(record, material))


def _with_input(record: Record, material: str) -> Record:
    return Record(record.origin, record.shape, record.instruction, record.response, input=Field("input", material))


@pytest.mark.parametrize(
    ("instruction", "ask"),
    [
        (f"Is this product review positive?\n{REVIEW}\nAnswer:", "Is this product review positive?\nAnswer:"),
        (f"{REVIEW}\nIs this product review negative?", "Is this product review negative?"),
        (f"Summarize this review in one sentence: {REVIEW}", "Summarize this review in one sentence:"),
        (
            "What is the final step of the process?\n- Push off with one foot\n- Put both feet on the board",
            "What is the final step of the process?",
        ),
    ],
)
def test_what_is_asked_is_told_from_what_it_is_asked_about(instruction: str, ask: str) -> None:
    found = taken_apart(instruction)
    assert found.ask == ask
    assert found.material
    assert set(found.ask.split()) | set(found.material.split()) == set(instruction.split())


@pytest.mark.parametrize(
    "instruction",
    [
        "Can penguins fly?",
        "Hello!\nHow do I pick a lock?",
        "I am 30 and have had a cough for three weeks, with no fever, and I do not smoke. Should I see a doctor?",
        "a list\nof words\nwithout any question among them at all",
    ],
)
def test_a_plain_request_stays_whole(instruction: str) -> None:
    assert taken_apart(instruction) == Parts(instruction, instruction, "")


def test_an_input_is_material() -> None:
    assert taken_apart("Summarize.", "Bees dance.") == Parts("Summarize.\nBees dance.", "Summarize.", "Bees dance.")


@given(st.text(max_size=300))
def test_nothing_of_a_request_is_lost(instruction: str) -> None:
    found = taken_apart(instruction)
    assert set(found.whole.split()) == set(found.ask.split()) | set(found.material.split())


def rules_of(*rows: dict[str, object]) -> list[str]:
    return [found.rule for found in linter().lint_rows(rows).diagnostics]


def test_one_question_over_two_materials_is_two_requests() -> None:
    other = REVIEW.replace("loves", "hates").replace("so do I", "I want my money back")
    ask = "Is this product review positive? Yes or no?\n"
    assert rules_of(alpaca(ask + REVIEW, "Yes"), alpaca(ask + other, "No")) == []
    assert rules_of(alpaca(ask + REVIEW, "Yes"), alpaca(ask + REVIEW, "No")) == ["CL102"]


def test_opposite_questions_over_one_material_are_two_requests() -> None:
    plot = "Two burners heat two pans of water. The water on Burno boils, and that on Bako is barely warm.\n" * 4
    assert (
        rules_of(
            alpaca(plot + "Which burner has particles with more energy?", "Burno"),
            alpaca(plot + "Which burner has particles with less energy?", "Bako"),
        )
        == []
    )
