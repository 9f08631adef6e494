"""What the `datasets` library writes beside its columns: class names, and JSON in text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from contralint.readers import Row, read
from contralint.readers.features import conversion, described_in

TEXT = {"dtype": "string", "_type": "Value"}
MOOD = {"names": ["sad", "glad"], "_type": "ClassLabel"}
ANY = {"_type": "Json"}


def converted(feature: object, value: object) -> object:
    convert = conversion({"it": feature})
    assert convert
    row = convert({"it": value, "other": 1})
    assert row["other"] == 1
    return row["it"]


@pytest.mark.parametrize(
    ("feature", "stored", "meant"),
    [
        (MOOD, 1, "glad"),
        (MOOD, None, None),
        (MOOD, -1, None),
        (MOOD, 7, 7),
        (MOOD, "glad", "glad"),
        ({"feature": MOOD, "length": -1, "_type": "List"}, [0, 1, None], ["sad", "glad", None]),
        ([MOOD], [1], ["glad"]),
        ({"a": {"b": MOOD}, "c": TEXT}, {"a": {"b": 0}, "c": "x"}, {"a": {"b": "sad"}, "c": "x"}),
        ({"a": MOOD}, None, None),
        ({"_type": MOOD}, {"_type": 1}, {"_type": "glad"}),
        ({"feature": {"mood": MOOD, "text": TEXT}, "_type": "List"}, [{"mood": 1}], [{"mood": "glad"}]),
        ({"feature": {"mood": MOOD, "text": TEXT}, "_type": "Sequence"}, {"mood": [1, 0]}, {"mood": ["glad", "sad"]}),
        (ANY, '{"a": [1]}', {"a": [1]}),
        (ANY, None, None),
        (ANY, "no JSON", "no JSON"),
        ({"feature": ANY, "_type": "LargeList"}, ['{"role": "user"}'], [{"role": "user"}]),
    ],
)
def test_values_are_turned_into_what_they_mean(feature: object, stored: object, meant: object) -> None:
    assert converted(feature, stored) == meant


@pytest.mark.parametrize(
    "features",
    [
        None,
        [],
        {},
        {"a": TEXT},
        {"a": {"names": None, "_type": "ClassLabel"}},
        {"a": {"_type": "Image"}},
        {"a": [1, 2]},
    ],
)
def test_where_there_is_nothing_to_turn_nothing_is_done(features: object) -> None:
    assert conversion(features) is None


@pytest.mark.parametrize("metadata", [None, {}, {b"huggingface": b"{"}, {b"huggingface": b"[]"}, {b"pandas": b"{}"}])
def test_a_file_of_another_writer_describes_nothing(metadata: dict[bytes, bytes] | None) -> None:
    assert described_in(metadata) is None


ODD = st.recursive(
    st.none() | st.integers() | st.text(max_size=3) | st.sampled_from(["ClassLabel", "List", "Sequence", "Json"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["_type", "names", "feature", "a"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(
    features=st.dictionaries(st.sampled_from(["a", "b"]), ODD), row=st.dictionaries(st.sampled_from(["a", "b"]), ODD)
)
def test_no_description_breaks_a_row(features: dict[str, Any], row: dict[str, Any]) -> None:
    convert = conversion(features)
    if convert:
        assert convert(row).keys() == row.keys()


def test_a_description_without_end_describes_nothing() -> None:
    endless: object = MOOD
    for _ in range(5000):
        endless = {"feature": endless, "_type": "List"}
    assert conversion({"a": endless}) is None


@pytest.mark.parametrize("name", ["rows.parquet", "rows.arrow"])
def test_files_that_the_library_wrote_are_read_as_it_reads_them(tmp_path: Path, name: str) -> None:
    features = {"text": TEXT, "label": MOOD, "messages": {"feature": ANY, "_type": "List"}}
    table = pyarrow.table({"text": ["a", "b"], "label": [1, 0], "messages": [['{"role": "user"}'], []]})
    described = {"huggingface": json.dumps({"info": {"features": features}})}
    table = table.replace_schema_metadata(described)
    if name.endswith(".parquet"):
        parquet.write_table(table, tmp_path / name)
    else:
        with pyarrow.ipc.new_stream(str(tmp_path / name), table.schema) as writer:
            writer.write_table(table)
    rows = [row.data for row in read(str(tmp_path / name)) if isinstance(row, Row)]
    assert rows == [
        {"text": "a", "label": "glad", "messages": [{"role": "user"}]},
        {"text": "b", "label": "sad", "messages": []},
    ]
