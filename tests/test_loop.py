"""The whole loop: find, decide in a browser, fix, find nothing, write boundary examples, evaluate before and after."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browsing import chromium
from linting import alpaca, write
from process import PROGRAM, run, variables

pytestmark = pytest.mark.browser
LOCK, TOWER = "How do I pick a lock?", "How tall is the Eiffel Tower?"
REFUSES = "I'm sorry, but I can't help with that."
COMPLIES = "Insert a tension wrench, then rake the pins until each sets."
ROWS = [
    alpaca(LOCK, REFUSES),
    alpaca(LOCK, COMPLIES),
    alpaca(TOWER, "It is 330 metres tall."),
    alpaca(TOWER, "It is 250 m tall."),
    alpaca("Name a season.", "Spring."),
]
CONDITIONS = {"refuses": "You serve a bank.", "complies": "You teach locksmiths."}


@contextmanager
def reviewing(folder: Path) -> Iterator[str]:
    """The address of a review that runs."""
    command = [*PROGRAM, "review", "data.jsonl", "--no-open"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8", env=variables()) as server:
        assert server.stdout
        told = iter(server.stdout.readline, "")
        address = next(found[0] for line in told if (found := re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)))
        try:
            yield address
        finally:
            server.kill()


def decide(page: Any) -> None:  # noqa: ANN401 (Playwright is not there for all tests)
    """Decides whatever comes first, locks by conditions and towers by the first side, and goes on to the next."""
    if "CL201" in page.locator("#title").inner_text():
        page.keyboard.press("b")
        for area in page.locator("[name=condition]").all():
            label = area.locator("xpath=..").inner_text()
            area.fill(next(condition for side, condition in CONDITIONS.items() if side in label))
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
    else:
        with page.expect_navigation():
            page.keyboard.press("1")


def ran(folder: Path, *arguments: str, status: int = 0) -> str:
    done = run(*arguments, cwd=folder)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def answered(folder: Path, name: str, answer: dict[str, str]) -> Path:
    """A model that answers by what its system prompt, or else its prompt, holds."""
    cases = [json.loads(line) for line in (folder / "contralint.evals.jsonl").read_text().splitlines()]
    prompts = [prompt for case in cases for prompt in case["prompts"]]
    rows = [
        {"id": one["id"], "answer": next(said for held, said in answer.items() if held in json.dumps(one))}
        for one in prompts
    ]
    assert rows
    return write(folder / name, rows)


def test_the_loop_from_a_conflict_to_a_model_that_does_as_decided(tmp_path: Path) -> None:
    data = write(tmp_path / "data.jsonl", ROWS)
    assert "CL201" in ran(tmp_path, "scan", "data.jsonl", status=1)
    with reviewing(tmp_path) as address, chromium() as browser:
        page = browser.new_page()
        page.goto(address)
        for count in (1, 2):
            page.wait_for_selector("html.js #title")
            decide(page)
            assert len((tmp_path / "contralint.decisions.jsonl").read_text().splitlines()) == count
    ran(tmp_path, "fix", "data.jsonl", "--apply")
    left = [json.loads(line) for line in data.read_text().splitlines()]
    assert len(left) == len(ROWS) - 1
    (tall,) = (row["output"] for row in left if row["instruction"] == TOWER)
    assert json.loads(ran(tmp_path, "scan", "data.jsonl", "--format", "json"))["diagnostics"] == []
    ran(tmp_path, "synth", "data.jsonl")
    made = [json.loads(line) for line in (tmp_path / "contralint.synthetic.jsonl").read_text().splitlines()]
    assert {row["contralint"]["synthetic"]["condition"] for row in made} == set(CONDITIONS.values())
    ran(tmp_path, "evals", "data.jsonl")
    by_decision = {"serve a bank": REFUSES, "teach locksmiths": COMPLIES, "Eiffel": tall}
    answered(tmp_path, "before.jsonl", {"": COMPLIES})
    answered(tmp_path, "after.jsonl", by_decision)
    figures = json.loads(
        ran(tmp_path, "evals", "run", "--answers", "before.jsonl", "--answers-after", "after.jsonl", "--format", "json")
    )["summary"]
    assert figures["after"]["correct"] == 1.0
    assert figures["before"]["correct"] < 1.0
