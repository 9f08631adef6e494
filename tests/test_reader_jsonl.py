from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.readers import Row, Unreadable, jsonl, read

MEMBER = '{"a": '


def rows_of(tmp_path: Path, content: bytes, name: str = "rows.jsonl") -> list[Row | Unreadable]:
    path = tmp_path / name
    path.write_bytes(content)
    return list(read(str(path)))


def data_of(rows: list[Row | Unreadable]) -> list[object]:
    return [row.data if isinstance(row, Row) else None for row in rows]


def test_each_line_is_a_row_with_its_text(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, b'{"a": 1}\r\n\n \t\n{"b": "\xc3\xa9"}')
    path = (tmp_path / "rows.jsonl").as_posix()
    assert rows == [Row(path, 0, 1, {"a": 1}, '{"a": 1}'), Row(path, 1, 4, {"b": "é"}, '{"b": "é"}')]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (b'{"a": NaN}', 7, "NaN is no JSON value"),
        (b'{"a": -Infinity}', 7, "-Infinity is no JSON value"),
        (b'{"a": "\\ud800"}', 8, "half of a surrogate pair"),
        (b'{"a": "\xff"}', 8, "not valid UTF-8"),
        (b'{"\xc3\xa9": "\xff"}', 8, "not valid UTF-8"),
        (b'{"a": "\x00"}', 8, "control character U+0000"),
        (b'{"a": 1', 8, "unexpected end of data"),
        (b"[" * 5000, 1, "nested too deeply"),
        (b"{'a': 1}", 2, "broken JSON"),
        (b'{"a": 1},', 9, "broken JSON"),
    ],
)
def test_a_broken_line_says_where_and_why(tmp_path: Path, line: bytes, column: int, reason: str) -> None:
    before, broken, after = rows_of(tmp_path, b"{}\n" + line + b"\n{}\n")
    assert isinstance(broken, Unreadable)
    assert reason in broken.reason
    assert (broken.index, broken.line) == (1, 2)
    assert broken.column == column or reason == "nested too deeply"
    assert len(broken.snippet) <= 80
    assert broken.snippet.isprintable()
    assert isinstance(before, Row)
    assert isinstance(after, Row)
    assert after.index == 2


def test_what_is_no_object_is_still_a_row(tmp_path: Path) -> None:
    assert data_of(rows_of(tmp_path, b"{}\n1\n[2]\nnull\n")) == [{}, 1, [2], None]


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    assert rows_of(tmp_path, b"") == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_tell_the_encoding(tmp_path: Path, encoding: str) -> None:
    assert data_of(rows_of(tmp_path, '{"a": "é😀"}\n{"b": 2}\n'.encode(encoding))) == [{"a": "é😀"}, {"b": 2}]


def test_damage_in_utf_16_costs_its_own_row_only(tmp_path: Path) -> None:
    content = b"\xff\xfe" + '{"a": "'.encode("utf-16-le") + b"\x00\xd8" + '"}\n{"b": 2}\n'.encode("utf-16-le") + b"\x7b"
    assert data_of(rows_of(tmp_path, content)) == [None, {"b": 2}, None]


def test_a_mark_in_the_middle_is_passed_over(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, b'{}\n\xef\xbb\xbf{"a": oops}\n')
    assert isinstance(rows[1], Unreadable)
    assert rows[1].column == 1 + len("\ufeff" + MEMBER)


def test_an_endless_line_is_reported_and_passed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "ROW_LIMIT", 1000)
    rows = rows_of(tmp_path, b'{}\n{"a": "' + b"x" * 300_000 + b'"}\n{"b": 2}\n')
    assert data_of(rows) == [{}, None, {"b": 2}]
    assert isinstance(rows[1], Unreadable)
    assert rows[1].reason == "longer than 1,000 characters"


def test_a_long_line_is_read(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, b'{"a": "' + b"x" * 5_000_000 + b'"}')
    assert data_of(rows) == [{"a": "x" * 5_000_000}]


def test_a_document_under_this_name_is_read_as_one(tmp_path: Path) -> None:
    rows = [{"a": 1}, {"a": [{"b": 2}]}]
    assert data_of(rows_of(tmp_path, json.dumps(rows, indent=2).encode())) == rows
    assert data_of(rows_of(tmp_path, json.dumps(rows).encode())) == rows
    assert data_of(rows_of(tmp_path, json.dumps(rows[1], indent=2).encode())) == rows[1:]


@given(
    content=st.binary(max_size=200)
    | st.text('{}[]":,\\ \n\ra1\ud800\x00', max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
@settings(max_examples=50, deadline=None, derandomize=True)
def test_no_line_is_lost_whatever_the_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    rows = rows_of(tmp_path_factory.getbasetemp(), b'{"first": 1}\n' + content)
    lines = [line for line in content.split(b"\n") if line.strip(b" \t\r")]
    assert len(rows) == 1 + len(lines)
    assert [row.index for row in rows] == list(range(len(rows)))
