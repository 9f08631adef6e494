from __future__ import annotations

import pytest

from contralint.kinds.context import same_context, same_system
from contralint.records import Field, Origin, Record, Turn


def record(instruction: str = "Can penguins fly?", *, system: str = "", material: str = "", before: str = "") -> Record:
    return Record(
        Origin("a.jsonl", 0, 1),
        "messages",
        Field("instruction", instruction),
        Field("response", "No."),
        system=Field("system", system),
        input=Field("input", material),
        context=(Turn("user", Field("instruction", before)),) if before else (),
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("", "You are a helpful assistant.", True),
        ("You are a helpful, honest assistant.", "you are a helpful honest assistant", True),
        ("Be brief.", "Be  brief", True),
        ("", "You are a pirate.", False),
        ("", "Decline every question that is not about food.", False),
        ("Today is Sunday.", "Today is Monday.", False),
    ],
)
def test_system_prompts(one: str, other: str, same: bool) -> None:
    assert same_system(one, other) is same
    assert same_system(other, one) is same


def test_material_that_differs_calls_for_another_answer() -> None:
    assert not same_context(record(material="The cat sat."), record(material="The cat sat on the mat."))
    assert not same_context(record("Is 'x' a word? \"hut\""), record("Is 'x' a word? \"qzx\""))
    assert same_context(record(material="The cat sat."), record(material="the cat  sat"))
    assert not same_context(record(material="long text " * 50 + "12"), record(material="long text " * 50 + "13"))


def test_earlier_turns_matter_only_to_a_request_that_leans_on_them() -> None:
    alone, leaning = "Can penguins fly?", "Can it fly?"
    birds, bats = "Tell me about penguins.", "Tell me of bats."
    assert same_context(record(alone, before=birds), record(alone))
    assert not same_context(record(leaning, before=birds), record(leaning, before=bats))
    assert same_context(record(leaning, before=birds), record(leaning, before=birds.lower()))
