"""Text files are changed where they are to be, and nowhere else: byte for byte."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from fixing import FORMATS, rewritten_bytes, rows_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from linting import Data

from contralint.readers import state_of
from contralint.readers.formats import format_of
from contralint.readers.source import open_source
from contralint.resolve.change import Change, Edit, Prepend, Put, UnwritableError, applied
from contralint.resolve.json_splice import spliced
from contralint.resolve.pieces import pieces
from contralint.resolve.rewriting import rewritten

TEXT_FORMATS = [name for name in FORMATS if not name.endswith((".parquet", ".arrow"))]
# Cells that all formats can hold; what only some can is tested below.
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
ROWS = st.lists(st.fixed_dictionaries({"a": CELLS, "b": CELLS}), min_size=2, max_size=6)
PROPERTY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@st.composite
def changes(draw: st.DrawFn, size: int) -> Change:
    """Rows dropped and edited, and some as they are; never none left, as some formats cannot tell that."""
    fates = draw(st.lists(st.sampled_from("dke"), min_size=size, max_size=size))
    if set(fates) == {"d"}:
        fates[0] = "k"
    text = draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8))
    edits = {index: (Put(("b",), text), Put(("weight",), "0.5")) for index, fate in enumerate(fates) if fate == "e"}
    drops = frozenset(index for index, fate in enumerate(fates) if fate == "d")
    return Change(drops, edits, {"weight": "1"} if edits else {})


@pytest.mark.parametrize("name", TEXT_FORMATS)
@PROPERTY
@given(data=st.data(), rows=ROWS)
def test_rows_are_dropped_and_edited_and_the_others_stay(name: str, data: st.DataObject, rows: list[Data]) -> None:
    path = Path(name)
    path.write_bytes(FORMATS[name](rows))
    change = data.draw(changes(len(rows)))
    before, texts = rows_in(path), raw_texts(name)
    assert len(before) == len(rows)
    rewritten(name, change, state_of(name)).replace()
    whole = name in ("data.csv", "quoted.csv", "data.tsv", "data.csv.xz", "columns.json")
    expected = [
        {**(change.columns if whole else {}), **applied(row, change.edits.get(index, ()))}
        for index, row in enumerate(before)
        if index not in change.drops
    ]
    assert rows_in(path) == expected
    if not (whole and change.columns):
        stay = [index for index in range(len(rows)) if index not in change.drops]
        pairs = zip(stay, raw_texts(name), strict=True)
        assert all(text == texts[index] for index, text in pairs if index not in change.edits)


def raw_texts(name: str) -> list[str]:
    source = open_source(name)
    raws = format_of(source).raws
    assert raws
    return [raw.text for raw in raws(source)]


@pytest.mark.parametrize("name", TEXT_FORMATS)
@PROPERTY
@given(data=st.data(), rows=ROWS)
def test_what_is_taken_apart_is_the_file(name: str, data: st.DataObject, rows: list[Data]) -> None:
    path = Path(name)
    path.write_bytes(FORMATS[name](rows))
    change = data.draw(changes(len(rows)))
    source = open_source(name)
    with source.open_text() as stream:
        text = stream.read(-1)
    assert "".join(piece.old for piece in pieces(source, change)) == text
    assert rewritten_bytes(path, Change()) == path.read_bytes() or source.compression


LINE = st.sampled_from(
    [
        b'{"n": 1.50, "big": 123456789012345678901234567890, "e": 1E5}',
        b'{ "b":1 , "a" : [ ] }\t',
        b'{"a": "\\u00e9\xc3\xa9\xf0\x9f\x98\x80", "a": 2}',
        b"",
        b"  ",
        b"{broken",
        b'"\xff\xfe"',
        b"null",
    ]
)


@PROPERTY
@given(
    lines=st.lists(st.tuples(LINE, st.sampled_from([b"\n", b"\r\n"])), min_size=1, max_size=8),
    last=st.booleans(),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    data=st.data(),
)
def test_lines_that_stay_are_the_same_bytes(
    lines: list[tuple[bytes, bytes]], last: bool, mark: bytes, data: st.DataObject
) -> None:
    raw = [text + end for text, end in lines]
    if last:
        raw[-1] = lines[-1][0]
    path = Path("odd.jsonl")
    path.write_bytes(mark + b"".join(raw))
    rows = [number for number, line in enumerate(raw) if line.strip()]
    dropped = data.draw(st.sets(st.sampled_from(rows))) if rows else set()
    change = Change(frozenset(rows.index(number) for number in dropped))
    assert rewritten_bytes(path, change) == mark + b"".join(
        line for number, line in enumerate(raw) if number not in dropped
    )


ARRAY = '[ {"a":1},\n\t{"b": 2.50} ,{"c":[3]}\n,\n{"d": 4}\n] \n'


@pytest.mark.parametrize(
    ("drops", "expected"),
    [
        ({0}, '[ {"b": 2.50} ,{"c":[3]}\n,\n{"d": 4}\n] \n'),
        ({1}, '[ {"a":1} ,{"c":[3]}\n,\n{"d": 4}\n] \n'),
        ({3}, '[ {"a":1},\n\t{"b": 2.50} ,{"c":[3]}\n] \n'),
        ({0, 1, 2}, '[ {"d": 4}\n] \n'),
        ({0, 1, 2, 3}, "[ \n] \n"),
    ],
)
def test_the_comma_goes_with_the_row(drops: set[int], expected: str) -> None:
    Path("array.json").write_text(ARRAY)
    assert rewritten_bytes(Path("array.json"), Change(frozenset(drops))).decode() == expected
    assert json.loads(expected) == [row for index, row in enumerate(json.loads(ARRAY)) if index not in drops]


@pytest.mark.parametrize(
    ("text", "drops", "expected"),
    [
        ('[{"a": 1}, {"b": 2}]\n[{"c": 3}, {"d": 4}]', {1, 2}, '[{"a": 1}]\n[{"d": 4}]'),
        ('{\n "a": 1\n}\n{\n "b": 2\n}\n', {0}, '{\n "b": 2\n}\n'),
        ('\n {\n "a": 1\n}\n{\n "b": 2\n}\n', {1}, '\n {\n "a": 1\n}\n'),
        ('{"a": ["x", "y", "z"], "b": [1, 2.0, 3e0]}', {1}, '{"a": ["x", "z"], "b": [1, 3e0]}'),
        ('{"a": ["x", "y"],\n "b": [1, 2]}\n', {0}, '{"a": ["y"],\n "b": [2]}\n'),
    ],
)
def test_documents_of_other_forms(text: str, drops: set[int], expected: str) -> None:
    Path("odd.json").write_text(text)
    assert rewritten_bytes(Path("odd.json"), Change(frozenset(drops))).decode() == expected


def test_a_new_column_follows_the_style_of_its_table() -> None:
    change = Change(frozenset({0}), {1: (Put(("weight",), "0.5"), Put(("b",), 'say "x", y'))}, {"weight": "1"})
    Path("t.csv").write_bytes(b'\xef\xbb\xbfa,b\r\n1,"two\r\nlines"\r\n\r\n3,\r\n"5", 6\n')
    assert rewritten_bytes(Path("t.csv"), change) == (
        b'\xef\xbb\xbfa,b,weight\r\n\r\n3,"say ""x"", y",0.5\r\n"5", 6,1\n'
    )
    Path("t.tsv").write_bytes(b'"a"\t"b"\n"1"\t"2"\n"3"\t"4"')
    assert rewritten_bytes(Path("t.tsv"), change) == b'"a"\t"b"\t"weight"\n"3"\t"say ""x"", y"\t0.5'


@pytest.mark.parametrize(
    ("text", "edit", "expected"),
    [
        ('{"a": 1.0}', Put(("b",), "é"), '{"a": 1.0, "b": "é"}'),
        ('{"a":1.0,"c":2}', Put(("b",), [1]), '{"a":1.0,"c":2,"b":[1]}'),
        ('{\n  "a": 1\n}', Put(("b",), 2), '{\n  "a": 1,\n  "b": 2\n}'),
        ('{\n  "a": 1,\n  "c": "\\u00e9"\n}', Put(("b",), "é"), '{\n  "a": 1,\n  "c": "\\u00e9",\n  "b": "\\u00e9"\n}'),
        ("{}", Put(("b",), 2), '{"b": 2}'),
        ('{"a": 1, "a": 2}', Put(("a",), 3), '{"a": 1, "a": 3}'),
        ('{"m": [{"role": "user"}], "z": 1e5}', Put(("m", 0, "role"), "x"), '{"m": [{"role": "x"}], "z": 1e5}'),
        ('{"m":[{"a":1},{"b":2}]}', Prepend(("m",), {"c": 3}), '{"m":[{"c":3},{"a":1},{"b":2}]}'),
        ('{"m": [{"a": 1}]}', Prepend(("m",), {"c": 3}), '{"m": [{"c": 3}, {"a": 1}]}'),
        ('{"m": [\n {"a": 1}\n]}', Prepend(("m",), {"c": 3}), '{"m": [\n {"c": 3},\n {"a": 1}\n]}'),
        ('{"m": []}', Prepend(("m",), 1), '{"m": [1]}'),
    ],
)
def test_a_splice_is_written_as_its_row_is(text: str, edit: Edit, expected: str) -> None:
    assert spliced(text, [edit]) == expected
    assert json.loads(expected) == applied(json.loads(text), [edit])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | CELLS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELLS, inner, max_size=3),
    max_leaves=8,
)


@given(data=st.dictionaries(CELLS, JSON, max_size=4), key=CELLS, value=JSON, style=st.sampled_from([None, 1, 4]))
def test_a_splice_changes_what_it_names_alone(data: dict[str, Any], key: str, value: object, style: int | None) -> None:
    text = json.dumps(data, indent=style, ensure_ascii=bool(style))
    edits: list[Edit] = [Put((key,), value)]
    edits += [Prepend((key,), 1)] if isinstance(value, list) else []
    assert json.loads(spliced(text, edits)) == applied(data, edits)


def test_a_damaged_file_is_left_alone() -> None:
    path = Path("cut.jsonl.gz")
    path.write_bytes(gzip.compress(b'{"a": 1}\n' * 1000)[:-9])
    with pytest.raises(UnwritableError, match="cannot be changed: the file is damaged"):
        rewritten(str(path), Change(frozenset({0})), state_of(str(path)))
    assert list(Path().glob(".contralint-*")) == []


def test_what_would_read_otherwise_is_not_written() -> None:
    path = Path("columns.json")
    path.write_text('{"a": [1, 2], "b": ["x", "y"]}')  # without rows, this reads as one row that has two empty lists
    with pytest.raises(UnwritableError, match="would not read as it is meant to"):
        rewritten(str(path), Change(frozenset({0, 1})), state_of(str(path)))


def test_rights_and_links_stay() -> None:
    Path("real.jsonl").write_text('{"a": 1}\n{"b": 2}\n')
    Path("real.jsonl").chmod(0o640)
    Path("link.jsonl").symlink_to("real.jsonl")
    rewritten("link.jsonl", Change(frozenset({0})), state_of("link.jsonl")).replace()
    assert Path("link.jsonl").is_symlink()
    assert Path("real.jsonl").read_text() == '{"b": 2}\n'
    assert Path("real.jsonl").stat().st_mode & 0o777 == 0o640


def test_compression_is_the_same_on_every_run() -> None:
    path = Path("data.jsonl.gz")
    written = []
    for _ in range(2):
        path.write_bytes(gzip.compress(b'{"a": 1}\n{"b": 2}\n'))
        rewritten(str(path), Change(frozenset({0})), state_of(str(path))).replace()
        written.append(path.read_bytes())
    assert written[0] == written[1]
    assert gzip.decompress(written[0]) == b'{"b": 2}\n'
