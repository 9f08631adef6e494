from __future__ import annotations

import sys
from pathlib import Path

import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from contralint.errors import MissingExtraError
from contralint.readers import Row, Unreadable, read

ROWS: list[dict[str, object]] = [
    {"q": f"question {number}", "m": [{"role": "user", "content": "é"}]} for number in range(3000)
]


def data_of(path: Path) -> list[object]:
    rows = list(read(str(path)))
    assert [row.index for row in rows] == list(range(len(rows)))
    return [row.data if isinstance(row, Row) else row.reason for row in rows]


def write_arrow(path: Path, rows: list[dict[str, object]], *, stream: bool) -> None:
    table = pyarrow.Table.from_pylist(rows)
    opened = pyarrow.ipc.new_stream if stream else pyarrow.ipc.new_file
    with opened(str(path), table.schema) as writer:
        writer.write_table(table, max_chunksize=1000)


def test_parquet_rows_are_read_in_batches(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(ROWS), path)
    assert data_of(path) == ROWS
    last = list(read(str(path)))[-1]
    assert (last.index, last.line) == (2999, 3000)
    assert isinstance(last, Row)
    assert last.text is None


@pytest.mark.parametrize("stream", [True, False])
def test_arrow_files_and_streams_are_read(tmp_path: Path, stream: bool) -> None:
    path = tmp_path / "rows.arrow"
    write_arrow(path, ROWS, stream=stream)
    assert data_of(path) == ROWS


def test_the_content_tells_the_format_of_a_file_without_extension(tmp_path: Path) -> None:
    parquet.write_table(pyarrow.table({"a": [1]}), tmp_path / "plain")
    assert data_of(tmp_path / "plain") == [{"a": 1}]


@pytest.mark.parametrize("name", ["rows.parquet", "rows.arrow"])
@pytest.mark.parametrize("content", [b"garbage", b"PAR1PAR1", b"ARROW1\0\0"])
def test_garbage_is_one_unreadable_row(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    (found,) = list(read(str(tmp_path / name)))
    assert isinstance(found, Unreadable)
    assert "damaged" in found.reason


def test_rows_before_the_damage_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "rows.arrow"
    write_arrow(path, ROWS, stream=True)
    path.write_bytes(path.read_bytes()[:-5000])
    found = data_of(path)
    assert found[:2000] == ROWS[:2000]
    assert len(found) == 2001
    assert "damaged" in str(found[-1])


def test_a_row_that_is_no_text_costs_itself_only(tmp_path: Path) -> None:
    texts = pyarrow.Array.from_buffers(
        pyarrow.string(),
        3,
        [None, pyarrow.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0"), pyarrow.py_buffer(b"a\xffc")],
    )
    path = tmp_path / "rows.arrow"
    batch = pyarrow.record_batch([texts], names=["a"])
    with pyarrow.ipc.new_stream(str(path), batch.schema) as writer:
        writer.write_batch(batch)
    first, broken, last = data_of(path)
    assert (first, last) == ({"a": "a"}, {"a": "c"})
    assert "UTF" in str(broken)


def test_an_empty_arrow_file_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "rows.arrow").write_bytes(b"")
    assert data_of(tmp_path / "rows.arrow") == []


def test_packed_parquet_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "rows.parquet.gz").write_bytes(b"")
    (found,) = data_of(tmp_path / "rows.parquet.gz")
    assert str(found) == "unpack it first: a .parquet file inside .gz is not read"


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rows.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"contralint\[parquet\]"):
        list(read(str(tmp_path / "rows.parquet")))


@given(rows=st.lists(st.fixed_dictionaries({"a": st.text(max_size=5), "b": st.none() | st.integers(0, 9)}), min_size=1))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_what_was_written_reads_back_equal(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "written.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    assert data_of(path) == rows


@given(content=st.binary(max_size=60), name=st.sampled_from(["rows.parquet", "rows.arrow"]))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_no_bytes_break_it(tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content)
    data_of(path)
