from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from contralint.cli import cli
from contralint.rulebook import load_rules

ROOT = Path(__file__).parent.parent
DESCRIBED = (["scan"], ["bench"], ["fix"], ["evals", "run"])
README = (ROOT / "README.md").read_text(encoding="utf-8")
# What is said of the program; the commands that measure are scripts with options of their own.
PROGRAM = "\n".join(line for line in README.splitlines() if "`python " not in line)


def test_table_of_rules_is_the_rules() -> None:
    listed = re.findall(r"^\| (CL\d{3}) \| ([\w-]+) \|", README, re.MULTILINE)
    assert listed == [(rule.id, rule.name) for rule in load_rules().values()]


def test_links_lead_to_files() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("option", sorted(set(re.findall(r"(?<=[\s`])--[a-z]+[a-z-]*", PROGRAM))))
def test_options_exist(option: str) -> None:
    shown = (CliRunner().invoke(cli, [*command, "--help"]).output for command in DESCRIBED)
    assert any(option in text for text in shown)


@pytest.mark.parametrize("command", sorted(set(re.findall(r"(?:`|^    )contralint ([a-z-]+)", README, re.MULTILINE))))
def test_commands_exist(command: str) -> None:
    assert CliRunner().invoke(cli, [command, "--help"]).exit_code == 0
