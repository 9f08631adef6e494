"""Pages of documentation say what is true."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

from contralint.bench.cases import Case
from contralint.bench.tasks import TASKS, task_of
from contralint.cli import cli
from contralint.config import Config, LlmSettings
from contralint.configfile import load_config

DOCS = Path(__file__).parent.parent / "docs"
PAGES = ("judges.md", "bench.md", "datasets.md", "review.md", "coverage.md")
JUDGES, BENCH, DATASETS, REVIEW, COVERAGE = ((DOCS / name).read_text(encoding="utf-8") for name in PAGES)


def test_the_settings_of_a_language_model_are_shown_with_their_defaults(tmp_path: Path) -> None:
    block = textwrap.dedent("".join(re.findall(r"^    (?:\[|[a-z-]+ = ).*\n", JUDGES, re.MULTILINE)))
    (tmp_path / "pyproject.toml").write_text(block, encoding="utf-8")
    shown = load_config(start=tmp_path)
    assert shown == Config(judge="openai:MODEL", llm=LlmSettings(base_url="http://localhost:8000/v1"))
    for name in LlmSettings.__struct_encode_fields__:
        assert f"{name} = " in block


@pytest.mark.parametrize(
    ("page", "command"),
    [(JUDGES, "scan"), (BENCH, "bench"), (DATASETS, "scan"), (REVIEW, "review"), (COVERAGE, "coverage")],
)
def test_options_exist(page: str, command: str) -> None:
    shown = CliRunner().invoke(cli, [command, "--help"]).output
    for option in set(re.findall(r"(?<=[\s`])--[a-z]+[a-z-]*", page)):
        assert option in shown, option


def test_every_task_is_described_with_rows_of_its_own() -> None:
    rows = re.findall(r"^\| `([a-z-]+)`.*? \| (.*?) \|", BENCH, re.MULTILINE)
    assert [name for name, _ in rows] == list(TASKS)
    for name, cell in rows:
        for example in re.findall(r"`(\{.*?\})`", cell):
            if name not in ("flips", "calm"):
                keys = dict.fromkeys(re.findall(r'"([a-z_0-9]+)":', example))
                assert task_of(Case("docs/bench.md", 1, keys)) == name, json.dumps(keys)


def test_links_lead_to_files() -> None:
    for page in (JUDGES, BENCH, DATASETS):
        for target in re.findall(r"\]\((?!https:)([^)#]+)\)", page):
            assert (DOCS / target).exists(), target
