"""Where records come from: place, id, and the rules that a row asks not to be held to."""

from __future__ import annotations

import pytest
from shape_rows import records_of, the_record

from contralint.shapes import UnknownShape

EXCHANGE = {"instruction": "a", "output": "b"}


def test_the_place_is_the_row_s() -> None:
    origin = the_record(EXCHANGE).origin
    assert (origin.path, origin.index, origin.line, origin.id, origin.ignored) == (
        "data.jsonl",
        4,
        5,
        None,
        frozenset(),
    )


@pytest.mark.parametrize("key", ["id", "_id", "uid", "uuid", "prompt_id", "conversation_id", "idx"])
def test_the_row_s_own_id(key: str) -> None:
    assert the_record({**EXCHANGE, key: "x-1"}).origin.id == "x-1"
    assert the_record({**EXCHANGE, key: 0}).origin.id == "0"


@pytest.mark.parametrize("value", [None, True, 1.5, ["x"], {"$oid": "x"}], ids=str)
def test_what_is_no_id(value: object) -> None:
    assert the_record({**EXCHANGE, "id": value}).origin.id is None
    assert the_record({**EXCHANGE, "id": value, "idx": 7}).origin.id == "7"


def test_suppressed_rules_hold_for_each_record_of_the_row() -> None:
    data = {"history": [["c", "d"]], **EXCHANGE, "contralint": {"ignore": ["CL201", "answer-flip", "CL201"]}}
    assert [record.origin.ignored for record in records_of(data)] == [frozenset({"CL201", "answer-flip"})] * 2


@pytest.mark.parametrize("wishes", [None, {}, {"ignore": []}], ids=str)
def test_nothing_suppressed(wishes: object) -> None:
    assert the_record({**EXCHANGE, "contralint": wishes}).origin.ignored == frozenset()


@pytest.mark.parametrize(
    "wishes", ["CL201", ["CL201"], {"ignore": "CL201"}, {"ignore": [201]}, {"ignored": []}], ids=str
)
def test_a_malformed_wish_is_not_passed_over(wishes: object) -> None:
    with pytest.raises(UnknownShape, match=r"^'contralint' holds something else than"):
        records_of({**EXCHANGE, "contralint": wishes})
