"""Scanning again after a change gives what scanning everything gives."""

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from linting import example_rows

from contralint import readers
from contralint.config import Config
from contralint.errors import UsageError
from contralint.incremental import rescan
from contralint.linter import Linter

Row = dict[str, Any]


ROWS = example_rows()


def write(path: Path, rows: Sequence[Row]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def whole(paths: list[str]) -> dict[str, Any]:
    return Linter(Config(cache=False, select=["ALL"])).lint_paths(paths).to_dict()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def cached(folder: Path) -> Linter:
    return Linter(Config(cache_dir=str(folder / "cache"), select=["ALL"]))


class Scans:
    """Counts scans of everything."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.whole = 0
        scan = rescan._whole

        def counted(*arguments: Any) -> Any:  # noqa: ANN401 - whatever the function takes
            self.whole += 1
            return scan(*arguments)

        monkeypatch.setattr(rescan, "_whole", counted)


@pytest.fixture
def scans(monkeypatch: pytest.MonkeyPatch) -> Scans:
    return Scans(monkeypatch)


Edit = tuple[str, int, int]
edits = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "repeat", "answer", "move", "break"]), st.integers(0), st.integers(0)),
    min_size=1,
    max_size=4,
)


def edited(rows: list[Any], edit: Edit) -> list[Any]:
    what, one, other = edit
    at, source = one % len(rows), other % len(rows)
    if what == "add":
        return [*rows[:at], ROWS[other % len(ROWS)], *rows[at:]]
    if what == "remove":
        return [*rows[:at], *rows[at + 1 :]] or rows
    if what == "repeat":
        return [*rows, rows[at]]
    if what == "move":
        return [*rows[at:], *rows[:at]]
    if what == "break":
        return [*rows[:at], {"shapeless": one % 3}, *rows[at:]]
    merged = {
        **rows[at],
        **{key: rows[source][key] for key in ("output", "completion", "answer") if key in rows[source]},
    }
    return [*rows[:at], merged, *rows[at + 1 :]]


@settings(
    max_examples=8, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    start=st.lists(st.integers(0, len(ROWS) - 1), min_size=20, max_size=40),
    rounds=st.lists(edits, min_size=1, max_size=3),
)
def test_after_any_edits_a_rescan_tells_what_a_scan_of_everything_tells(
    start: list[int], rounds: list[list[Edit]], folder: Path, cached: Linter
) -> None:
    rows: list[Any] = [ROWS[at] for at in start]
    for changes in [[], *rounds]:
        for change in changes:
            rows = edited(rows, change)
        write(folder / "a.jsonl", rows[::2])
        write(folder / "b.jsonl", rows[1::2] or rows)
        assert cached.lint_paths(["a.jsonl", "b.jsonl"]).to_dict() == whole(["a.jsonl", "b.jsonl"])


def test_a_small_change_scans_no_more_than_it_touches(folder: Path, cached: Linter, scans: Scans) -> None:
    write(folder / "a.jsonl", ROWS)
    cached.lint_paths(["a.jsonl"])
    assert scans.whole == 1
    write(folder / "a.jsonl", [*ROWS[:50], {"instruction": "What is 2 + 2?", "output": "5"}, *ROWS[50:]])
    report = cached.lint_paths(["a.jsonl"]).to_dict()
    assert scans.whole == 1
    assert report == whole(["a.jsonl"])


def test_other_settings_and_other_rules_are_scanned_anew(folder: Path, scans: Scans) -> None:
    write(folder / "a.jsonl", ROWS[:30])
    for number, select in enumerate((["CL1"], ["CL1"], ["CL2"])):
        Linter(Config(cache_dir="cache", select=select)).lint_paths(["a.jsonl"])
        assert scans.whole == (1, 1, 2)[number]


def test_what_was_kept_in_part_is_not_believed(folder: Path, cached: Linter, scans: Scans) -> None:
    write(folder / "a.jsonl", ROWS[:60])
    cached.lint_paths(["a.jsonl"])
    import sqlite3

    with closing(sqlite3.connect(folder / "cache" / "scans.sqlite")) as connection, connection:
        connection.execute(
            "DELETE FROM entries WHERE rowid IN (SELECT rowid FROM entries WHERE space = 'parts' LIMIT 3)"
        )
    write(folder / "a.jsonl", ROWS[:61])
    assert cached.lint_paths(["a.jsonl"]).to_dict() == whole(["a.jsonl"])
    assert scans.whole == 2


def test_what_changed_while_it_was_read_is_not_kept(
    folder: Path, cached: Linter, scans: Scans, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "a.jsonl", ROWS[:20])
    read = readers.read

    def meddled(path: str) -> Any:  # noqa: ANN401 - rows
        write(folder / "a.jsonl", ROWS[10:30])
        return read(path)

    monkeypatch.setattr(rescan, "read", meddled)
    with pytest.raises(UsageError, match=r"^a.jsonl: changed while it was read: scan it again$"):
        cached.lint_paths(["a.jsonl"])
    monkeypatch.setattr(rescan, "read", read)
    write(folder / "a.jsonl", ROWS[:20])
    assert cached.lint_paths(["a.jsonl"]).to_dict() == whole(["a.jsonl"])
    assert scans.whole == 2


def test_a_file_that_is_cut_while_it_is_read_is_one_clear_line(
    folder: Path, cached: Linter, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "a.jsonl", ROWS[:20])
    cached.lint_paths(["a.jsonl"])
    write(folder / "a.jsonl", ROWS[:21])
    monkeypatch.setattr(rescan, "read_some", lambda *_: iter(()))
    with pytest.raises(UsageError, match="changed while it was read"):
        cached.lint_paths(["a.jsonl"])


def test_when_nothing_changed_no_model_is_loaded(folder: Path) -> None:
    write(folder / "a.jsonl", ROWS[:60])
    script = (
        "import sys; from contralint.cli import main; main(['scan', 'a.jsonl', '--cache-dir', 'cache', '-q'])\n"
        "print([name for name in ('onnxruntime', 'faiss', 'tokenizers') if name in sys.modules], file=sys.stderr)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True) for _ in range(2)
    ]
    assert "onnxruntime" in runs[0].stderr
    assert runs[1].stderr.strip() == "[]"
    assert runs[0].stdout == runs[1].stdout
