"""Tables of other shapes, through named columns."""

from __future__ import annotations

from typing import Any

import pytest
from shape_rows import follow, records_of, roles, the_record

from contralint.errors import UsageError
from contralint.shapes import UnknownShape

TABLE = {"ask": "a", "reply": {"texts": ["b", "c"]}, "doc": ["l1", "l2"], "sys": None, "number": 7, "a.b": "dotted"}


def test_named_columns_make_a_record() -> None:
    columns = {"instruction": "ask", "response": "reply.texts.1", "input": "doc", "system": "sys", "id": "number"}
    record = the_record(TABLE, columns=columns)
    assert (record.shape, record.instruction.text, record.response.text) == ("mapped", "a", "c")
    assert (record.input.text, record.system.text, record.origin.id) == ("l1\nl2", "", "7")
    assert record.response.pointer == ("reply", "texts", 1)
    assert follow(TABLE, record.response) == "c"


def test_a_column_whose_name_has_a_dot_goes_first() -> None:
    record = the_record({**TABLE, "a": {"b": "inner"}}, columns={"instruction": "a.b", "response": "ask"})
    assert (record.instruction.text, record.instruction.pointer) == ("dotted", ("a.b",))


def test_columns_go_before_the_shape_that_the_keys_suggest() -> None:
    data = {"prompt": "a", "completion": "b", "label": True}
    assert the_record(data, columns={"instruction": "prompt", "response": "completion"}).shape == "mapped"


def test_a_label() -> None:
    record = the_record({"sentence": "a", "class": 3}, columns={"instruction": "sentence", "label": "class"})
    assert (record.response.text, record.labelled) == ("3", True)


def test_a_preference() -> None:
    columns = {"instruction": "q", "chosen": "good", "rejected": "bad"}
    record = the_record({"q": "a", "good": "b", "bad": "c"}, columns=columns)
    assert (record.response.name, record.response.text) == ("chosen", "b")
    assert record.rejected is not None
    assert (record.rejected.name, record.rejected.text, record.rejected.pointer) == ("rejected", "c", ("bad",))


@pytest.mark.parametrize(("label", "desired"), [(True, True), (0, False)])
def test_a_response_with_a_label(label: object, desired: bool) -> None:
    columns = {"instruction": "q", "response": "r", "label": "ok"}
    record = the_record({"q": "a", "r": "b", "ok": label}, columns=columns)
    assert (record.desired, record.labelled) == (desired, False)


def test_messages_in_another_column() -> None:
    turns = [["user", "a"], ["assistant", "b"], ["user", "c"], ["assistant", "d"]]
    data = {"log": {"turns": [{"role": role, "content": text} for role, text in turns]}, "sys": "s"}
    first, second = records_of(data, columns={"messages": "log.turns", "system": "sys"})
    assert (first.response.text, first.system.text, second.response.text, second.system.text) == ("b", "s", "d", "s")


def test_an_instruction_of_messages() -> None:
    asked = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}]
    record = the_record({"q": asked, "r": "d"}, columns={"instruction": "q", "response": "r"})
    assert (record.instruction.text, record.response.text, roles(record)) == ("c", "d", ["user", "assistant"])


@pytest.mark.parametrize("missing", ["answer", "reply.text", "reply.texts.2", "reply.texts.x", "ask.b", "number.0"])
def test_a_row_without_the_column_is_refused(missing: str) -> None:
    with pytest.raises(UnknownShape) as caught:
        records_of(TABLE, columns={"instruction": "ask", "response": missing})
    assert caught.value.reason.startswith(f"the row has no column '{missing}'; keys found: 'ask', 'reply', 'doc'")


def test_a_column_that_holds_no_text_is_refused() -> None:
    with pytest.raises(UnknownShape, match="'number' is a number, not text"):
        records_of(TABLE, columns={"instruction": "number", "response": "ask"})


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"instruktion": "ask", "response": "reply"}, "a record has no 'instruktion'; its parts are messages, instr"),
        ({"instruction": "ask"}, "--map needs instruction=COLUMN with response"),
        ({"response": "ask"}, "--map needs instruction=COLUMN with response"),
        ({"instruction": "ask", "chosen": "reply"}, "--map needs instruction=COLUMN with response"),
    ],
)
def test_columns_that_make_no_record_are_bad_usage(columns: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        records_of(TABLE, columns=columns)
