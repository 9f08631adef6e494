from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from contralint.readers import Place, Stretch, locate


def place_of(tmp_path: Path, content: str, stretch: Stretch, index: int = 0, name: str = "rows.jsonl") -> Place:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8", newline="")
    return locate(str(path), {index: [stretch]})[index, stretch]


@pytest.mark.parametrize(
    ("row", "start", "end", "column", "end_column"),
    [
        ('{"a": "hello"}', 0, 5, 8, 13),
        ('{"a": "hello"}', 1, 3, 9, 11),
        (r'{"a": "x\ny"}', 1, 2, 9, 11),
        (r'{"a": "x\ny"}', 2, 3, 11, 12),
        (r'{"a": "\u00e9z"}', 1, 2, 14, 15),
        (r'{"a": "\ud83d\ude00z"}', 0, 1, 8, 20),
        (r'{"a": "\ud83d\ude00z"}', 1, 2, 20, 21),
        ('{"a": "é😀z"}', 2, 3, 10, 11),
        (r'{"a": "\\u00e9"}', 1, 2, 10, 11),
        ('{"b": {"a": "no"}, "a" : "yes"}', 0, 3, 27, 30),
        ('{"a": "first", "a": "last"}', 0, 4, 22, 26),
        (r'{"\u0061": "x"}', 0, 1, 13, 14),
        ('  {"a": "x"}', 0, 1, 10, 11),
        ('\x1e{"a": "x"}', 0, 1, 9, 10),
        ('{"a": ""}', 0, 0, 8, 8),
        ('{"a": "short"}', 2, 99, 10, 13),
    ],
)
def test_columns_count_characters_as_written(
    tmp_path: Path, row: str, start: int, end: int, column: int, end_column: int
) -> None:
    found = place_of(tmp_path, "{}\n" + row + "\n", Stretch(("a",), start, end), 1)
    assert found == Place(2, column, 2, end_column)


@pytest.mark.parametrize(
    ("pointer", "column", "end_column"),
    [((), 1, 20), (("a",), 7, 19), (("a", 1), 11, 18), (("a", 0), 8, 9), (("a", 1, "b"), 1, 20), (("zzz",), 1, 20)],
)
def test_what_is_no_string_is_shown_whole(
    tmp_path: Path, pointer: tuple[str | int, ...], column: int, end_column: int
) -> None:
    found = place_of(tmp_path, '{"a": [1, [false]]}', Stretch(pointer, 0, 5))
    assert found == Place(1, column, 1, end_column)


def test_strings_of_a_document_stand_on_their_own_line(tmp_path: Path) -> None:
    content = json.dumps([{"a": 1}, {"m": [{"c": "no"}, {"c": "yes"}]}], indent=2)
    found = place_of(tmp_path, content, Stretch(("m", 1, "c"), 0, 3), 1, "rows.json")
    line = content.split("\n")[found.line - 1]
    assert line[found.column - 1 : found.end_column - 1] == "yes"
    assert found.end_line == found.line


def test_cells_of_columns_stand_in_their_column(tmp_path: Path) -> None:
    content = '{"q": ["a",\n "b"], "r": [\n"c", "d\\nef"]}'
    assert place_of(tmp_path, content, Stretch(("r",), 2, 4), 1, "rows.json") == Place(3, 10, 3, 12)
    assert place_of(tmp_path, content, Stretch(("q",), 0, 1), 1, "rows.json") == Place(2, 3, 2, 4)


def test_csv_cells_may_run_over_lines(tmp_path: Path) -> None:
    content = 'id,text\r\n1,"say ""hi""\nthen ""go"", now"\r\n'
    text = 'say "hi"\nthen "go", now'
    whole = place_of(tmp_path, content, Stretch(("text",), 0, len(text)), 0, "rows.csv")
    assert whole == Place(2, 4, 3, 17)
    start = text.index("now")
    assert place_of(tmp_path, content, Stretch(("text",), start, start + 3), 0, "rows.csv") == Place(3, 14, 3, 17)


def test_formats_without_text_count_rows_and_characters(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    parquet.write_table(pyarrow.table({"a": ["x", "hello"]}), path)
    stretch = Stretch(("a",), 1, 3)
    assert locate(str(path), {1: [stretch]}) == {(1, stretch): Place(2, 2, 2, 4)}


def test_every_stretch_has_a_place_even_if_the_row_is_gone(tmp_path: Path) -> None:
    stretch = Stretch(("a",), 0, 1)
    assert place_of(tmp_path, '{"a": "x"}\n', stretch, 7) == Place(8, 1, 8, 2)
    assert place_of(tmp_path, '{"a": "x"\n', stretch) == Place(1, 1, 1, 10)
    assert place_of(tmp_path, '{"a', stretch) == Place(1, 1, 1, 4)


TEXT = st.text('"\\\n\r\t,é😀\u2028ab\x1f/', max_size=12)


def sliced(content: str, place: Place) -> str:
    """What an editor would select."""
    lines = content.split("\n")[place.line - 1 : place.end_line]
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return "\n".join(lines)


@given(
    rows=st.lists(
        st.fixed_dictionaries({"x": TEXT, "a": st.lists(TEXT, min_size=1, max_size=3)}), min_size=1, max_size=3
    ),
    style=st.sampled_from(["jsonl", "json", "indented"]),
    ascii_only=st.booleans(),
    data=st.data(),
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_json_at_the_place_decodes_to_the_stretch(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[dict[str, list[str]]],
    style: str,
    ascii_only: bool,
    data: st.DataObject,
) -> None:
    index = data.draw(st.integers(0, len(rows) - 1))
    position = data.draw(st.integers(0, len(rows[index]["a"]) - 1))
    text = rows[index]["a"][position]
    start = data.draw(st.integers(0, len(text)))
    stretch = Stretch(("a", position), start, data.draw(st.integers(start, len(text))))
    if style == "jsonl":
        content = "".join(json.dumps(row, ensure_ascii=ascii_only) + "\n" for row in rows)
    else:
        content = json.dumps(rows, ensure_ascii=ascii_only, indent=1 if style == "indented" else None)
    name = "rows.jsonl" if style == "jsonl" else "rows.json"
    found = place_of(tmp_path_factory.getbasetemp(), content, stretch, index, name)
    assert found.line == found.end_line
    assert json.loads(f'"{sliced(content, found)}"') == text[stretch.start : stretch.end]


@given(rows=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=3), data=st.data())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_csv_at_the_place_decodes_to_the_stretch(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(rows) - 1))
    text = rows[index][1]
    start = data.draw(st.integers(0, len(text)))
    stretch = Stretch(("a",), start, data.draw(st.integers(start, len(text))))
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("id", "a"), *rows])
    found = place_of(tmp_path_factory.getbasetemp(), written.getvalue(), stretch, index, "rows.csv")
    assert sliced(written.getvalue(), found).replace('""', '"') == text[stretch.start : stretch.end]
