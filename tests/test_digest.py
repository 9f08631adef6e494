"""Which rows are told to be the same, and that as many are told as are read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contralint.readers import digests, read, read_some

LINES = st.lists(
    st.sampled_from([b'{"a": 1}', b'{"a":1}', b"", b"  ", b"\r", b"broken", b"\xff", b'"\xc3\xa9"', b"\t"])
)


@given(lines=LINES, mark=st.sampled_from([b"", b"\xef\xbb\xbf"]), last=st.sampled_from([b"", b"\n", b"\r\n"]))
def test_every_row_has_one_digest(
    lines: list[bytes], mark: bytes, last: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("rows") / "a.jsonl"
    path.write_bytes(mark + b"\n".join(lines) + last)
    rows = list(read(str(path)))
    found = digests(str(path))
    assert len(found) == len(rows)
    texts = [line.rstrip(b"\r\n") for line in lines if line.strip(b" \t\r\n")]
    assert [one == other for one in found for other in found] == [one == other for one in texts for other in texts]
    wanted = set(range(0, len(rows), 2))
    assert list(read_some(str(path), wanted)) == rows[::2]


def test_a_table_tells_its_rows_apart_by_what_they_hold(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("instruction,output\nx,y\n")
    (tmp_path / "b.csv").write_text("instruction,answer\nx,y\n")
    (tmp_path / "c.csv").write_text('"instruction","output"\r\n"x","y"\r\n')
    first, second, third = (digests(str(tmp_path / name)) for name in ("a.csv", "b.csv", "c.csv"))
    assert first == third != second
