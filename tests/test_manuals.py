"""Pages of documentation say what is true."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import Any

import linting
import pytest
from click.testing import CliRunner
from walkthrough import DOCS, ROOT, Block, Shown, code, commands, page, steps

from contralint.bench.cases import Case
from contralint.bench.tasks import TASKS, task_of
from contralint.cli import COMMANDS, cli, main
from contralint.config import Config, LlmSettings
from contralint.configfile import load_config
from contralint.reports import REPORTERS, RenderOptions

PAGES = ("judges.md", "bench.md", "datasets.md", "review.md", "coverage.md")
JUDGES, BENCH, DATASETS, REVIEW, COVERAGE = map(page, PAGES)


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


@pytest.mark.parametrize("path", [*DOCS.rglob("*.md"), *ROOT.glob("*.md")], ids=lambda path: path.name)
def test_links_lead_to_files(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
        assert (path.parent / target).exists(), target


def test_the_first_five_minutes_are_as_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for step in steps(page("start.md")):
        if isinstance(step, Block):
            step.apply(tmp_path)
            continue
        assert main(step.text.split()[1:]) <= 1
        captured = capsys.readouterr()
        for line in step.lines:
            assert line in captured.out + captured.err, step.text


SYMPTOMS = {part.partition("\n")[0]: part for part in page("faq.md").split("\n### ")[1:]}


@pytest.mark.parametrize("title", [title for title, part in SYMPTOMS.items() if code(part, "json")])
def test_the_rows_of_a_symptom_cause_it(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shown,) = code(SYMPTOMS[title], "json")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.jsonl").write_text(shown.text, encoding="utf-8")
    linter = linting.linter()
    printed = "".join(REPORTERS["text"](linter.lint_paths(["data.jsonl"]), linter.rules, RenderOptions()))
    assert shown.lines
    for line in shown.lines:
        assert line in printed


def test_the_notebook_prints_what_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for cell in code(page("notebook.md"), "python"):
        exec(cell.text, names)  # the page is ours
        assert capsys.readouterr().out.splitlines() == cell.lines
    assert (tmp_path / "report.html").stat().st_size


@pytest.mark.parametrize("name", ["start.md", "faq.md", "notebook.md", "how-it-works.md", "guides.md", "python.md"])
def test_commands_and_options_of_new_pages_exist(name: str) -> None:
    text = page(name)
    inline = (Shown(found, "") for found in re.findall(r"`(contralint [^`]+)`", text))
    for shown in [*commands(text), *inline]:
        command, *arguments = shown.text.split()[1:]
        assert command in COMMANDS, shown.text
        known = CliRunner().invoke(cli, [command, "--help"]).output
        assert all(argument in known for argument in arguments if argument.startswith("--")), shown.text


def test_contributors_are_told_of_targets_that_there_are() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    told = re.findall(r"`make ([a-z -]+)`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    for target in " ".join(told).split():
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE), target
