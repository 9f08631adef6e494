"""What goes wrong under a scan: disks, caches, clocks, files. Each is told in one line, and nothing wrong believed."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from linting import alpaca, example_rows, shared_rules, write
from process import PROGRAM, run, shell, variables

from contralint.cache import Store
from contralint.config import Config
from contralint.errors import UsageError
from contralint.files import replace, replacing
from contralint.linter import Linter
from contralint.llm.cache import ReplyCache

ROWS = example_rows("CL1") + example_rows("CL3")
CACHE = Path("cache/scans.sqlite")
FULL = "No space left on device"
READ_ONLY = "Read-only file system"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(tmp_path / "a.jsonl", ROWS).parent


class Meddler:
    """Progress that does something when a stage begins."""

    def __init__(self, stage: str, meddle: Callable[[], object]) -> None:
        self._stage = stage
        self._meddle = meddle
        self.met = 0

    def stage(self, name: str, total: int | None) -> None:  # noqa: ARG002 - as `Progress`
        if name == self._stage:
            self.met += 1
            self._meddle()

    def advance(self, count: int) -> None:
        """Does nothing."""


def scanned(progress: Meddler | None = None, **settings: Any) -> dict[str, Any]:  # noqa: ANN401 - settings of any type
    """A report, without its notes; and each scan loads its own cache."""
    made = Linter(Config(**{"cache_dir": "cache", **settings}), progress=progress, rules=shared_rules())
    return made.lint_paths(["a.jsonl"]).to_dict()


def without_notes(report: dict[str, Any]) -> dict[str, Any]:
    return {**report, "summary": {**report["summary"], "notes": []}}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = write(tmp_path_factory.mktemp("calm") / "a.jsonl", ROWS)
    before = Path.cwd()
    os.chdir(path.parent)
    report = scanned(cache=False)
    os.chdir(before)
    assert len(report["diagnostics"]) > 5
    return report


def cut_in_half() -> None:
    os.truncate(CACHE, CACHE.stat().st_size // 2)


def overwritten() -> None:
    CACHE.write_bytes(b"no cache at all\n" * 1000)


def turned() -> None:
    """Each hundredth byte past the head, where pages of values lie."""
    content = bytearray(CACHE.read_bytes())
    for at in range(5000, len(content), 100):
        content[at] ^= 0xFF
    CACHE.write_bytes(content)


def removed() -> None:
    shutil.rmtree("cache")


def a_folder_now() -> None:
    removed()
    CACHE.mkdir(parents=True)


@pytest.mark.parametrize("harm", [cut_in_half, overwritten, turned, removed, a_folder_now])
def test_a_cache_harmed_under_a_scan_changes_no_report(harm: Callable[[], None], expected: dict[str, Any]) -> None:
    scanned()
    write(Path("a.jsonl"), ROWS[:-1])
    scanned()
    write(Path("a.jsonl"), ROWS)
    meddler = Meddler("reading", harm)
    assert without_notes(scanned(meddler)) == expected
    harmed_later = Meddler("comparing answers", harm)
    write(Path("a.jsonl"), [*ROWS])
    assert without_notes(scanned(harmed_later)) == expected
    assert meddler.met == 1
    assert without_notes(scanned()) == expected


def test_a_value_under_the_key_of_another_is_not_believed() -> None:
    store = Store(CACHE)
    store.put("a", {b"one": b"1", b"two": b"2"})
    with closing(sqlite3.connect(CACHE)) as connection, connection:
        keys = [key for (key,) in connection.execute("SELECT key FROM entries")]
        connection.execute("UPDATE entries SET key = x'00' WHERE key = ?", (keys[0],))
        connection.execute("UPDATE entries SET key = ? WHERE key = ?", (keys[0], keys[1]))
        connection.execute("UPDATE entries SET key = ? WHERE key = x'00'", (keys[1],))
    assert store.get("a", [b"one", b"two"]) == {}


def test_a_damaged_cache_that_may_not_be_removed_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    CACHE.parent.mkdir()
    overwritten()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    store = Store(CACHE)
    assert store.get("a", [b"one"]) == {}
    store.put("a", {b"one": b"1"})
    (note,) = store.take_notes()
    assert "cannot be used" in note


@pytest.mark.parametrize("now", [0.0, 1.0e9, 4.0e9], ids=["never set", "set back", "far ahead"])
def test_a_clock_that_is_wrong_changes_nothing(
    now: float, expected: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned()
    monkeypatch.setattr("time.time", lambda: now)
    write(Path("a.jsonl"), ROWS[:-1])
    scanned()
    write(Path("a.jsonl"), ROWS)
    assert scanned() == expected


def test_two_scans_at_once_share_a_cache(expected: dict[str, Any]) -> None:
    command = [*PROGRAM, "scan", "a.jsonl", "--format", "json", "--cache-dir", "cache", "--exit-zero"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, env=variables()) for _ in range(2)]
    assert [json.loads(one.communicate()[0]) for one in both] == [expected, expected]
    assert scanned() == expected


@pytest.mark.parametrize("stage", ["reading", "comparing answers"])
@pytest.mark.parametrize("cache", [True, False])
def test_a_file_that_changes_while_it_is_read_is_refused(stage: str, cache: bool) -> None:
    grown = Meddler(stage, lambda: write(Path("a.jsonl"), [*ROWS, *ROWS[:1]]))
    with pytest.raises(UsageError, match=r"^a\.jsonl: changed while it was read: scan it again$"):
        scanned(grown, cache=cache)
    cut = Meddler(stage, lambda: os.truncate("a.jsonl", 300))
    with pytest.raises(UsageError, match=r"^a\.jsonl: changed while it was read: scan it again$"):
        scanned(cut, cache=cache)
    gone = Meddler(stage, Path("a.jsonl").unlink)
    with pytest.raises(UsageError, match=r"^a\.jsonl: changed while it was read: scan it again$"):
        scanned(gone, cache=cache)


CUT = """
import os, pyarrow, sys
from contralint.readers import read
table = pyarrow.table({"instruction": [str(number) for number in range(300_000)], "output": ["Hello."] * 300_000})
new = pyarrow.ipc.new_file if sys.argv[1] == "file" else pyarrow.ipc.new_stream
with pyarrow.OSFile("a.arrow", "wb") as sink, new(sink, table.schema) as writer:
    writer.write_table(table, max_chunksize=1000)
rows = read("a.arrow")
next(rows)
os.truncate("a.arrow", 100_000)
print(list(rows)[-1])
"""


@pytest.mark.parametrize("form", ["file", "stream"])
def test_a_table_that_is_cut_while_it_is_read_ends_no_process(form: str, folder: Path) -> None:
    command = [PROGRAM[0], "-c", CUT, form]
    told = subprocess.run(command, cwd=folder, env=variables(), capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    # A stream that ends between two batches looks whole; a scan notices that the file changed.
    assert form == "stream" or told.stdout.startswith("Unreadable")


def test_replies_that_cannot_be_kept_are_told(folder: Path) -> None:
    cache = ReplyCache(folder / "replies.sqlite")
    cache.put("question", "reply")
    (folder / "replies.sqlite").write_bytes(b"garbage" * 1000)
    for work in (partial(cache.get, "question"), partial(cache.put, "another", "reply")):
        with pytest.raises(UsageError, match=r"replies\.sqlite: the replies .* cannot be kept there"):
            work()


def broken_off() -> Iterator[bytes]:
    yield b"half of" * 9000
    raise UsageError("the other half cannot be made")


def test_a_file_keeps_what_it_held_where_the_new_is_not_complete(folder: Path) -> None:
    path = folder / "report.json"
    path.write_bytes(b"old")
    with pytest.raises(UsageError), replacing(path) as file:
        file.writelines(broken_off())
    assert path.read_bytes() == b"old"
    assert sorted(found.name for found in folder.iterdir()) == ["a.jsonl", "report.json"]


def test_who_replace_a_file_at_once_wait_for_each_other(folder: Path) -> None:
    path = folder / "known.jsonl"
    texts = [bytes([letter]) * 100_000 for letter in b"abcdefgh"]
    with ThreadPoolExecutor(len(texts)) as pool:
        list(pool.map(partial(replace, path), texts * 5))
    assert path.read_bytes() in texts
    assert sorted(found.name for found in folder.iterdir()) == ["a.jsonl", "known.jsonl"]


def test_a_full_disk_is_told_where_a_report_goes(folder: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    told = run("scan", "a.jsonl", "--select", "CL003", "-o", "/dev/full", "--no-cache", cwd=folder)
    assert (told.returncode, told.stderr) == (2, f"contralint: error: cannot write /dev/full: {FULL}\n")


# A disk of its own, that ends with the shell: nobody needs rights for it where the system has user namespaces.
DISK = "mount -t tmpfs -o size={size} none disk && cp a.jsonl disk && cd disk || exit 9\n"
RULES = "--select CL003,CL004 --isolated"


def on_a_disk(folder: Path, script: str, size: str) -> list[str]:
    """What a script tells on a small disk, its lines of standard error among them."""
    (folder / "disk").mkdir()
    inner = f'contralint() {{ "{PROGRAM[0]}" -m contralint "$@"; }}\n{DISK.format(size=size)}{script}'
    (folder / "script.sh").write_text(inner)
    told = shell("unshare -rm bash script.sh 2>&1", folder)
    if not (folder / "calm.json").exists():
        pytest.skip("needs user namespaces, and a disk in memory")
    return told.stdout.splitlines()


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare")
@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (
            "cat /dev/zero > rest 2>/dev/null",
            [
                f"contralint: error: cannot write report.json: {FULL}",
                f"contralint: error: known.jsonl: the baseline cannot be written: {FULL}",
                rf"contralint: error: a\.jsonl.*: {FULL}",
            ],
        ),
        (
            "mount -o remount,ro .",
            [
                "contralint: error: cannot write report.json: no such folder, or it may not be written",
                f"contralint: error: known.jsonl: the baseline cannot be written: {READ_ONLY}",
                r"left: a\.jsonl:1: CL003 \w+: a\.jsonl is not changed: it may not be written",
            ],
        ),
    ],
    ids=["full", "read-only"],
)
def test_disks_that_take_nothing(harm: str, told: list[str], folder: Path) -> None:
    """What is there stays as it is, nothing half written is left, and a scan does without its cache."""
    write(folder / "a.jsonl", [alpaca("Name a season.", "")])
    script = f"""
        contralint scan a.jsonl {RULES} --format json -o ../calm.json --no-cache --exit-zero
        echo '{{"contralint-baseline":1}}' | tee report.json known.jsonl > ../old
        {harm}
        contralint scan a.jsonl {RULES} --format json --cache-dir . --exit-zero > ../wild.json
        contralint scan a.jsonl {RULES} --no-cache -o report.json
        contralint baseline a.jsonl {RULES} --no-cache -o known.jsonl
        contralint fix a.jsonl {RULES} --no-cache --strategy drop-both --apply
        for file in report.json known.jsonl; do cmp $file ../old; done; cmp a.jsonl ../a.jsonl
        ls -A | grep -v -e rest -e scans.sqlite
    """
    lines = on_a_disk(folder, script, "200k")
    *errors, data, baseline, report = (line for line in lines if "conflict" not in line)
    assert [data, baseline, report] == ["a.jsonl", "known.jsonl", "report.json"]
    assert len(errors) == len(told)
    assert all(map(re.fullmatch, told, errors)), errors
    wild, calm = (json.loads((folder / name).read_text()) for name in ("wild.json", "calm.json"))
    assert wild["diagnostics"] == calm["diagnostics"]
    assert "cannot be used" in str(wild["summary"]["notes"])
