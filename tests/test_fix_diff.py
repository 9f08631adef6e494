"""Diffs are what git takes: applied to the old file, they give the new one."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from fixing import rewritten_bytes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from repositories import environment

from contralint.readers.source import open_source
from contralint.resolve.change import Change, Put
from contralint.resolve.diff import unified
from contralint.resolve.pieces import Piece, pieces


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def as_json(style: str, count: int) -> str:
    rows = [{"n": number, "text": f"row {number}"} for number in range(count)]
    if style == "lines":
        return "".join(f"{json.dumps(row)}\n" for row in rows)
    return json.dumps(rows, indent={"pretty": 2}.get(style))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    style=st.sampled_from(["lines", "pretty", "compact"]),
    count=st.integers(1, 40),
    drops=st.sets(st.integers(0, 39), max_size=6),
    edited=st.sets(st.integers(0, 39), max_size=4),
    ended=st.booleans(),
)
def test_git_applies_it(style: str, count: int, drops: set[int], edited: set[int], ended: bool) -> None:
    path = Path("data.jsonl" if style == "lines" else "data.json")
    path.write_text(as_json(style, count).removesuffix("\n" if ended else ""))
    drops = {row for row in drops if row < count}
    change = Change(frozenset(drops), {row: (Put(("w",), 0.1),) for row in edited if row < count and row not in drops})
    expected = rewritten_bytes(path, change)
    made = "".join(unified(str(path), pieces(open_source(str(path)), change)))
    if expected == path.read_bytes():
        assert made == ""
        return
    patch = ["git", "apply", "--unidiff-zero", "--allow-empty", "-"]
    subprocess.run(
        patch, input=made.encode(), check=True, env=environment(GIT_CEILING_DIRECTORIES=str(Path().resolve().parent))
    )
    assert (path.read_bytes() if path.exists() else b"") == expected


def test_changes_near_each_other_share_a_hunk() -> None:
    lines = [f"{number}\n" for number in range(1, 21)]
    made = [Piece(line, "" if line in ("5\n", "12\n", "20\n") else line) for line in lines]
    assert [line for line in unified("x", made) if line.startswith("@@")] == [
        "@@ -2,14 +2,12 @@\n",
        "@@ -17,4 +15,3 @@\n",
    ]


def test_a_changed_last_line_without_an_end_says_so() -> None:
    made = "".join(unified("x", [Piece("a\n", "a\n"), Piece("b", "c")]))
    end = "\\ No newline at end of file"
    assert made == f"--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n{end}\n+c\n{end}\n"
