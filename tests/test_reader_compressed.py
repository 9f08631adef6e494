from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from contralint.readers import Row, Unreadable, compressed, digest, digests, read
from contralint.readers.compressed import open_bytes

LINES = b"".join(b'{"number": %d}\n' % number for number in range(20_000))
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": lambda content: zstandard.ZstdCompressor().compress(content),
}
each_packer = pytest.mark.parametrize("kind", sorted(PACKERS))


def rows_of(tmp_path: Path, name: str, content: bytes) -> list[Row | Unreadable]:
    (tmp_path / name).write_bytes(content)
    return list(read(str(tmp_path / name)))


@each_packer
def test_compressed_rows_are_read(tmp_path: Path, kind: str) -> None:
    rows = rows_of(tmp_path, f"rows.JSONL{kind}", PACKERS[kind](LINES))
    assert [row.data for row in rows if isinstance(row, Row)] == [{"number": number} for number in range(20_000)]


@each_packer
def test_parts_packed_one_by_one_are_read_on(tmp_path: Path, kind: str) -> None:
    rows = rows_of(tmp_path, f"rows.csv{kind}", PACKERS[kind](b"a\n1\n") + PACKERS[kind](b"2\n"))
    assert [row.data for row in rows if isinstance(row, Row)] == [{"a": "1"}, {"a": "2"}]


@each_packer
def test_rows_before_a_cut_are_kept(tmp_path: Path, kind: str) -> None:
    packed = PACKERS[kind](LINES)
    rows = rows_of(tmp_path, f"rows.jsonl{kind}", packed[: len(packed) * 3 // 4])
    *before, cut = rows
    assert isinstance(cut, Unreadable)
    assert "damaged from here on" in cut.reason
    assert all(isinstance(row, Row) for row in before)
    assert before or kind == ".bz2"  # which packs all of this into one block
    assert (cut.index, cut.line) == (len(before), len(before) + 1)


@each_packer
@pytest.mark.parametrize("format_name", ["jsonl", "json", "csv"])
def test_a_file_that_is_not_what_its_name_says_is_one_unreadable_row(
    tmp_path: Path, kind: str, format_name: str
) -> None:
    (found,) = rows_of(tmp_path, f"rows.{format_name}{kind}", b'{"a": 1}\n{"a": 2}\n')
    assert isinstance(found, Unreadable)
    assert (found.index, found.line, found.column) == (0, 1, 1)


@each_packer
def test_the_content_tells_where_the_name_does_not(tmp_path: Path, kind: str) -> None:
    (found,) = rows_of(tmp_path, "rows.jsonl", PACKERS[kind](b'{"a": 1}\n'))
    assert isinstance(found, Row)
    assert found.data == {"a": 1}


def test_a_bomb_comes_in_small_pieces(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zst"
    path.write_bytes(zstandard.ZstdCompressor().compress(b"\0" * (64 << 20)))
    stream = open_bytes(path, ".zst")
    with stream:
        sizes = [len(piece) for piece in iter(lambda: stream.read(1 << 16), b"")]
    assert sum(sizes) == 32 << 20
    assert max(sizes) <= 1 << 16
    assert stream.failure == "the file is damaged from here on: it unpacks to more than 500 times its size"


MADE = b'{"text": "a", "label": "b"}\n' * 200_000  # 5.6 MB, of which a few kilobytes are left


@each_packer
def test_what_unpacks_without_end_is_read_to_a_point(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compressed, "_HARMLESS", 1 << 20)
    monkeypatch.setattr(compressed, "_BOMB", 50)
    *before, end = rows_of(tmp_path, f"bomb.jsonl{kind}", PACKERS[kind](MADE))
    assert isinstance(end, Unreadable)
    assert end.reason == "the file is damaged from here on: it unpacks to more than 50 times its size"
    assert 10_000 < len(before) < 200_000
    assert all(isinstance(row, Row) for row in before)


@each_packer
def test_rows_that_are_much_alike_are_no_bomb(tmp_path: Path, kind: str) -> None:
    rows = rows_of(tmp_path, f"alike.jsonl{kind}", PACKERS[kind](MADE))
    assert len(rows) == 200_000
    assert all(isinstance(row, Row) for row in rows)


def test_a_line_too_long_to_hold_has_a_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "_PIECE", 16)
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n' + '{"a": "' + "x" * 100 + '"}\n' + " \n" + '{"b": 2222222}')
    first = digests(str(path))
    path.write_text('{"a": 1}\n' + '{"a": "' + "x" * 101 + '"}\n' + " \n" + '{"b": 2222222}')
    second = digests(str(path))
    assert [one == other for one, other in zip(first, second, strict=True)] == [True, False, True]
