"""Preferences: where the two sides part, and what they share until there."""

from __future__ import annotations

from typing import Any

import pytest
from shape_rows import follow, roles, the_record


def said(*texts: str) -> list[dict[str, str]]:
    """Messages of user and assistant in turn."""
    return [{"role": "assistant" if at % 2 else "user", "content": text} for at, text in enumerate(texts)]


def sides(data: dict[str, Any]) -> tuple[str, str | None]:
    record = the_record(data)
    return record.response.text, record.rejected.text if record.rejected else None


def test_sides_part_at_the_first_answer_that_differs() -> None:
    data = {"chosen": said("a", "b", "c", "good", "e", "f"), "rejected": said("a", "b", "c", "bad", "e", "g")}
    record = the_record(data)
    assert sides(data) == ("good", "bad")
    assert (record.instruction.text, roles(record)) == ("c", ["user", "assistant"])
    assert record.response.pointer == ("chosen", 3, "content")
    assert record.rejected is not None
    assert follow(data, record.rejected) == "bad"


def test_equal_sides_are_still_a_preference() -> None:
    assert sides({"chosen": said("a", "b"), "rejected": said("a", " b ")}) == ("b", " b ")
    assert sides({"prompt": "a", "chosen": "b", "rejected": "b"}) == ("b", "b")


def test_sides_that_call_tools() -> None:
    call = {"function": {"name": "search", "arguments": {"q": "cats"}}}
    chosen = {"role": "assistant", "content": None, "tool_calls": [call]}
    record = the_record({"prompt": said("a"), "chosen": [chosen], "rejected": said("x", "No.")[1:]})
    assert (record.calls[0].name, record.response.text) == ("search", "")
    assert record.response.pointer == ("chosen", 0, "tool_calls")


@pytest.mark.parametrize("turned", [False, True])
def test_a_bare_side_answers_what_the_whole_one_answers(turned: bool) -> None:
    whole, bare = said("a", "b", "c", "d"), "e"
    data = {"chosen": bare, "rejected": whole} if turned else {"chosen": whole, "rejected": bare}
    assert sides(data) == (("e", "d") if turned else ("d", "e"))
    assert the_record(data).instruction.text == "c"


def test_whole_conversations_go_before_a_prompt_beside_them() -> None:
    data = {"prompt": "other", "chosen": said("a", "b"), "rejected": said("a", "c"), "input": "not given"}
    record = the_record(data)
    assert (record.instruction.text, record.input.text, record.context) == ("a", "", ())


def test_an_untrained_flag_does_not_hide_a_preference() -> None:
    data = {"messages": said("a"), "chosen": {"role": "assistant", "content": "b", "weight": 0}, "rejected": "c"}
    assert sides(data) == ("b", "c")


def test_history_before_a_preferred_answer() -> None:
    data = {"instruction": "c", "history": [["a", "b"]], "chosen": "d", "rejected": "e"}
    assert (roles(the_record(data)), sides(data)) == (["user", "assistant"], ("d", "e"))


def test_ms_swift_rejected_messages() -> None:
    assert sides({"messages": said("a", "b"), "rejected_messages": said("a", "c")}) == ("b", "c")


def test_messages_padded_with_a_null_rejection_are_messages() -> None:
    record = the_record({"messages": said("a", "b"), "rejected_response": None})
    assert (record.shape, record.rejected) == ("messages", None)


def test_ranked_answers_need_ranks() -> None:
    data = {"prompt": "a", "question": "a", "answers": [{"text": "b"}, {"text": "c"}]}
    assert the_record(data).shape == "qa"
