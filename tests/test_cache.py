"""The store: what is kept, what is forgotten, and that nothing damaged is believed."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from contralint.cache import Store, digest
from contralint.cli import main
from contralint.config import Config
from contralint.linter import Linter
from contralint.models.cached import CachedEncoder
from contralint.models.encoder import HashEncoder

ROWS = [
    {"instruction": "What is the capital of Australia?", "output": "Canberra."},
    {"instruction": "What is the capital of Australia?", "output": "Sydney."},
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "scans.sqlite"


def test_spaces_do_not_touch_each_other(path: Path) -> None:
    Store(path).put("a", {b"key": b"one"})
    Store(path).put("b", {b"key": b"two", b"other": b""})
    assert Store(path).get("a", [b"key", b"other"]) == {b"key": b"one"}
    assert Store(path).get("b", [b"key", b"other"]) == {b"key": b"two", b"other": b""}


@given(values=st.dictionaries(st.binary(max_size=8), st.binary(max_size=8), max_size=2000))
def test_what_is_put_is_got(values: dict[bytes, bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    store = Store(tmp_path_factory.mktemp("store") / "s.sqlite")
    store.put("a", values)
    assert store.get("a", list(values)) == values
    assert store.take_notes() == ()


def test_a_damaged_value_is_not_believed(path: Path) -> None:
    store = Store(path)
    store.put("a", {b"key": b"a long enough value"})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE entries SET value = CAST('abcd long enough value' AS BLOB)")
    assert store.get("a", [b"key"]) == {}


@pytest.mark.parametrize("garbage", [b"garbage" * 100, b"SQLite format 3\0" + bytes(5000), b""])
def test_a_file_that_is_no_store_is_begun_anew(path: Path, garbage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(garbage)
    store = Store(path)
    store.get("a", [b"key"])
    store.put("a", {b"key": b"value"})
    assert store.get("a", [b"key"]) == {b"key": b"value"}


def test_a_store_of_another_version_is_begun_anew(path: Path) -> None:
    Store(path).put("a", {b"key": b"value"})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    assert Store(path).get("a", [b"key"]) == {}


def test_a_store_removed_between_calls_comes_back(path: Path) -> None:
    store = Store(path)
    store.put("a", {b"key": b"value"})
    path.unlink()
    assert store.get("a", [b"key"]) == {}
    store.put("a", {b"key": b"again"})
    assert store.get("a", [b"key"]) == {b"key": b"again"}


def test_where_nothing_can_be_kept_it_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file" / "scans.sqlite")
    store.put("a", {b"key": b"value"})
    assert store.get("a", [b"key"]) == {}
    assert len(store.take_notes()) == 1
    assert store.take_notes() == ()


def test_what_was_not_used_for_longest_goes_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(path, limit=200_000)
    for day in range(60):
        monkeypatch.setattr("contralint.cache.store._today", lambda day=day: day)
        store.put("a", {digest(str(day)): bytes(10_000)})
        assert store.get("a", [digest("0")]), "what is used every day stays"
    kept = store.get("a", [digest(str(day)) for day in range(60)])
    assert digest("59") in kept
    assert digest("1") not in kept
    assert store.size() < 300_000


def test_many_processes_may_write_at_once(path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from contralint.cache import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(30): store.put('a', {f'{sys.argv[2]}-{n}'.encode(): sys.argv[2].encode()})\n"
        "assert not store.take_notes()"
    )
    writers = [subprocess.Popen([sys.executable, "-c", script, str(path), str(number)]) for number in range(6)]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 6
    keys = [f"{number}-{n}".encode() for number in range(6) for n in range(30)]
    assert Store(path).get("a", keys) == {key: key[:1] for key in keys}


class Counting(HashEncoder):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        self.texts += texts
        return super().encode(texts, progress)


@given(first=st.lists(st.text(), max_size=5), second=st.lists(st.text(), max_size=5))
def test_vectors_are_the_same_whether_kept_or_not(
    first: list[str], second: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store, inner = Store(tmp_path_factory.mktemp("store") / "s.sqlite"), Counting()
    cached = CachedEncoder(inner.dimension, inner.fingerprint, store, lambda: inner)
    np.testing.assert_array_equal(cached.encode(first), HashEncoder().encode(first))
    np.testing.assert_array_equal(cached.encode(second), HashEncoder().encode(second))
    assert set(inner.texts) == {*first, *second}
    asked_again = [text for text in second if text in first]
    assert all(inner.texts.count(text) <= max(first.count(text), second.count(text)) for text in asked_again)


def test_a_scan_is_the_same_with_a_warm_cache_and_without_one(tmp_path: Path) -> None:
    kept = Config(cache_dir=str(tmp_path))
    reports = [Linter(config).lint_rows(ROWS).to_dict() for config in (kept, kept, Config(cache=False))]
    assert reports[0] == reports[1] == reports[2]
    assert reports[0]["diagnostics"]


def test_the_command_shows_and_clears(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "kept")
    Linter(Config(cache_dir=folder)).lint_rows(ROWS)
    assert main(["cache", "info", "--cache-dir", folder]) == 0
    assert "judged" in capsys.readouterr().out
    assert main(["cache", "clear", "--cache-dir", folder]) == 0
    assert "removed" in capsys.readouterr().out
    assert main(["cache", "clear", "--cache-dir", folder]) == 0
    assert "no cache" in capsys.readouterr().out


def test_without_a_cache_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    (tmp_path / "a.jsonl").write_text('{"instruction": "Say hi", "output": "Hi."}\n')
    assert main(["scan", str(tmp_path / "a.jsonl"), "--no-cache"]) == 0
    assert not (tmp_path / "kept").exists()
