"""`contralint scan --show-settings`: what holds, whence it comes, and that nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from contralint.cli import main
from contralint.config import Config, LlmSettings, RaySettings

FILE = """
paths = ["data"]
ignore = ["CL1"]
[map]
instruction = "ask"
[llm]
max-calls = 3
[per-path-ignores]
"data/old*" = ["CL1"]
"data/new*" = {rules = ["ALL"], until = 2999-12-31}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data").mkdir()
    for number in range(12):
        (tmp_path / "data" / f"{number:02}.jsonl").write_text("no row")
    (tmp_path / "contralint.toml").write_text(FILE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["scan", "--show-settings", *arguments]) == 0
    page = capsys.readouterr()
    assert page.err == ""
    return page.out.splitlines()


def setting(lines: list[str], key: str) -> tuple[str, str]:
    line = next(line for line in lines if line.startswith(f"{key} = "))
    value, _, origin = line.partition("  # ")
    return value.removeprefix(f"{key} = ").rstrip(), origin


def test_each_value_says_where_it_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, "--ignore", "CL2", "--map", "response=b", "--jobs", "2")
    assert setting(lines, "paths") == ('["data"]', "contralint.toml:2")
    assert setting(lines, "ignore") == ('["CL1", "CL2"]', "contralint.toml:3, --ignore")
    assert setting(lines, "map") == ('{"instruction": "ask", "response": "b"}', "contralint.toml:4, --map")
    assert setting(lines, "llm.max-calls") == ("3", "contralint.toml:7")
    assert setting(lines, "llm.base-url") == ("none", "default")
    assert setting(lines, "per-path-ignores") == (
        '{"data/old*": ["CL1"], "data/new*": {"rules": ["ALL"], "reason": null, "until": "2999-12-31"}}',
        "contralint.toml:8",
    )
    assert setting(lines, "jobs") == ("2", "--jobs")
    assert setting(lines, "fail-on") == ('"warning"', "default")
    assert setting(shown(capsys, "--select", "CL2"), "ignore") == ("[]", "--select, over contralint.toml:3")
    assert setting(shown(capsys, "data/00.jsonl"), "paths") == ('["data/00.jsonl"]', "PATH")


def test_decisions_that_lie_there_are_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert setting(shown(capsys), "decisions") == ("none", "default")
    (folder / "contralint.decisions.jsonl").touch()
    found = setting(shown(capsys), "decisions")
    assert found == ('"contralint.decisions.jsonl"', "found beside the configuration, or here")


def test_every_setting_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    keys = [line.partition(" = ")[0] for line in shown(capsys) if "  # " in line]
    tables = {"llm": LlmSettings, "ray": RaySettings}
    names = [name.replace("_", "-") for name in Config.__struct_fields__ if name not in tables]
    inner = [f"{table}.{name.replace('_', '-')}" for table, kind in tables.items() for name in kind.__struct_fields__]
    assert sorted(keys) == sorted([*names, *inner])


def test_files_rules_and_reports_are_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, "--select", "CL2", "--against", "data/03.jsonl", "--format", "json", "-o", "r.json")
    text = "\n".join(lines)
    assert "\nreport: json to r.json\n" in text
    assert "\nfiles: 11\n  data/00.jsonl\n" in text
    assert "  data/10.jsonl\n  ... and 1 more\n\nfiles of the evaluation split: 1\n  data/03.jsonl\n" in text
    assert text.endswith("\nrules: 2\n  CL201 refusal-flip (error)\n  CL202 partial-refusal (warning)")
    assert not (folder / "r.json").exists()
    assert str(folder) not in text


def test_paths_are_relative_from_below_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "sub").mkdir()
    monkeypatch.chdir(folder / "sub")
    lines = shown(capsys)
    assert setting(lines, "paths") == ('["../data"]', "../contralint.toml:2")
    assert str(folder) not in "\n".join(lines)


def test_no_files_are_no_error_but_missing_ones_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert "files: none; give a PATH, or set `paths` in the configuration" in shown(capsys, "--isolated")
    capsys.readouterr()
    assert main(["scan", "--show-settings", "missing.jsonl"]) == 2
    assert main(["scan", "--show-settings", "--select", "CL999"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "missing.jsonl: no such file or folder" in said.err


def test_standard_input_goes_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert "  data/new.csv" in shown(capsys, "--stdin-filename", "data/new.csv")
