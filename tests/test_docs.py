"""Pages that are made are what the rules, commands and settings say now."""

from __future__ import annotations

import json
import re
import runpy
import textwrap
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from shape_rows import the_record

from contralint.cli import COMMANDS, cli, fix
from contralint.configfile import load_config
from contralint.decisions import Decisions
from contralint.resolve import STRATEGIES
from contralint.rulebook import configured, load_rules

ROOT = Path(__file__).parent.parent
RULES, REFERENCE = (runpy.run_path(str(ROOT / "docs" / f"{name}_pages.py")) for name in ("rule", "reference"))


@pytest.mark.parametrize("script", [RULES, REFERENCE])
def test_pages_are_in_step_with_what_they_tell_of(script: dict[str, Any]) -> None:
    written: dict[Path, str] = script["pages"]()
    stale = [path.name for path, text in written.items() if not path.exists() or path.read_text("utf-8") != text]
    assert not stale, "run `make docs`"


def test_there_is_no_page_of_no_rule() -> None:
    assert set(RULES["DOCS"].iterdir()) <= set(RULES["pages"]()), "run `make docs`"


def test_the_page_of_commands_has_every_option() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    for name in COMMANDS:
        section = page.partition(f"\n## contralint {name}\n")[2].partition("\n## ")[0]
        shown = CliRunner().invoke(cli, [name, "--help"]).output
        for option in re.findall(r"^  (?:-\w, )?(--[a-z-]+)", shown, re.MULTILINE):
            assert option == "--help" or option in section, f"{name} {option}"


@pytest.mark.parametrize("page", ["command-line.md", "configuration.md", "evals.md", "fix.md", "synth.md"])
def test_commands_and_options_of_the_prose_exist(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8").partition(REFERENCE["MARK"])[0]
    everything = (ROOT / "docs" / "command-line.md").read_text("utf-8").partition(REFERENCE["MARK"])[2]
    for option in re.findall(r"(?<=[\s`])--[a-z][a-z-]*(?![a-z_-])", text):
        assert option in everything, option
    for command in re.findall(r"(?:`|^    )contralint ([a-z-]+)", text, re.MULTILINE):
        assert command in COMMANDS


def test_the_page_of_fixes_has_every_strategy() -> None:
    page = (ROOT / "docs" / "fix.md").read_text("utf-8")
    assert tuple(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) == STRATEGIES == fix.STRATEGIES


def test_the_example_of_a_configuration_holds(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    example = page.partition("    paths = ")[2].partition("\n\nOptions")[0]
    (tmp_path / "contralint.toml").write_text(textwrap.dedent("    paths = " + example), "utf-8")
    config = load_config(start=tmp_path)
    assert config.severity == {"CL202": "note"}
    assert configured(load_rules(), config)["CL503"].parameters["short"] == 20


def test_examples_of_suppressing_are_what_is_read(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "suppress.md").read_text("utf-8")
    toml, row, lines = re.findall(r"```(?:toml|json)\n(.*?)```", text, re.DOTALL)
    (tmp_path / "pyproject.toml").write_text(toml, encoding="utf-8")
    assert load_config(start=tmp_path).per_path_ignores["data/archive/*"] == ["ALL"]
    assert the_record(json.loads(row)).origin.ignored == {"CL102"}
    (tmp_path / "decisions.jsonl").write_text(lines, encoding="utf-8")
    assert [one.rule for one in Decisions.read(tmp_path / "decisions.jsonl").decisions] == ["CL102", "CL201"]
