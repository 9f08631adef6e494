"""`contralint scan --watch`: a real process, real changes of files, and waits that have an end."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from linting import alpaca, write
from process import PROGRAM, ROOT, variables

from contralint.cli import main
from contralint.cli.outputs import Output
from contralint.cli.scan import Scan
from contralint.cli.watched import Watched
from contralint.config import Config

PATIENCE = 60  # seconds after which a test fails; no test waits for them to pass
TALK = dict.fromkeys(("quiet", "verbose", "progress", "statistics", "exit_zero"), False)
ENDED = "(the process has ended)"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="interrupts as a shell of Unix does")


class Watcher:
    """A watching scan, and the lines that it writes to either stream."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._lines: queue.Queue[str] = queue.Queue()
        self.process = subprocess.Popen(
            [*PROGRAM, "scan", "--watch", "--select", "CL003,CL004", *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env=variables(),
        )
        threading.Thread(target=self._read, daemon=True).start()

    def until(self, ending: str = "Ctrl-C ends") -> str:
        """What is written up to a line with an ending."""
        lines = [self._lines.get(timeout=PATIENCE)]
        while not lines[-1].rstrip().endswith(ending):
            assert lines[-1] != ENDED, "".join(lines)
            lines.append(self._lines.get(timeout=PATIENCE))
        return "".join(lines)

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(ENDED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    write(tmp_path / "data" / "a.jsonl", [alpaca("Name a season.", "Spring.")])
    return tmp_path


@pytest.fixture
def watcher(folder: Path) -> Iterator[Watcher]:
    running = Watcher(folder, "data")
    with running.process:
        yield running
        running.process.kill()


def test_every_kind_of_change_is_seen(folder: Path, watcher: Watcher) -> None:
    first = watcher.until()
    assert "No contradictions found in 1 record of 1 file." in first
    assert "contralint: watching 1 file;" in first

    write(folder / "data" / "a.jsonl", [alpaca("Name a season.", "")])
    changed = watcher.until()
    assert changed.startswith("contralint: changed: data/a.jsonl\n")
    assert "Found 1 diagnostic (1 warning) in 1 record of 1 file." in changed

    # As editors save: another file takes the place of the first.
    write(folder / "data" / ".a.swap", [alpaca("Name a month.", "")]).replace(folder / "data" / "a.jsonl")
    assert "Found 1 diagnostic" in watcher.until()

    write(folder / "data" / "b.jsonl", [alpaca("Name a day.", "")])
    assert "Found 2 diagnostics (2 warnings) in 2 records of 2 files." in watcher.until()

    (folder / "contralint.toml").write_text("min-confidenc = 1")
    broken = watcher.until()
    assert "changed: contralint.toml\n" in broken
    assert "error: contralint.toml:1: unknown key 'min-confidenc'; did you mean 'min-confidence'?\n" in broken

    rule = (ROOT / "rules" / "empty-response.yaml").read_text("utf-8").replace("CL003", "XX003")
    (folder / "own.yaml").write_text(rule.replace("name: empty-response", "name: own"), "utf-8")
    (folder / "contralint.toml").write_text('rules = ["own.yaml"]\nextend-select = ["XX003"]')
    assert "Found 4 diagnostics" in watcher.until()

    (folder / "own.yaml").write_text("id: 3")
    assert "error: own.yaml:1: " in watcher.until()
    (folder / "contralint.toml").unlink()
    assert "Found 2 diagnostics" in watcher.until()

    (folder / "data" / "a.jsonl").unlink()
    assert "Found 1 diagnostic (1 warning) in 1 record of 1 file." in watcher.until()
    (folder / "data" / "b.jsonl").unlink()
    assert "contralint: error: data: no data files found" in watcher.until()
    (folder / "data" / "c.csv").write_text("question,answer\nHow?,\n")
    assert "Found 1 diagnostic" in watcher.until()

    watcher.process.send_signal(signal.SIGINT)
    assert watcher.until("interrupted") == "contralint: interrupted\n"
    assert watcher.process.wait(PATIENCE) == 130


def test_configuration_is_read_again_only_when_it_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt is lost in the midst of reading it, and looks follow each other closely."""
    monkeypatch.chdir(folder)
    read = Mock(return_value=Config())
    monkeypatch.setattr("contralint.cli.watched.configured", read)
    watched = Watched({"config": None, "isolated": False, "files_out": [], "paths": ["data"]}, Config())
    for _ in range(3):
        watched.stamps()
    assert read.call_count == 1
    (folder / "contralint.toml").write_text("jobs = 1")
    assert list(watched.stamps()) == ["contralint.toml", "data/a.jsonl"]
    watched.stamps()
    assert read.call_count == 2


def test_a_reader_that_has_enough_ends_it_quietly(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(
        [*PROGRAM, "scan", "--watch", "data"], cwd=folder, stdout=writing, stderr=subprocess.PIPE, env=variables()
    ) as running:
        os.close(writing)
        _, said = running.communicate(timeout=PATIENCE)
    assert (running.returncode, said) == (141, b"")


def test_reports_and_caches_of_its_own_are_no_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "data" / "cache").mkdir()
    for name in ("report.json", "cache/replies.json", "dataset_info.json"):
        (folder / "data" / name).write_text("{}")
    given = {"config": None, "isolated": False, "files_out": ["data/report.json"], "paths": ["data"]}
    watched = Watched({**given, "cache_dir": "data/cache"}, Config())
    assert list(watched.stamps()) == ["data/a.jsonl", "data/dataset_info.json"]


@pytest.mark.parametrize("arguments", [["-"], ["--stdin-filename", "a.jsonl"], ["data", "-o", "nowhere/r.txt"], []])
def test_what_cannot_be_watched_is_refused_at_once(
    folder: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main(["scan", "--watch", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_models_stay_loaded_while_their_settings_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    scan = Scan([Output("text", "r.txt")], {"color": "never", **TALK})
    scan.run(Config(), ["data"])
    assert scan.last
    models = scan.last.models
    scan.run(Config(select=["CL003"]), ["data"])
    assert scan.last.models is models
    scan.run(Config(jobs=1), ["data"])
    assert scan.last.models is not models
