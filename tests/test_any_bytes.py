"""Whatever bytes a file holds, a scan ends, and accounts for every row."""

from __future__ import annotations

from pathlib import Path

import pytest
from damage import GOOD, OTHER, adds_up, scan
from hypothesis import given
from hypothesis import strategies as st
from linting import linter

from contralint.errors import UsageError
from contralint.readers import read
from contralint.reports import REPORTERS, RenderOptions

NAMES = ["a.jsonl", "a.json", "a.csv", "a.tsv", "a.jsonl.gz", "a.txt"]
PIECES = [
    GOOD.encode(),
    OTHER.encode(),
    b"[",
    b"]",
    b",",
    b"{",
    b'"',
    b"\n",
    b"\\",
    b"\0",
    b"\xff\xfe",
    b"text,label\n",
]


@given(name=st.sampled_from(NAMES), content=st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=8))
def test_no_bytes_crash_a_scan(tmp_path_factory: pytest.TempPathFactory, name: str, content: list[bytes]) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(b"".join(content))
    rows = list(read(str(path)))
    if not rows:
        with pytest.raises(UsageError, match="nothing to scan"):
            scan(path)
        return
    report = scan(path)
    assert report.summary.rows == len(rows)
    assert adds_up(report)
    assert all(found.primary.line >= 1 and found.primary.column >= 1 for found in report.diagnostics)
    for reporter in REPORTERS.values():
        assert "".join(reporter(report, linter().rules, RenderOptions())).encode() is not None


def test_a_cut_anywhere_loses_no_row(tmp_path: Path) -> None:
    whole = (GOOD + OTHER + GOOD).encode()
    for cut in range(1, len(whole), 7):
        (tmp_path / "a.jsonl").write_bytes(whole[:cut])
        report = scan(tmp_path / "a.jsonl")
        assert report.summary.rows == whole[:cut].rstrip().count(b"\n") + 1
        assert adds_up(report)
