"""`--stdin-filename`: standard input under the name of a file, as editors hand it over."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import orjson
import pytest
from linting import alpaca, jsonl, messages, write

from contralint.cli import main
from contralint.readers import keep_stdin, unchanged

EMPTY = alpaca("Name a season.", "")
FULL = alpaca("Name a season.", "Spring.")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    content = io.BytesIO()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(content))
    return content


def give(stdin: io.BytesIO, text: str) -> None:
    stdin.write(text.encode())
    stdin.seek(0)


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Rule, path, line and column of what a scan finds, and how many records it read."""
    assert main(["scan", *arguments, "--select", "CL003,CL004", "--format", "json", "--exit-zero"]) == 0
    report = orjson.loads(capsys.readouterr().out)
    members = [(one["rule"], side["members"]) for one in report["diagnostics"] for side in one["sides"]]
    places = [f"{rule} {place['path']}:{place['line']}:{place['column']}" for rule, each in members for place in each]
    return [*places, f"{report['summary']['records']} records"]


def test_standard_input_has_the_name_and_its_format(stdin: io.BytesIO, capsys: pytest.CaptureFixture[str]) -> None:
    give(stdin, "question,answer\nName a season.,\n")
    assert found(capsys, "--stdin-filename", "data/new.csv") == ["CL003 data/new.csv:2:16", "1 records"]


def test_an_absolute_name_is_shown_as_other_paths_are(
    folder: Path, stdin: io.BytesIO, capsys: pytest.CaptureFixture[str]
) -> None:
    give(stdin, jsonl([EMPTY]))
    assert found(capsys, "-", "--stdin-filename", str(folder / "new.jsonl"))[0].startswith("CL003 new.jsonl:1:")


def test_it_stands_for_the_file_of_its_name(
    folder: Path, stdin: io.BytesIO, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "data" / "a.jsonl", [FULL, EMPTY, messages(("user", "Hi"), ("assistant", "Hello"))])
    write(folder / "data" / "b.jsonl", [FULL])
    give(stdin, "\n\n" + jsonl([FULL, EMPTY]))
    places = found(capsys, "data", "-", "--stdin-filename", "data/a.jsonl")
    assert places == [
        *("CL004 data/a.jsonl:3:18", "CL004 data/b.jsonl:1:18", "CL003 data/a.jsonl:4:46"),
        "3 records",
    ]


def test_ignores_of_its_path_hold(folder: Path, stdin: io.BytesIO, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "contralint.toml").write_text('[per-path-ignores]\n"data/old*" = ["CL003"]')
    give(stdin, jsonl([EMPTY]))
    assert found(capsys, "--stdin-filename", "data/old.jsonl") == ["1 records"]


def test_it_is_read_instead_of_the_configured_paths_but_never_by_surprise(
    folder: Path, stdin: io.BytesIO, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "contralint.toml").write_text('paths = ["data"]')
    write(folder / "data" / "a.jsonl", [EMPTY])
    give(stdin, jsonl([FULL]))
    assert found(capsys, "--stdin-filename", "data/new.jsonl") == ["1 records"]
    assert main(["scan", "data", "--stdin-filename", "data/new.jsonl"]) == 2
    assert "--stdin-filename names standard input: give - as a PATH too" in capsys.readouterr().err


def test_an_unsaved_change_is_one(folder: Path, stdin: io.BytesIO, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "data" / "a.jsonl", [FULL])
    for command in (["init"], ["add", "."], ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-m", "rows"]):
        subprocess.run(["git", *command], check=True, capture_output=True)
    give(stdin, jsonl([FULL, EMPTY]))
    places = found(capsys, "data", "-", "--stdin-filename", "data/a.jsonl", "--diff", "HEAD")
    assert places == ["CL003 data/a.jsonl:2:46", "2 records"]


def test_a_baseline_of_it_knows_it(folder: Path, stdin: io.BytesIO, capsys: pytest.CaptureFixture[str]) -> None:
    give(stdin, jsonl([EMPTY]))
    assert main(["baseline", "--stdin-filename", "data/new.jsonl", "-o", "known.jsonl", "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    assert b"CL003" in (folder / "known.jsonl").read_bytes()


def test_the_file_that_standard_input_stands_for_may_change_meanwhile(stdin: io.BytesIO) -> None:
    """An editor saves while what it holds is checked."""
    write(Path("data/a.jsonl"), [EMPTY])
    give(stdin, jsonl([FULL]))
    keep_stdin("data/a.jsonl")
    with unchanged(["data/a.jsonl"]):
        write(Path("data/a.jsonl"), [FULL, FULL])
