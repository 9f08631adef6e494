"""`contralint rule`."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from contralint.cli import main
from contralint.rulebook import load_rules

HEADINGS = ["What it does", "Why it harms training", "Known problems", "Conflict", "Instead", "Options"]


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("word", ["CL003", "empty-response"])
def test_a_page_has_fixed_headings_and_both_examples(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", word]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "CL003 empty-response"
    assert [line for line in lines if line in HEADINGS] == HEADINGS
    assert '  {"instruction": "Name the largest ocean.", "output": ""}' in lines
    assert '  {"instruction": "Name the largest ocean.", "output": "The Pacific Ocean."}' in lines


def test_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "CL003", "--format", "markdown"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("# empty-response (CL003)\n")
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == HEADINGS
    assert page.count("```json\n{") == 2


def test_json_is_the_rule_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "CL003", "--format", "json"]) == 0
    data = orjson.loads(capsys.readouterr().out)
    assert (data["id"], data["name"], data["severity"]) == ("CL003", "empty-response", "warning")
    assert data["documentation"]["what it does"]


def test_all_rules_are_listed_in_every_form(capsys: pytest.CaptureFixture[str]) -> None:
    known = list(load_rules())
    main(["rule"])
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == known
    main(["rule", "--format", "markdown"])
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()[2:]] == known
    main(["rule", "--format", "json"])
    assert [rule["id"] for rule in orjson.loads(capsys.readouterr().out)] == known


def test_unknown_rules_are_refused_with_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "empty-respones"]) == 2
    assert capsys.readouterr().err == (
        "contralint: error: unknown rule 'empty-respones'; did you mean 'empty-response'?\n"
    )


def test_own_rules_are_explained_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = {
        "id": "XX101",
        "name": "tone-flip",
        "severity": "note",
        "kind": "pair",
        "message": "polite | rude",
        "help": "keep one",
        "documentation": dict.fromkeys([heading.lower() for heading in HEADINGS], "x"),
        "examples": {},
        "default": False,
    }
    (tmp_path / "own.yaml").write_bytes(orjson.dumps(page))
    assert main(["rule", "XX101", "--rules", "own.yaml"]) == 0
    assert "Severity: note (off by default)" in capsys.readouterr().out
    (tmp_path / "contralint.toml").write_text('rules = ["own.yaml"]')
    assert main(["rule", "tone-flip"]) == 0
    assert main(["rule", "tone-flip", "--isolated"]) == 2
