"""A cache that somebody else wrote: what cannot be what it is kept as is worked out again."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from linting import alpaca, linter, write

from contralint.cache import store_path

ROWS = [alpaca("Can penguins fly?", "Yes, they can."), alpaca("Can penguins fly?", "No, penguins cannot fly.")]
ROWS += [alpaca("Name a season.", "Winter."), alpaca("name a season", "Winter, as one of four.")]
CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "short": lambda value: value[:-1],
    "long": lambda value: value * 2,
    "noise": lambda value: bytes(255 - byte for byte in value),
    "bomb": lambda _: b"\x28\xb5\x2f\xfd\xe0" + b"\xff" * 7 + b"\x00",
    "nested": lambda _: b"\x91" * 5000,
}


def forged(folder: Path, change: Callable[[bytes], bytes]) -> set[str]:
    """Changes all values of a cache, with sums that are right; the spaces that there are."""
    connection = sqlite3.connect(store_path(folder))
    found = connection.execute("SELECT key, space, value FROM entries").fetchall()
    for key, _, value in found:
        made = change(value[4:])
        connection.execute(
            "UPDATE entries SET value = ? WHERE key = ?", (zlib.crc32(made).to_bytes(4, "little") + made, key)
        )
    connection.commit()
    connection.close()
    return {space for _, space, _ in found}


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_forged_cache_is_not_used(change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("data.jsonl"), ROWS)
    settings = {"cache_dir": str(tmp_path / "cache"), "jobs": 1}
    first = linter(**settings).lint_paths(["data.jsonl"])
    assert forged(tmp_path / "cache", CHANGES[change]) >= {"states", "parts"}
    again = linter(**settings).lint_paths(["data.jsonl"])
    assert again.diagnostics == first.diagnostics
    write(Path("data.jsonl"), [*ROWS, alpaca("Name a tree.", "Oak.")])
    assert [one.rule for one in linter(**settings).lint_paths(["data.jsonl"]).diagnostics] == [
        one.rule for one in first.diagnostics
    ]
