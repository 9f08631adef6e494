"""Pages made from the rules are what the rules say now."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

from shape_rows import the_record

from contralint.configfile import load_config
from contralint.decisions import Decisions

PAGES = runpy.run_path(str(Path(__file__).parent.parent / "docs" / "rule_pages.py"))


def test_rule_pages_are_in_step_with_the_rules() -> None:
    written: dict[Path, str] = PAGES["pages"]()
    stale = [path.name for path, text in written.items() if not path.exists() or path.read_text("utf-8") != text]
    assert not stale, "run `make docs`"
    assert set(PAGES["DOCS"].iterdir()) <= set(written), "a page of no rule: run `make docs`"


def test_examples_of_suppressing_are_what_is_read(tmp_path: Path) -> None:
    text = (PAGES["DOCS"].parent / "suppress.md").read_text("utf-8")
    toml, row, lines = re.findall(r"```(?:toml|json)\n(.*?)```", text, re.DOTALL)
    (tmp_path / "pyproject.toml").write_text(toml, encoding="utf-8")
    assert load_config(start=tmp_path).per_path_ignores["data/archive/*"] == ["ALL"]
    assert the_record(json.loads(row)).origin.ignored == {"CL102"}
    (tmp_path / "decisions.jsonl").write_text(lines, encoding="utf-8")
    assert [one.rule for one in Decisions.read(tmp_path / "decisions.jsonl").decisions] == ["CL102", "CL201"]
