"""Conversations: which turns are taught, and what each of them is said to answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shape_rows import follow, records_of, roles, the_record


def user(text: Any) -> dict[str, Any]:  # noqa: ANN401 (any JSON value)
    return {"role": "user", "content": text}


def assistant(text: Any, **keys: Any) -> dict[str, Any]:  # noqa: ANN401 (any JSON value)
    return {"role": "assistant", "content": text, **keys}


def chat(*messages: dict[str, Any]) -> dict[str, Any]:
    return {"messages": list(messages)}


CALL = {"id": "1", "type": "function", "function": {"name": "get_time", "arguments": '{"zone": "UTC"}'}}


def test_each_assistant_turn_is_a_teaching_with_what_came_before() -> None:
    first, second = records_of(chat(user("a"), assistant("b"), user("c"), assistant("d")))
    assert (first.instruction.text, first.response.text, first.turn, roles(first)) == ("a", "b", 0, [])
    assert (second.instruction.text, second.response.text, second.turn) == ("c", "d", 1)
    assert [turn.field.text for turn in second.context] == ["a", "b"]
    assert first.key < second.key


def test_history_answers_are_taught_too() -> None:
    data = {"instruction": "c", "input": "text", "output": "d", "history": [["a", "b"]], "system": "s"}
    first, second = records_of(data)
    assert (first.instruction.text, first.response.text, first.input.text) == ("a", "b", "")
    assert (second.instruction.text, second.response.text, second.input.text) == ("c", "d", "text")
    assert first.response.pointer == ("history", 0, 1)
    assert (first.system.text, second.system.text) == ("s", "s")


@pytest.mark.parametrize(
    "untrained",
    [
        {"train": False},
        {"weight": 0},
        {"weight": 0.0},
        {"loss": False},
        {"train_detail": [{"begin_offset": 0, "end_offset": 0, "train": False}]},
    ],
    ids=str,
)
def test_untrained_turns_are_context_only(untrained: dict[str, Any]) -> None:
    record = the_record(chat(user("a"), assistant("b", **untrained), user("c"), assistant("d")))
    assert (record.response.text, record.turn) == ("d", 1)
    assert [turn.trained for turn in record.context] == [False, False]


@pytest.mark.parametrize(
    "trained",
    [
        {"train": True},
        {"weight": 1},
        {"weight": None, "train": None},
        {"train": False, "train_detail": [{"train": False}, {"train": True}]},
    ],
    ids=str,
)
def test_trained_turns_are_taught(trained: dict[str, Any]) -> None:
    assert the_record(chat(user("a"), assistant("b", **trained))).response.text == "b"


@pytest.mark.parametrize(
    "data", [chat(), chat(user("a")), chat(user("a"), assistant("b", train=False))], ids=["empty", "asked", "untrained"]
)
def test_a_row_that_trains_nothing_teaches_nothing(data: dict[str, Any]) -> None:
    assert records_of(data) == []


def test_user_messages_in_a_row_are_one_request() -> None:
    record = the_record(chat(user("Look at this:"), user("What is it?"), assistant("A cat.")))
    assert record.instruction.text == "Look at this:\nWhat is it?"
    assert record.instruction.pointer == ("messages", 1, "content")
    assert record.context == ()


def test_an_answer_after_a_tool_result_answers_the_user() -> None:
    silent = {"role": "assistant", "content": None, "tool_calls": [CALL]}
    result = {"role": "tool", "name": "get_time", "content": "07:00"}
    calling, telling = records_of(chat(user("Time?"), silent, result, assistant("Seven.")))
    assert (calling.response.text, calling.calls[0].name) == ("", "get_time")
    assert calling.response.pointer == ("messages", 1, "tool_calls")
    assert (telling.instruction.text, telling.response.text, telling.calls) == ("Time?", "Seven.", ())
    assert [(turn.role, turn.field.text, len(turn.calls)) for turn in telling.context] == [
        ("assistant", "", 1),
        ("tool", "07:00", 0),
    ]


@pytest.mark.parametrize("blank", ["", " \n"])
def test_blank_content_beside_a_call_says_nothing(blank: str) -> None:
    record = the_record(chat(user("Time?"), assistant(blank, tool_calls=[CALL])))
    assert (record.response.text, record.response.pointer) == ("", ("messages", 1, "content"))


def test_what_is_said_beside_a_call_is_kept() -> None:
    record = the_record(chat(user("Time?"), assistant("Let me look.", tool_calls=[CALL])))
    assert (record.response.text, len(record.calls)) == ("Let me look.", 1)


def test_a_tool_may_answer_with_data() -> None:
    last = records_of(chat(user("a"), {"role": "tool", "content": {"b": 1, "a": None}}, assistant("c")))[-1]
    assert last.context[-1].field.text == '{"b":1}'


def test_llama_factory_calls_and_observations() -> None:
    data = {
        "conversations": [
            {"from": "human", "value": "Time?"},
            {"from": "function_call", "value": '{"name": "get_time", "arguments": {"zone": "UTC"}}'},
            {"from": "observation", "value": "07:00"},
            {"from": "gpt", "value": "Seven."},
        ],
        "tools": '[{"name": "get_time", "parameters": {}}]',
    }
    calling, telling = records_of(data)
    assert (calling.response.text, calling.calls[0].name, calling.tools[0].name) == ("", "get_time", "get_time")
    assert calling.response.pointer == ("conversations", 1, "value")
    assert roles(telling) == ["assistant", "tool"]


def test_a_function_call_that_is_none_is_a_text() -> None:
    data = {"conversations": [{"from": "human", "value": "a"}, {"from": "function_call", "value": "no call"}]}
    assert (the_record(data).response.text, the_record(data).calls) == ("no call", ())


def test_a_conversation_may_begin_with_the_assistant() -> None:
    record = the_record(chat(assistant("How can I help?")))
    assert (record.instruction.text, record.instruction.pointer) == ("", ())


def test_system_prompts_join_and_stand_apart() -> None:
    system = [{"role": role, "content": text} for role, text in (("system", "Be brief."), ("developer", "No jokes."))]
    record = the_record(chat(*system, user("a"), assistant("b")))
    assert record.system.text == "Be brief.\nNo jokes."
    assert record.system.pointer == ("messages", 0, "content")
    assert record.context == ()


def test_a_system_prompt_among_the_messages_goes_before_the_column() -> None:
    data = {"system": "column", **chat({"role": "system", "content": "message"}, user("a"), assistant("b"))}
    assert the_record(data).system.text == "message"


def test_a_refusal_of_the_api_is_what_is_said() -> None:
    record = the_record(chat(user("a"), assistant(None, refusal="I can't help with that.")))
    assert (record.response.text, record.response.pointer[-1]) == ("I can't help with that.", "refusal")


def test_a_null_response_is_an_empty_one() -> None:
    assert the_record(chat(user("a"), assistant(None))).response.text == ""
    assert the_record({"instruction": "a", "output": None}).response.text == ""


def test_content_parts_become_one_text_with_marks() -> None:
    parts = [
        {"type": "image_url", "image_url": {"url": "cat.png"}},
        {"type": "text", "text": "What is this?"},
        {"type": "input_audio", "text": None},
        {"type": "text", "text": "And that?"},
    ]
    record = the_record(chat(user(parts), assistant([{"type": "thinking", "thinking": "Hm."}, "A cat."])))
    assert record.instruction.text == "[image]\nWhat is this?\n[audio]\nAnd that?"
    assert record.instruction.pointer == ("messages", 0, "content", 1, "text")
    assert (record.response.text, record.response.pointer) == ("A cat.", ("messages", 1, "content", 1))


def test_text_is_kept_as_it_stands() -> None:
    text = "  <think>Hm.</think>\n Sure. \n"
    assert the_record(chat(user("a"), assistant(text, reasoning_content="Hm."))).response.text == text


ENDED = "Sure. <|im_end|>\n</s>\n"


@pytest.mark.parametrize(
    "data",
    [
        chat(user("a"), assistant(ENDED)),
        {"instruction": "a", "output": ENDED},
        {"question": "a", "answer": [ENDED]},
        {"prompt": "a", "completion": ENDED},
        {"conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": ENDED}]},
        {"prompt": "a", "chosen": ENDED, "rejected": "b"},
        {"chosen": f"\n\nHuman: a\n\nAssistant: {ENDED}", "rejected": "\n\nHuman: a\n\nAssistant: b"},
    ],
)
def test_marks_that_end_a_text_are_no_part_of_a_response(data: dict[str, Any]) -> None:
    record = the_record(data)
    assert record.response.text == "Sure."
    written = follow(data, record.response)
    start = record.response.offset
    assert written[start : start + 5] == "Sure."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<|endoftext|>", ""),
        ("Write <|im_end|> after a turn.", "Write <|im_end|> after a turn."),
        ("That is <s>wrong</s>", "That is <s>wrong</s>"),
        ("Right</s>", "Right"),
        ("It is `</s>`", "It is `</s>`"),
    ],
)
def test_marks_within_a_response_are_words_like_any_other(written: str, read: str) -> None:
    assert the_record(chat(user("a"), assistant(written))).response.text == read


def test_marks_of_requests_and_rejected_sides() -> None:
    record = the_record({"prompt": "What is </s>", "chosen": "b", "rejected": "c<|eot_id|>"})
    assert record.rejected is not None
    assert (record.instruction.text, record.rejected.text) == ("What is </s>", "c")


TURNS = st.lists(st.tuples(st.sampled_from(["system", "user", "assistant", "tool"]), st.text()), max_size=8)


@given(TURNS)
def test_every_assistant_turn_is_taught_once_and_found_again(turns: list[tuple[str, str]]) -> None:
    data = {"messages": [{"role": role, "content": text} for role, text in turns]}
    records = records_of(data)
    spoken = [text for role, text in turns if role == "assistant"]
    assert [record.response.text for record in records] == spoken
    assert [record.turn for record in records] == list(range(len(spoken)))
    for record in records:
        assert follow(data, record.response) == record.response.text
        assert all(follow(data, turn.field) == turn.field.text for turn in record.context)
        earlier = turns[: int(record.response.pointer[1])]
        asked = [text for role, text in earlier if role == "user"]
        assert record.instruction.text.endswith(asked[-1] if asked else "")
        assert record.system.text == "\n".join(text for role, text in earlier if role == "system")
