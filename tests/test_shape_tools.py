"""Tools and calls: equal ones come out equal, however they are written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shape_rows import the_record

from contralint.shapes import UnknownShape
from contralint.shapes.tools import calls_in_text, read_calls, read_tools

SCHEMA = {"name": "search", "description": "Searches.", "parameters": {"type": "object", "properties": {"q": {}}}}
PADDED = {
    "parameters": {"properties": {"q": {}, "city": None}, "type": "object"},
    "description": "Searches.",
    "name": "search",
    "strict": None,
}
HERE = ("tools",)


@pytest.mark.parametrize(
    "written",
    [
        [SCHEMA],
        SCHEMA,
        [PADDED],
        [{"type": "function", "function": PADDED}],
        [{"type": "function", **SCHEMA}],
        json.dumps([{"type": "function", "function": SCHEMA}]),
        [json.dumps(SCHEMA)],
        [None, SCHEMA, ""],
    ],
    ids=["bare", "one", "padded", "wrapped", "flat", "string", "strings", "null"],
)
def test_equal_tools_are_equal(written: object) -> None:
    (tool,) = read_tools(written, HERE)
    assert tool.name == "search"
    assert tool.schema == (
        '{"description":"Searches.","name":"search","parameters":{"properties":{"q":{}},"type":"object"}}'
    )


@pytest.mark.parametrize("written", [None, "", [], "[]"])
def test_no_tools(written: object) -> None:
    assert read_tools(written, HERE) == ()


def test_tools_that_only_have_names() -> None:
    assert [tool.name for tool in read_tools(["search", {"type": "web_search"}], HERE)] == ["search", "web_search"]


@pytest.mark.parametrize("written", [3, [3], [{}], [{"name": 3}], [[]]], ids=str)
def test_what_is_no_tool(written: object) -> None:
    with pytest.raises(UnknownShape, match="'tools'"):
        read_tools(written, HERE)


@pytest.mark.parametrize(
    "call",
    [
        {"name": "search", "arguments": {"q": "cats", "n": 3}},
        {"name": "search", "arguments": '{"n": 3, "q": "cats"}'},
        {"name": "search", "arguments": {"n": 3, "q": "cats", "city": None}},
        {"name": "search", "parameters": {"n": 3, "q": "cats"}, "arguments": None},
        {"id": "1", "type": "function", "function": {"name": "search", "arguments": '{"q":"cats","n":3}'}},
        '{"name": "search", "arguments": {"q": "cats", "n": 3}}',
    ],
    ids=["object", "string", "padded", "parameters", "openai", "json"],
)
def test_equal_calls_are_equal(call: object) -> None:
    (read,) = read_calls(call, HERE)
    assert (read.name, read.arguments) == ("search", '{"n":3,"q":"cats"}')
    assert read_calls([call], HERE) == (read,)


@pytest.mark.parametrize("arguments", [None, "", {}, "{}"], ids=str)
def test_calls_without_arguments(arguments: object) -> None:
    (call,) = read_calls([{"name": "stop", "arguments": arguments}], HERE)
    assert call.arguments == "{}"


def test_arguments_that_are_no_json_are_kept_as_a_text() -> None:
    (call,) = read_calls([{"name": "run", "arguments": "ls -l"}], HERE)
    assert call.arguments == '"ls -l"'


@pytest.mark.parametrize("written", [7, "text", [{}], [{"arguments": {}}]], ids=str)
def test_what_is_no_call(written: object) -> None:
    with pytest.raises(UnknownShape, match="has no name"):
        read_calls(written, HERE)


def test_calls_written_into_the_text() -> None:
    text = (
        'Wait.\n<tool_call>\n{"name": "search", "arguments": {"q": {"of": 1}}}\n</tool_call><tool_call>{x}</tool_call>'
    )
    (call,) = calls_in_text(text)
    assert (call.name, call.arguments) == ("search", '{"q":{"of":1}}')
    asked, answered = {"role": "user", "content": "a"}, {"role": "assistant", "content": text}
    for data in (
        {"messages": [asked, answered]},
        {"instruction": "a", "output": text},
        {"prompt": "a", "completion": text},
    ):
        record = the_record(data)
        assert (record.response.text, record.calls) == (text, (call,))


def test_tools_of_a_row_in_any_shape() -> None:
    exchange = {"prompt": "a", "completion": "b"}
    assert the_record({**exchange, "tools": [SCHEMA]}).tools == the_record({**exchange, "functions": [SCHEMA]}).tools
    data = {"input": {"messages": [{"role": "user", "content": "a"}], "tools": [SCHEMA]}}
    sides = {"preferred_output": "b", "non_preferred_output": "c"}
    assert [tool.name for tool in the_record({**data, **sides}).tools] == ["search"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=3), JSON))
def test_order_and_padding_never_make_a_difference(arguments: dict[str, Any]) -> None:
    turned = {**dict(reversed(arguments.items())), "padding": None}
    unpadded = {key: held for key, held in arguments.items() if key != "padding"}
    (one,) = read_calls({"name": "f", "arguments": {**unpadded}}, HERE)
    (other,) = read_calls({"name": "f", "arguments": json.dumps(turned)}, HERE)
    assert one == other
