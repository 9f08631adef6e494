"""Texts with classes."""

from __future__ import annotations

import pytest
from shape_rows import the_record


@pytest.mark.parametrize(
    ("label", "text"),
    [("spam", "spam"), (1, "1"), (True, "True"), (0.5, "0.5"), (["a", "b"], "a, b"), ([], ""), (None, ""), ("", "")],
    ids=str,
)
@pytest.mark.parametrize("key", ["label", "labels"])
def test_the_label_is_the_answer(key: str, label: object, text: str) -> None:
    record = the_record({"text": "Win a prize!", key: label})
    assert (record.shape, record.labelled) == ("text-label", True)
    assert (record.instruction.text, record.response.text) == ("Win a prize!", text)
    assert (record.instruction.pointer, record.response.pointer) == (("text",), (key,))
