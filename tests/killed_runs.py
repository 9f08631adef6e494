"""Kills scans, baselines and fixes at random moments; looks each time what is left, and what the next run makes of it.

    python tests/killed_runs.py FOLDER TIMES

Each killed run is a process of its own, with the cache that all those before it left. What is told is compared with
runs that nothing disturbed, and that have a cache of their own.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from linting import example_rows, jsonl
from process import variables

from contralint.cli import main as contralint

COMMANDS = [
    ["scan", "data", "--format", "json", "-o", "report.json", "--exit-zero"],
    ["baseline", "data", "-o", "known.jsonl"],
    ["fix", "data", "--strategy", "keep-majority", "--severity", "note", "--apply", "--allow-dirty"],
]
NOTHING = b'{"contralint-baseline":1}\n'  # what a report and a baseline hold before
FORGETTING = 0.3  # share of the runs that find no cache
# Killed is what does the work: what takes a second to be imported is there before.
PROGRAM = (
    "import sys, contralint.linter, contralint.resolve, contralint.cli as cli; print('go', flush=True)\n"
    "sys.exit(cli.main(sys.argv[1:]))"
)

Files = tuple[tuple[str, bytes], ...]
Contents = dict[str, bytes]


@dataclass
class Tally:
    """How many runs were killed, how many came to their end before, and how many seconds they may have."""

    killed: int = 0
    ended: int = 0
    longest: float = 1.0


def main(folder: str, times: str) -> None:
    calm, wild = (Path(folder).resolve() / name for name in ("calm", "wild"))
    chance, tally = random.Random(0), Tally()
    undisturbed = cache(partial(_undisturbed, calm))
    while tally.killed < int(times):
        turn = tally.killed + tally.ended
        command, version = turn % len(COMMANDS), turn // len(COMMANDS) % 2
        _enter(wild)
        before = _laid_out(_dataset(version))
        if chance.random() < FORGETTING:
            shutil.rmtree("cache", ignore_errors=True)
        _kill(COMMANDS[command], chance.random(), tally)
        left = _files()
        after = undisturbed(before, command)
        _look(dict(before), dict(left), dict(after))
        # A fix that is done may find more to do in what it made: the next run is right if it does what any run would.
        expected = undisturbed(left, command)
        os.chdir(wild)
        _run(COMMANDS[command])
        assert _whole(_files()) == _whole(expected), tally
    sys.stdout.write(f"{tally.killed} kills ({tally.ended} runs ended before), nothing lost, all next runs right\n")


def _undisturbed(folder: Path, files: Files, command: int) -> Files:
    """What a command makes of some files."""
    _enter(folder)
    _laid_out(files)
    _run(COMMANDS[command])
    return _files()


def _enter(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
    Path("contralint.toml").write_text('cache-dir = "cache"\njobs = 1\n')


def _dataset(version: int) -> Files:
    """Two files, one of which grows by a row, and what is there of earlier runs."""
    rows = example_rows()
    return (
        ("data/a.jsonl", jsonl(rows[: 100 + version]).encode()),
        ("data/b.json", json.dumps(rows[101:], indent=1).encode()),
        ("known.jsonl", NOTHING),
        ("report.json", NOTHING),
    )


def _laid_out(files: Files) -> Files:
    shutil.rmtree("data", ignore_errors=True)
    Path("data").mkdir()
    for path, content in files:
        Path(path).write_bytes(content)
    return _files()


def _files() -> Files:
    """What there is, but for what is made beside a file, and never read."""
    found = [*Path("data").iterdir(), Path("known.jsonl"), Path("report.json")]
    return tuple((str(path), path.read_bytes()) for path in sorted(found) if not path.name.startswith(".contralint-"))


def _run(command: list[str]) -> None:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as complaints:
        status = contralint([*command])
    assert status in (0, 1), complaints.getvalue()
    assert "cache" not in complaints.getvalue(), complaints.getvalue()


def _kill(command: list[str], moment: float, tally: Tally) -> None:
    """Starts a command, and kills it at some moment between its start and its end."""
    silent = subprocess.DEVNULL
    start = [sys.executable, "-c", PROGRAM, *command]
    with subprocess.Popen(start, stdout=subprocess.PIPE, stderr=silent, env=variables()) as process:
        assert process.stdout
        assert process.stdout.readline() == b"go\n"
        began = time.monotonic()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moment * tally.longest)
        process.send_signal(signal.SIGKILL)
    if process.returncode == -signal.SIGKILL:
        tally.killed += 1
        tally.longest *= 1.05  # so that the last steps of a run are met as well
    else:
        tally.ended += 1
        tally.longest = time.monotonic() - began


def _look(before: Contents, now: Contents, after: Contents) -> None:
    """Each file is as it was or as it is to be, and no row is gone that was not put aside."""
    for path in {*before, *now} - {path for path in now if path.endswith(".dropped.jsonl")}:
        assert now[path] in (before[path], after.get(path)), path
    for path in ("data/a.jsonl", "data/b.json"):
        assert not _rows(before[path]) - _rows(now[path]) - _dropped(now.get(f"{path}.dropped.jsonl", b"")), path
    if Path("cache/scans.sqlite").exists():
        connection = sqlite3.connect("cache/scans.sqlite")
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()


def _rows(content: bytes) -> Counter[str]:
    listed = json.loads(content) if content.startswith(b"[") else map(json.loads, content.splitlines())
    return Counter(json.dumps(row, sort_keys=True) for row in listed)


def _dropped(content: bytes) -> Counter[str]:
    return Counter(json.dumps(json.loads(line)["row"], sort_keys=True) for line in content.splitlines())


def _whole(files: Files) -> Contents:
    """Files to compare: rows are put aside in the order in which they are dropped."""
    return {path: b"\n".join(sorted(text.splitlines())) if "dropped" in path else text for path, text in files}


if __name__ == "__main__":
    main(*sys.argv[1:])
