"""Parquet and Arrow files lose rows and gain values; schema, metadata and all other values stay."""

from __future__ import annotations

import datetime
import decimal
import json
from pathlib import Path

import pyarrow as pa
import pytest
from fixing import rows_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from contralint.readers import state_of
from contralint.resolve.change import Change, Prepend, Put, UnwritableError
from contralint.resolve.rewriting import rewritten

NOTED = {
    b"huggingface": json.dumps({"info": {"features": {"n": {"dtype": "int64", "_type": "Value"}}}}).encode(),
    b"own": b"kept",
}
MESSAGE = pa.struct([("role", pa.string()), ("content", pa.string()), ("name", pa.string())])
SCHEMA = pa.schema(
    [
        pa.field("n", pa.int64(), metadata={b"unit": b"rows"}),
        pa.field("messages", pa.list_(MESSAGE)),
        pa.field("at", pa.timestamp("ns", tz="UTC")),
        pa.field("price", pa.decimal128(9, 2)),
        pa.field("kind", pa.dictionary(pa.int8(), pa.string())),
        pa.field("raw", pa.large_binary()),
        pa.field("w", pa.float32()),
    ],
    metadata=NOTED,
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(count: int) -> pa.Table:
    data = {
        "n": list(range(count)),
        "messages": [[{"role": "user", "content": f"question {n}", "name": None}] for n in range(count)],
        "at": [datetime.datetime(2026, 1, 1 + n, tzinfo=datetime.timezone.utc) for n in range(count)],
        "price": [decimal.Decimal(n) / 4 for n in range(count)],
        "kind": ["a" if n % 2 else None for n in range(count)],
        "raw": [bytes([n, 255]) for n in range(count)],
        "w": [n / 3 for n in range(count)],
    }
    return pa.Table.from_arrays([pa.array(data[field.name], type=field.type) for field in SCHEMA], schema=SCHEMA)


def write(name: str, table: pa.Table) -> None:
    if name.endswith(".parquet"):
        codecs = dict.fromkeys(table.schema.names, "zstd") | {"n": "gzip"}
        parquet.write_table(table, name, row_group_size=3, compression=codecs)
        return
    writing = pa.ipc.new_file if name == "file.arrow" else pa.ipc.new_stream
    with writing(name, table.schema) as writer:
        for batch in table.to_batches(max_chunksize=3):
            writer.write_batch(batch)


def read(name: str) -> pa.Table:
    if name.endswith(".parquet"):
        return parquet.read_table(name)
    reading = pa.ipc.open_file if name == "file.arrow" else pa.ipc.open_stream
    with reading(pa.memory_map(name)) as reader:
        return reader.read_all()


FILES = ["data.parquet", "stream.arrow", "file.arrow"]


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drops=st.sets(st.integers(0, 7)))
def test_other_rows_and_the_schema_stay(name: str, drops: set[int]) -> None:
    write(name, rows(8))
    before = read(name)
    rewritten(name, Change(frozenset(drops)), state_of(name)).replace()
    after = read(name)
    assert after.schema.equals(before.schema, check_metadata=True)
    kept = pa.array([n for n in range(8) if n not in drops], type=pa.int64())
    assert after.equals(before.take(kept))


@pytest.mark.parametrize("name", FILES)
def test_a_changed_cell_changes_no_other(name: str) -> None:
    write(name, rows(8))
    before = read(name)
    said = {"role": "system", "content": "Be brief."}
    edits = {1: (Prepend(("messages",), said), Put(("w",), 0.1)), 6: (Put(("n",), 60),)}
    rewritten(name, Change(frozenset({0, 7}), edits), state_of(name)).replace()
    after = read(name)
    assert after.schema.equals(before.schema, check_metadata=True)
    assert after["messages"][0].as_py()[0] == {**said, "name": None}
    assert after["n"].to_pylist() == [1, 2, 3, 4, 5, 60]
    for column in ("at", "price", "kind", "raw"):
        assert after[column].to_pylist() == before[column].to_pylist()[1:-1]
    assert after["w"].to_pylist()[1:] == before["w"].to_pylist()[2:-1]


@pytest.mark.parametrize("name", FILES)
def test_a_new_column_is_filled_and_noted(name: str) -> None:
    write(name, rows(5))
    change = Change(frozenset({0}), {3: (Put(("weight",), 0.1), Put(("system",), "x"))}, {"system": None, "weight": 1})
    rewritten(name, change, state_of(name)).replace()
    after = read(name)
    assert after["weight"].to_pylist() == [1, 1, 0.1, 1]
    assert after["system"].to_pylist() == [None, None, "x", None]
    features = json.loads(after.schema.metadata[b"huggingface"])["info"]["features"]
    assert features["weight"] == {"dtype": "float64", "_type": "Value"}
    assert features["n"] == {"dtype": "int64", "_type": "Value"}
    assert after.schema.metadata[b"own"] == b"kept"


def test_the_layout_of_a_parquet_file_stays() -> None:
    write("data.parquet", rows(8))
    before = parquet.read_metadata("data.parquet")
    rewritten("data.parquet", Change(frozenset({1})), state_of("data.parquet")).replace()
    after = parquet.read_metadata("data.parquet")
    assert [after.row_group(n).num_rows for n in range(after.num_row_groups)] == [2, 3, 2]
    columns = range(before.num_columns)
    codecs = [[told.row_group(0).column(n).compression for n in columns] for told in (before, after)]
    assert codecs[0] == codecs[1]
    assert after.format_version == before.format_version


def test_arrow_batches_keep_their_own_metadata() -> None:
    table = rows(4)
    with pa.ipc.new_stream("stream.arrow", table.schema) as writer:
        for number, batch in enumerate(table.to_batches(max_chunksize=2)):
            writer.write_batch(batch, custom_metadata={"number": str(number)})
    rewritten("stream.arrow", Change(frozenset({0})), state_of("stream.arrow")).replace()
    with pa.ipc.open_stream("stream.arrow") as reader:
        told = [reader.read_next_batch_with_custom_metadata() for _ in range(2)]
    assert [dict(metadata) for _, metadata in told] == [{b"number": b"0"}, {b"number": b"1"}]


@pytest.mark.parametrize("name", FILES)
def test_a_column_of_another_type_is_not_bent(name: str) -> None:
    write(name, rows(3))
    held = Path(name).read_bytes()
    with pytest.raises(UnwritableError, match="cannot be changed"):
        rewritten(name, Change(edits={1: (Put(("n",), 0.5),)}), state_of(name))
    assert Path(name).read_bytes() == held
    assert list(Path().glob(".contralint-*")) == []


@pytest.mark.parametrize("name", FILES)
def test_all_rows_may_go(name: str) -> None:
    write(name, rows(3))
    before = read(name)
    rewritten(name, Change(frozenset(range(3))), state_of(name)).replace()
    assert rows_in(name) == []
    assert read(name).schema.equals(before.schema, check_metadata=True)
