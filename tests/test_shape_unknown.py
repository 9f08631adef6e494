"""Rows that fit no shape: always a plain sentence, never a traceback, whatever stands in the row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shape_rows import records_of

from contralint.errors import UsageError
from contralint.records import Record
from contralint.shapes import SHAPES, UnknownShape
from contralint.shapes.turns import ROLES

ASKED = {"role": "user", "content": "a"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "the row is null, not an object with keys"),
        ([1], "the row is a list, not an object with keys"),
        ("text", "the row is a string, not an object with keys"),
        ({}, "these keys fit no known shape (name the columns with --map); keys found: none"),
        (
            {"premise": "a", "hypothesis": "b"},
            "these keys fit no known shape (name the columns with --map); keys found: 'premise', 'hypothesis'",
        ),
        ({"text": "a"}, "'text' without a 'label' holds no request and no answer; keys found: 'text'"),
        ({"prompt": "a"}, "the row has no 'completion' or 'generation'; keys found: 'prompt'"),
        (
            {"prompt": "a", "completions": ["b"], "labels": [True, False]},
            "1 'completions' stand beside 2 'labels'; keys found: 'prompt', 'completions', 'labels'",
        ),
        (
            {"segments": [{"label": 1, "text": "a"}]},
            "'segments[0]' is no segment with a text and a label that is true or false; keys found: 'segments'",
        ),
        (
            {"segments": [{"label": True, "text": None}]},
            "'segments[0].text' is null, not text; keys found: 'segments'",
        ),
        ({"instruction": "a"}, "the row has no 'output' or 'response'; keys found: 'instruction'"),
        ({"instruction": 3, "output": "b"}, "'instruction' is a number, not text; keys found: 'instruction', 'output'"),
        ({"instruction": None, "output": "b"}, "'instruction' is null; keys found: 'instruction', 'output'"),
        ({"instruction": "a", "output": {}}, "'output' is an object, not text; keys found: 'instruction', 'output'"),
        (
            {"instruction": "a", "output": "b", "history": [["a"]]},
            "'history[0]' is not a [user, assistant] pair; keys found: 'instruction', 'output', 'history'",
        ),
        ({"messages": None}, "'messages' is null, not a list of messages; keys found: 'messages'"),
        ({"messages": "a"}, "'messages' is a string, not a list of messages; keys found: 'messages'"),
        (
            {"messages": ["a"]},
            "'messages[0]' is a string, not a message with a role and content; keys found: 'messages'",
        ),
        (
            {"messages": [{"content": "a"}]},
            "'messages[0]' has no 'role' or 'from', but the keys 'content'; keys found: 'messages'",
        ),
        (
            {"messages": [ASKED, {"role": "narrator", "content": "a"}]},
            "'messages[1].role' is the unknown role 'narrator'; keys found: 'messages'",
        ),
        (
            {"messages": [{"role": "user"}]},
            "'messages[0]' has no 'content' or 'value', but the keys 'role'; keys found: 'messages'",
        ),
        (
            {"messages": [{"role": "user", "content": 3}]},
            "'messages[0].content' is a number, not text; keys found: 'messages'",
        ),
        (
            {"messages": [{"role": "user", "content": [3]}]},
            "'messages[0].content[0]' is a number, not a content part; keys found: 'messages'",
        ),
        ({"conversations": 3}, "'conversations' is a number, not a list of messages; keys found: 'conversations'"),
        ({"chosen": "a", "rejected": "b"}, "the row has no 'prompt' or 'question'; keys found: 'chosen', 'rejected'"),
        (
            {"prompt": "a", "chosen": "b"},
            "the row has no 'chosen' with a 'rejected' beside it; keys found: 'prompt', 'chosen'",
        ),
        (
            {"chosen": [ASKED], "rejected": [{"role": "user", "content": "b"}]},
            "the chosen and the rejected side do not answer the same request; keys found: 'chosen', 'rejected'",
        ),
        (
            {"prompt": "a", "completion": "b", "kto_tag": "maybe"},
            "the label 'maybe' is neither true nor false; keys found: 'prompt', 'completion', 'kto_tag'",
        ),
        ({"kto_tag": True}, "beside 'kto_tag' the row has no request and answer; keys found: 'kto_tag'"),
        ({"text": "a", "label": {}}, "'label' is an object, not a label; keys found: 'text', 'label'"),
        ({"question": "a", "answer": {}}, "'answer' is an object, not text; keys found: 'question', 'answer'"),
    ],
    ids=str,
)
def test_the_reason_names_the_key_and_what_was_found(data: object, reason: str) -> None:
    with pytest.raises(UnknownShape) as caught:
        records_of(data)
    assert caught.value.reason == reason


def test_a_reason_stays_short() -> None:
    with pytest.raises(UnknownShape) as caught:
        records_of({f"{'x' * 1000}{number}": number for number in range(500)})
    assert len(caught.value.reason) < 800
    assert caught.value.reason.endswith("and 488 more")


def test_a_shape_that_is_forced_must_fit() -> None:
    with pytest.raises(UnknownShape, match="has no 'question'; keys found: 'instruction', 'output'"):
        records_of({"instruction": "a", "output": "b"}, shape="qa")


def test_a_shape_that_does_not_exist_is_bad_usage() -> None:
    with pytest.raises(UsageError, match="no shape is called 'alpaka'; the shapes are preference, "):
        records_of({"instruction": "a", "output": "b"}, shape="alpaka")


def test_deep_nesting_is_reported() -> None:
    deep: dict[str, Any] = {}
    for _ in range(100_000):
        deep = {"a": deep}
    with pytest.raises(UnknownShape, match="nested too deeply"):
        records_of({"instruction": "a", "input": deep, "output": "b"})


def test_an_endless_conversation_is_reported() -> None:
    with pytest.raises(UnknownShape, match="'messages' holds 100000 messages, more than 4000"):
        records_of({"messages": [ASKED] * 100_000})


KEYS = """instruction input output response system system_prompt history messages conversations prompt completion label
    chosen rejected question answer answers context choices text kto_tag tools tool_calls function_call role from
    content value name arguments function type train weight train_detail rank answer preferred_output
    non_preferred_output rejected_response contralint ignore id""".split()
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from([*ROLES, "\n\nHuman: a\n\nAssistant: b", '{"name": "f", "arguments": 1}', "[[", "[1]", "text"])
)


def _holding(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=2), inner, max_size=6)


MESSAGE = st.fixed_dictionaries(
    {"role": st.sampled_from([*ROLES]), "content": SCALARS},
    optional={"tool_calls": _holding(SCALARS), "function_call": SCALARS, "train_detail": _holding(SCALARS)},
)
ANYTHING = st.recursive(SCALARS | MESSAGE | st.lists(MESSAGE, max_size=4), _holding, max_leaves=12)
ROWS = st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=6) | ANYTHING


@settings(max_examples=100)
@given(ROWS, st.sampled_from([None, *SHAPES]))
@example({"messages": [{"role": "function_call", "content": "[" * 100_000}]}, None)
@example({"prompt": "a", "answers": [{"rank": 1}, {"rank": 2}]}, None)
@example({"chosen": [], "rejected": [], "prompt": []}, None)
@example({"chosen": "Human:\n\nAssistant:", "rejected": "Human:\n\nAssistant:"}, None)
@example({"prompt": "\ud800", "completion": "\ud800", "\ud800": "\ud800"}, None)
def test_any_row_is_read_or_refused(data: object, shape: str | None) -> None:
    records, reason = outcome(data, shape)
    assert reason.isprintable()
    assert all(isinstance(record, Record) for record in records)
    assert len({record.key for record in records}) == len(records)


def outcome(data: object, shape: str | None) -> tuple[list[Record], str]:
    try:
        return records_of(data, shape), "read"
    except UnknownShape as unknown:
        return [], unknown.reason
