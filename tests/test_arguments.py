"""Arguments of tool calls that cannot both be meant."""

from __future__ import annotations

from typing import Any

import pytest

from contralint.facets.arguments import incompatible
from contralint.records import Field, Origin, Record, ToolCall
from contralint.shapes.canonical import canonical


def record(request: str, arguments: dict[str, Any]) -> Record:
    return Record(
        Origin("a.jsonl", 0, 1),
        "messages",
        Field("instruction", request),
        Field("response", ""),
        calls=(ToolCall("go", canonical(arguments)),),
    )


def clash(first: dict[str, Any], second: dict[str, Any], request: str = "Go there") -> str | None:
    found = incompatible(record(request, first), record(request, second))
    turned = incompatible(record(request, second), record(request, first))
    assert (found and found[::-1]) == turned
    return found[0].key if found else None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"minutes": 10}, {"minutes": 25}),
        ({"closed": True}, {"closed": False}),
        ({"closed": "true"}, {"closed": False}),
        ({"mode": "walking"}, {"mode": "cycling"}),
        ({"origin": "LIS", "destination": "BER"}, {"origin": "BER", "destination": "LIS"}),
        ({"units": {"source": "pound", "target": "kilogram"}}, {"units": {"source": "kilogram", "target": "pound"}}),
    ],
)
def test_incompatible(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert clash(first, second) is not None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"minutes": 10}, {"minutes": "10"}),
        ({"minutes": 10.0}, {"minutes": 10, "label": None}),
        ({"place": "Paris, France"}, {"place": "paris"}),
        ({"query": "plum cake"}, {"query": "how to bake a cake of plums"}),
        ({"limit": 5}, {"limit": 10}),
        ({"unit": "metric"}, {"unit": "celsius"}),
        ({"mode": "driving"}, {"mode": "car"}),
        ({"place": "NYC"}, {"place": "JFK"}),
        ({"a": 1}, {"b": 2}),
        ({"tags": ["a", "b"]}, {"tags": ["b"]}),
        ({}, {}),
    ],
)
def test_compatible(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert clash(first, second) is None


def test_places_of_one_request_in_each_others_stead() -> None:
    request = "From Oban to Mull"
    assert clash({"start": "Oban"}, {"start": "Mull"}, request) == "go.start"
    assert clash({"start": "Oban"}, {"start": "Tobermory"}, request) is None


def test_arguments_of_any_form_can_be_read() -> None:
    for value in ([], [1, {"a": [None]}], "text", 7, None):
        odd = Record(
            Origin("a.jsonl", 0, 1),
            "messages",
            Field("instruction", "Go"),
            Field("response", ""),
            calls=(ToolCall("go", canonical(value)),),
        )
        assert incompatible(odd, odd) is None
