"""What `contralint rule` prints: one rule as a page, or all of them as a table."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import orjson

from contralint.rulebook import Documentation, Rule

_HEADINGS = {
    "What it does": "what_it_does",
    "Why it harms training": "why_it_harms_training",
    "Known problems": "known_problems",
    "Conflict": "conflict",
    "Instead": "instead",
    "Options": "options",
}
_CODE = ("Conflict", "Instead")


def text_page(rule: Rule) -> str:
    """The rule as a terminal shows it."""
    sections = [f"{heading}\n{textwrap.indent(body, '  ')}" for heading, body in _sections(rule.documentation)]
    return "\n\n".join([f"{rule.id} {rule.name}", _message(rule), f"Severity: {_severity(rule)}", *sections]) + "\n"


def markdown_page(rule: Rule) -> str:
    """The rule as a page of documentation."""
    parts = [f"# {rule.name} ({rule.id})", _message(rule), f"Severity: {_severity(rule)}"]
    for heading, body in _sections(rule.documentation):
        parts += [f"## {heading}", f"```json\n{body}\n```" if heading in _CODE else body]
    return "\n\n".join(parts) + "\n"


def json_page(rule: Rule) -> str:
    """The rule as its file says it."""
    return _json(msgspec.to_builtins(rule))


def text_list(rules: Sequence[Rule]) -> str:
    """A line a rule, in columns."""
    ids = max(len(rule.id) for rule in rules)
    names = max(len(rule.name) for rule in rules)
    levels = max(len(_severity(rule)) for rule in rules)
    return "".join(
        f"{rule.id:<{ids}}  {rule.name:<{names}}  {_severity(rule):<{levels}}  {_message(rule)}\n" for rule in rules
    )


def markdown_list(rules: Sequence[Rule]) -> str:
    """The rules as a table of Markdown."""
    rows = [f"| {rule.id} | {rule.name} | {_severity(rule)} | {_message(rule)} |" for rule in rules]
    return "\n".join(["| ID | Name | Severity | Holds when |", "|---|---|---|---|", *rows]) + "\n"


def json_list(rules: Sequence[Rule]) -> str:
    """The rules as their files say them."""
    return _json(msgspec.to_builtins(list(rules)))


PAGES: dict[str, Callable[[Rule], str]] = {"text": text_page, "markdown": markdown_page, "json": json_page}
LISTS: dict[str, Callable[[Sequence[Rule]], str]] = {"text": text_list, "markdown": markdown_list, "json": json_list}


def _sections(documentation: Documentation) -> list[tuple[str, str]]:
    return [(heading, getattr(documentation, key).strip()) for heading, key in _HEADINGS.items()]


def _message(rule: Rule) -> str:
    return " ".join(rule.message.split())


def _severity(rule: Rule) -> str:
    return rule.severity.value if rule.default else f"{rule.severity.value} (off by default)"


def _json(data: Any) -> str:  # noqa: ANN401 (plain data)
    return orjson.dumps(data, option=orjson.OPT_INDENT_2).decode() + "\n"
