from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.readers import Row, Unreadable, delimited, read


def rows_of(tmp_path: Path, content: bytes, name: str = "rows.csv") -> list[Row | Unreadable]:
    path = tmp_path / name
    path.write_bytes(content)
    return list(read(str(path)))


def data_of(rows: list[Row | Unreadable]) -> list[object]:
    return [row.data if isinstance(row, Row) else f"line {row.line}: {row.reason}" for row in rows]


def test_rows_are_named_by_the_header(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, b'\xef\xbb\xbfq,a\r\n"two\nlines, ""quoted""",b\r\n\r\nc,\r\n')
    assert data_of(rows) == [{"q": 'two\nlines, "quoted"', "a": "b"}, {"q": "c", "a": ""}]
    assert [(row.index, row.line) for row in rows] == [(0, 2), (1, 5)]
    assert isinstance(rows[0], Row)
    assert rows[0].text == '"two\nlines, ""quoted""",b'


def test_tabs_part_cells_of_a_tsv(tmp_path: Path) -> None:
    assert data_of(rows_of(tmp_path, b"q\ta\nx, y\tz\n", "rows.tsv")) == [{"q": "x, y", "a": "z"}]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"q,a\n"])
def test_without_rows_there_are_none(tmp_path: Path, content: bytes) -> None:
    assert rows_of(tmp_path, content) == []


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (b"1,2,3", 1, "the header has 2 cells, this row 3"),
        (b"1", 1, "the header has 2 cells, this row 1"),
        (b"x,\xff", 3, "not valid UTF-8"),
        (b"x,y\rz", 1, "new-line character"),
    ],
)
def test_a_broken_row_costs_itself_only(tmp_path: Path, row: bytes, column: int, reason: str) -> None:
    before, broken, after = rows_of(tmp_path, b"q,a\n1,2\n" + row + b"\n3,4\n")
    assert isinstance(broken, Unreadable)
    assert (broken.index, broken.line, broken.column) == (1, 3, column)
    assert broken.reason.startswith(reason)
    assert data_of([before, after]) == [{"q": "1", "a": "2"}, {"q": "3", "a": "4"}]


def test_a_nul_is_reported(tmp_path: Path) -> None:
    (broken,) = rows_of(tmp_path, b"q,a\nx,\x00\n")
    assert isinstance(broken, Unreadable)
    assert "NUL" in broken.reason


def test_an_open_quotation_is_reported(tmp_path: Path) -> None:
    assert data_of(rows_of(tmp_path, b'q,a\n1,2\n3,"x\n4,5\n')) == [
        {"q": "1", "a": "2"},
        "line 3: a quotation mark is not closed",
    ]


def test_a_broken_header_is_said_once(tmp_path: Path) -> None:
    (found,) = data_of(rows_of(tmp_path, b"q,\xff\n1,2\n3,4\n"))
    assert str(found).startswith("line 1: no row can be read, since the header cannot: not valid UTF-8")


def test_columns_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    assert data_of(rows_of(tmp_path, b",a,a\n0,x,y\n")) == [{"": "0", "a": "x", "a.1": "y"}]


def test_an_endless_row_is_reported_and_passed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "ROW_LIMIT", 1000)
    content = b"q,a\n1,2\n3," + b"x" * 200_000 + b"\n5,6\n"
    assert data_of(rows_of(tmp_path, content)) == [
        {"q": "1", "a": "2"},
        "line 3: longer than 1,000 characters",
        {"q": "5", "a": "6"},
    ]


CELL = st.text('",\t\r\n aé😀;', max_size=8)


@given(rows=st.lists(st.fixed_dictionaries({"q": CELL, "a": CELL}), max_size=5), name=st.sampled_from([".csv", ".tsv"]))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_what_was_written_reads_back_equal(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]], name: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"written{name}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["q", "a"], delimiter="\t" if name == ".tsv" else ",")
        writer.writeheader()
        writer.writerows(rows)
    assert data_of(list(read(str(path)))) == rows


@given(content=st.binary(max_size=60) | st.text('",\n\r aé\x00', max_size=60).map(str.encode))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_no_bytes_break_it(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    found = rows_of(tmp_path_factory.getbasetemp(), b"q,a\n" + content)
    assert [row.index for row in found] == list(range(len(found)))
