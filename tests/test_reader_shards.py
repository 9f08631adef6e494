"""Parts of files: together they give the rows that the file gives, wherever it is cut."""

from __future__ import annotations

from pathlib import Path

import pyarrow
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from contralint.readers import Row, Unreadable, keep_stdin, placed, read, shard, shards
from contralint.readers.shard import Lines, WholeFile

LINE = st.sampled_from(
    [
        b'{"a": 1}',
        b"",
        b" \t",
        b'{"a": "\xc3\xa9\xe2\x82\xac"}',
        b"broken",
        b"\xff",
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{}",
        b"\r",
    ]
)


def rows_by_parts(path: Path) -> list[Row | Unreadable]:
    parts = shards(str(path))
    extents = {part: part.extent() for part in parts if isinstance(part, Lines)}
    return [row for part in placed(parts, extents) for row in part.read()]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(lines=st.lists(LINE, max_size=30), ends=st.booleans(), size=st.integers(1, 60))
@example(lines=[b"{}", b"\xef\xbb\xbf{}", b"\xff\xfe{}"], ends=False, size=1)
def test_lines_are_the_same_wherever_they_are_cut(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], ends: bool, size: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "cut.jsonl"
    path.write_bytes(b"\n".join([b'{"first": 1}', *lines]) + b"\n" * ends)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shard, "SIZE", size)
        assert rows_by_parts(path) == list(read(str(path)))


def test_a_long_file_is_cut_into_parts_of_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shard, "SIZE", 100)
    path = tmp_path / "rows.jsonl"
    path.write_text('{"a": 1}\n' * 100, encoding="utf-8")
    parts = shards(str(path))
    assert [type(part) for part in parts] == [Lines] * 9
    assert [len(list(part.read())) for part in parts] == [12] * 8 + [4]


def test_groups_of_rows_are_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shard, "SIZE", 1500)
    path = tmp_path / "rows.parquet"
    table = pyarrow.Table.from_pylist([{"a": f"row {number}"} for number in range(1000)])
    parquet.write_table(table, path, row_group_size=70)
    assert len(shards(str(path))) > 3
    assert rows_by_parts(path) == list(read(str(path)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rows.json", b'[{"a": 1},\n{"a": 2}]'),
        ("rows.csv", b"a,b\n1,2\n3,4\n"),
        ("rows.jsonl.gz", b"no gzip at all"),
        ("rows.jsonl", '{"a": 1}\n{"a": 2}\n'.encode("utf-16")),
        ("rows.parquet", b"garbage"),
    ],
)
def test_other_files_are_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes) -> None:
    monkeypatch.setattr(shard, "SIZE", 4)
    path = tmp_path / name
    path.write_bytes(content)
    assert shards(str(path)) == [WholeFile(str(path))]
    assert rows_by_parts(path) == list(read(str(path)))


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(b"")
    assert rows_by_parts(tmp_path / "rows.jsonl") == []


def test_what_came_through_a_pipe_has_no_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "given").write_text("{}\n", encoding="utf-8")
    with (tmp_path / "given").open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        keep_stdin(str(tmp_path / "named.jsonl"))
    assert shards(str(tmp_path / "named.jsonl")) == []
