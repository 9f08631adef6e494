"""The page on extending does what it says: its changes, applied to a copy of the package, work end to end."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from walkthrough import ROOT, blocks, commands, page

PAGE = page("extending.md")
SECTIONS = {part.partition("\n")[0]: part for part in PAGE.split("\n## ")[1:]}
MOST = 29  # lines of a change that are not blank


RUN = """
import contextlib, io, json, runpy, sys
from contralint.cli import main

outputs = []
for command in json.load(sys.stdin):
    program, *arguments = command.split()
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        status = 0 if program == "python" and runpy.run_path(arguments[0]) else main(arguments)
        stream.flush()
    outputs.append(stream.buffer.getvalue().decode())
    if status > 1:
        sys.exit(command + " ends with: " + outputs[-1])
print(json.dumps(outputs))
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the package that has all that the page adds; weights are linked."""
    root = tmp_path_factory.mktemp("extended")

    def copy(source: str, target: str) -> None:
        if source.endswith((".py", ".yaml")):
            shutil.copyfile(source, target)
        else:
            Path(target).symlink_to(source)

    for name in ("contralint", "rules"):
        shutil.copytree(ROOT / name, root / name, copy_function=copy, ignore=shutil.ignore_patterns("__pycache__"))
    for section in SECTIONS.values():
        for block in blocks(section):
            block.apply(root)
    (root / "packed").mkdir()
    asked = "Is the Moon larger than the Earth?"
    rows = [{"instruction": asked, "output": output} for output in ("No.", "Yes, it is.", "No, it is smaller.")]
    (root / "packed" / "rows.msgpack").write_bytes(msgspec.msgpack.encode(rows))
    return root


@pytest.fixture(scope="module")
def printed(extended: Path) -> dict[str, str]:
    """What each command of the page prints, all run by one process in the changed copy."""
    asked = [shown.text for shown in commands(PAGE)]
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=extended,
        env={**os.environ, "PYTHONPATH": str(extended), "PYTHONIOENCODING": "utf-8"},
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(zip(asked, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("title", [title for title, section in SECTIONS.items() if commands(section)])
def test_what_the_page_adds_works(title: str, printed: dict[str, str]) -> None:
    for shown in commands(SECTIONS[title]):
        for line in shown.lines:
            assert line in printed[shown.text]


@pytest.mark.parametrize("title", SECTIONS)
def test_each_is_a_small_change(title: str) -> None:
    shown = list(blocks(SECTIONS[title]))
    assert shown
    assert sum(block.change for block in shown if block.path.startswith("contralint/")) <= MOST
    assert all(block.change <= MOST for block in shown)


def test_the_table_leads_to_every_section() -> None:
    assert re.findall(r"\| \[[^]]+\]\(#([a-z-]+)\)", PAGE) == [title.lower().replace(" ", "-") for title in SECTIONS]


def test_what_the_table_names_is_there() -> None:
    for table, path in re.findall(r"`(\w+)` in `([\w/]+\.py)` \|", PAGE):
        code = (ROOT / "contralint" / path).read_text(encoding="utf-8")
        assert re.search(rf"^(?:class |def )?{table}\b", code, re.MULTILINE), table


def test_code_of_the_page_keeps_the_style(extended: Path) -> None:
    written = [block.path for section in SECTIONS.values() for block in blocks(section) if block.path.endswith(".py")]
    package = [path for path in written if path.startswith("contralint/")]
    for check in (["check"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *check, "--config", str(ROOT / "pyproject.toml"), *package]
        done = subprocess.run(command, cwd=extended, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
