from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.readers import Row, Unreadable, json_cursor, read, source


def rows_of(tmp_path: Path, content: str) -> list[Row | Unreadable]:
    path = tmp_path / "rows.json"
    path.write_text(content, encoding="utf-8", newline="")
    return list(read(str(path)))


def data_of(rows: list[Row | Unreadable]) -> list[object]:
    return [row.data if isinstance(row, Row) else f"line {row.line}: {row.reason}" for row in rows]


def test_elements_of_an_array_know_where_they_start(tmp_path: Path) -> None:
    first, second = rows_of(tmp_path, '[{"a": 1}, \n  {"é": [1, {"b": 2}]}]')
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert (first.line, first.column, first.text) == (1, 2, '{"a": 1}')
    assert (second.line, second.column, second.text) == (2, 3, '{"é": [1, {"b": 2}]}')


def test_columns_are_turned_into_rows(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, '{"q": ["a", "b"],\n "m": [{}, {"x": [1]}]}')
    assert data_of(rows) == [{"q": "a", "m": {}}, {"q": "b", "m": {"x": [1]}}]
    assert [row.index for row in rows] == [0, 1]


@pytest.mark.parametrize(
    "row",
    [
        {"instruction": "a", "output": "b"},
        {"messages": [{"role": "user"}], "tools": [{"name": "f"}]},
        {"tags": ["x", "y"], "messages": [{"role": "user"}]},
        {},
    ],
)
def test_another_object_is_one_row(tmp_path: Path, row: object) -> None:
    assert data_of(rows_of(tmp_path, json.dumps(row))) == [row]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", []),
        ("[]", []),
        ("3", [3]),
        ('{"a": 1}\n{"a": 2}\noops\n{"a": 3}', [{"a": 1}, {"a": 2}, "line 3: broken JSON", {"a": 3}]),
        ('{"a": 1}{"a": 2}', [{"a": 1}, {"a": 2}]),
        ('{\n"a": 1}\n{\n"a": 2}', [{"a": 1}, {"a": 2}]),
        ('[{"a": 1}]\n[{"a": 2}]', [{"a": 1}, {"a": 2}]),
        ('[{"a": 1}, {"a": oops}, {"a": 3}]', [{"a": 1}, "line 1: broken JSON", {"a": 3}]),
        ('[{"a": 1}}, {"a": 3}]', ["line 1: broken JSON", {"a": 3}]),
        ('[{"a": "]"}, {"a": "\\""}]', [{"a": "]"}, {"a": '"'}]),
        ("[1,, 2,]", [1, "line 1: a value is missing", 2, "line 1: a value is missing"]),
        ('[{"a": 1}, {"a": "x', [{"a": 1}, "line 1: the file ends inside"]),
        ('[{"a": 1}', [{"a": 1}, "line 1: the file ends before"]),
        ('[{"a": 1},', [{"a": 1}, "line 1: the file ends before"]),
        ('{"a": ["x"', ["line 1: the file ends inside"]),
        ('[{"a": 1}] oops', [{"a": 1}, "line 1: broken JSON"]),
        ('{"a": 1} oops\n{"a": 2}', ["line 1: broken JSON", {"a": 2}]),
        ('["a\n, 1]', ["line 1: broken JSON", 1]),
    ],
)
def test_what_is_broken_costs_itself_only(tmp_path: Path, content: str, expected: list[object]) -> None:
    found = data_of(rows_of(tmp_path, content))
    assert len(found) == len(expected)
    for given_row, wanted in zip(found, expected, strict=True):
        if isinstance(wanted, str):
            assert str(given_row).startswith(wanted)
        else:
            assert given_row == wanted


@pytest.mark.parametrize("indent", [None, 2, 4])
@pytest.mark.parametrize(("good", "bad"), [('"q1"', '"q1'), ('"m1"', "oops"), ("]", ""), ("[", ""), ("}", "")])
def test_rows_after_a_missing_sign_are_found_by_their_lines(
    tmp_path: Path, indent: int | None, good: str, bad: str
) -> None:
    rows = [{"q": f"q{number}", "m": [{"c": f"m{number}"}, {"c": 1}]} for number in range(5)]
    lines = [json.dumps(row, indent=indent) for row in rows]
    lines[1] = lines[1][::-1].replace(good[::-1], bad[::-1], 1)[::-1]
    margin = " " * (indent or 0)
    content = "[\n" + ",\n".join(lines).replace("\n", f"\n{margin}").join([margin, ""]) + "\n]"
    found = data_of(rows_of(tmp_path, content))
    assert [found[0], *found[2:]] == [rows[0], *rows[2:]]
    assert "broken JSON" in str(found[1]) or "control character" in str(found[1])


def test_rows_after_an_endless_one_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_cursor, "ROW_LIMIT", 1000)
    monkeypatch.setattr(json_cursor, "BUFFER", 100)
    rows = rows_of(tmp_path, '[{"a": 1}, {"b": [' + "1, " * 2000 + '1]}, {"a": 3}]')
    assert data_of(rows) == [{"a": 1}, "line 1: longer than 1,000 characters", {"a": 3}]


JSON_ROWS = st.lists(
    st.dictionaries(
        st.text(max_size=5),
        st.recursive(
            st.text('"\\[]{},:\n é😀a', max_size=8) | st.integers(-9, 9) | st.none() | st.booleans(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
            max_leaves=6,
        ),
        max_size=4,
    ),
    max_size=5,
)


@given(rows=JSON_ROWS, indent=st.sampled_from([None, 0, 2]), ascii_only=st.booleans(), buffer=st.integers(1, 40))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_array_reads_back_equal_however_it_is_cut(
    tmp_path_factory: pytest.TempPathFactory, rows: list[object], indent: int | None, ascii_only: bool, buffer: int
) -> None:
    content = json.dumps(rows, indent=indent, ensure_ascii=ascii_only)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_cursor, "BUFFER", buffer)
        found = rows_of(tmp_path_factory.getbasetemp(), content)
    assert data_of(found) == rows
    lines = content.split("\n")
    for row in found:
        assert isinstance(row, Row)
        assert row.text is not None
        assert "\n".join(lines[row.line - 1 :])[row.column - 1 :].startswith(row.text)


@given(rows=JSON_ROWS.filter(len), buffer=st.integers(1, 40))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_columns_read_back_equal(tmp_path_factory: pytest.TempPathFactory, rows: list[object], buffer: int) -> None:
    content = json.dumps({"id": list(range(len(rows))), "row": rows}, ensure_ascii=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_cursor, "BUFFER", buffer)
        found = rows_of(tmp_path_factory.getbasetemp(), content)
    expected = [{"id": index, "row": row} for index, row in enumerate(rows)]
    assert data_of(found) == expected


@given(
    content=st.binary(max_size=100) | st.text('{}[]":,\\ \na1', max_size=100).map(str.encode), buffer=st.integers(1, 9)
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_bytes_break_it(tmp_path_factory: pytest.TempPathFactory, content: bytes, buffer: int) -> None:
    path = tmp_path_factory.getbasetemp() / "rows.json"
    path.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_cursor, "BUFFER", buffer)
        patch.setattr(source, "BUFFER", 16)
        found = list(read(str(path)))
    assert [row.index for row in found] == list(range(len(found)))
    assert found or not content.strip(b" \t\r\n[]\x1e") or content.startswith(b"{") or b"\xef\xbb\xbf" in content
