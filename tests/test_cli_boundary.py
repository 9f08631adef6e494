"""How the program ends where its surroundings fail it: each in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from linting import alpaca, write
from process import PROGRAM, run, shell, variables

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="speaks to a shell of Unix")

needs_full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "a.jsonl", [alpaca("Name a season.", "")])
    (tmp_path / "broken.jsonl").write_text('{"Grüße 🎉', encoding="utf-8")
    return tmp_path


def test_a_reader_that_has_enough_ends_the_program_quietly(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, "scan", "a.jsonl", "--select", "CL003"],
        cwd=folder,
        stdout=writing,
        stderr=subprocess.PIPE,
        env=variables(),
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@needs_full_disk
@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("scan a.jsonl --select CL003 >/dev/full", "cannot write: No space left on device"),
        ("scan a.jsonl --select CL003 -o /dev/full", "cannot write /dev/full: No space left on device"),
        ("scan a.jsonl --select CL003 --format json >/dev/full", "cannot write: No space left on device"),
        ("rule >/dev/full", "cannot write: No space left on device"),
        ("--help >/dev/full", "cannot write: No space left on device"),
        ("bench a.jsonl --task calm -o /dev/full", "cannot write /dev/full: No space left on device"),
    ],
)
def test_a_full_disk_is_said_in_one_line(folder: Path, command: str, says: str) -> None:
    done = shell(f"contralint {command}", folder)
    assert done.stderr == f"contralint: error: {says}\n"
    assert done.returncode == 2


@needs_full_disk
def test_the_status_stands_where_nothing_can_be_told(folder: Path) -> None:
    assert shell("contralint scan nothing.jsonl 2>/dev/full", folder).returncode == 2


def test_closed_streams_are_no_error_of_ours(folder: Path) -> None:
    closed = shell("contralint scan a.jsonl --select CL003 >&-", folder)
    assert (closed.stdout, closed.stderr, closed.returncode) == ("", "", 1)
    assert shell("contralint scan a.jsonl --select CL003 2>&-", folder).returncode == 1
    stdin = shell("contralint scan - <&-", folder)
    assert stdin.stderr == "contralint: error: <stdin>: cannot be read: it is closed\n"
    assert stdin.returncode == 2


def test_text_is_escaped_on_a_terminal_that_lacks_its_characters(folder: Path) -> None:
    shown = run("scan", "broken.jsonl", cwd=folder, PYTHONIOENCODING="koi8-r:strict")
    assert shown.returncode == 1
    assert shown.stderr == ""
    assert "Gr\\u00fc\\u00dfe \\ud83c\\udf89" in shown.stdout


def test_machine_formats_are_utf_8_whatever_the_terminal(folder: Path) -> None:
    shown = run("scan", "broken.jsonl", "--format", "json", cwd=folder, PYTHONIOENCODING="latin-1")
    assert "Grüße 🎉" in json.loads(shown.stdout)["diagnostics"][0]["sides"][0]["members"][0]["snippet"]
    plain = run("scan", "broken.jsonl", "--format", "json", cwd=folder, PYTHONIOENCODING="utf-8")
    assert shown.stdout == plain.stdout


def test_file_names_that_are_no_text_can_be_named(folder: Path) -> None:
    shown = shell("contralint scan $'caf\\xe9.jsonl'", folder, LC_ALL="C.UTF-8")
    assert shown.returncode == 2
    assert shown.stderr == "contralint: error: caf\\udce9.jsonl: no such file or folder\n"


def test_ctrl_c_ends_with_130_and_no_traceback(folder: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "scan", "-"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=variables(PYTHONUNBUFFERED="1"),
    ) as running:
        assert running.stdin
        assert running.stderr
        running.stdin.write("{}\n" * 50_000)  # more than a pipe holds: it is read by now
        running.stdin.flush()
        running.send_signal(signal.SIGINT)
        running.stdin.close()  # a read that had just begun would not notice the signal
        assert running.stderr.read() == "contralint: interrupted\n"
    assert running.returncode == 130
