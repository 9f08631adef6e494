"""Pages made from the rules are what the rules say now."""

from __future__ import annotations

import runpy
from pathlib import Path

PAGES = runpy.run_path(str(Path(__file__).parent.parent / "docs" / "rule_pages.py"))


def test_rule_pages_are_in_step_with_the_rules() -> None:
    written: dict[Path, str] = PAGES["pages"]()
    stale = [path.name for path, text in written.items() if not path.exists() or path.read_text("utf-8") != text]
    assert not stale, "run `make docs`"
    assert set(PAGES["DOCS"].iterdir()) <= set(written), "a page of no rule: run `make docs`"
