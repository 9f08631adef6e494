"""Writes docs/rules/: a page for each rule that ships, a list of all, and the JSON Schema of rule files.

    python docs/rule_pages.py

The tests check that what is committed is what this writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
import orjson

from contralint.cli.rule_pages import markdown_list, markdown_page
from contralint.rulebook import Rule, load_rules

DOCS = Path(__file__).parent / "rules"
SCHEMA = Path(__file__).parent.parent / "rules" / "schema" / "rule.schema.json"
_INTRODUCTION = "# Rules\n\nMade from the files in `rules/` by `make docs`.\n\n"


def pages() -> dict[Path, str]:
    """Path and text of everything that is written."""
    rules = load_rules()
    found = {DOCS / f"{rule.name}.md": markdown_page(rule) for rule in rules.values()}
    listed = markdown_list(list(rules.values()))
    for rule in rules.values():
        listed = listed.replace(f"| {rule.id} | {rule.name} |", f"| {rule.id} | [{rule.name}]({rule.name}.md) |")
    return {DOCS / "README.md": f"{_INTRODUCTION}{listed}\n{_contents(rules.values())}", **found, SCHEMA: schema()}


def _contents(rules: Iterable[Rule]) -> str:
    """What the documentation site makes its navigation of."""
    names = "\n".join(rule.name for rule in rules)
    return f"```{{toctree}}\n:hidden:\n\n{names}\n```\n"


def schema() -> str:
    """JSON Schema of a rule file."""
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Rule)}
    return orjson.dumps(found, option=orjson.OPT_INDENT_2).decode() + "\n"


def main() -> None:
    """Writes all pages, and takes away those of rules that are gone."""
    written = pages()
    for path in DOCS.glob("*.md"):
        if path not in written:
            path.unlink()
    for path, text in written.items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
