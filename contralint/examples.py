"""Rule files hold examples of their rule; this runs them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from contralint.config import Config
from contralint.diagnostics import Diagnostic, Severity
from contralint.linter import Linter
from contralint.rulebook import Example, Rule, load_rules


@dataclass(frozen=True)
class ExampleFailure:
    """An example whose rule does not do what its file says.

    Attributes:
        rule: ID of the rule.
        name: The example's name.
        expected: What the file asks for.
        found: IDs of the rules that reported something, or "nothing".
    """

    rule: str
    name: str
    expected: str
    found: str


def check_examples(rules: Mapping[str, Rule]) -> list[ExampleFailure]:
    """Runs the examples of rules, among all the rules that ship: conflicts must be reported, near misses left alone.

    A near miss fails where its own rule reports it, or any other rule does with more than a note. An example marked
    as still to do fails once it works, so that no mark outlives its reason.
    """
    switched_on = Config(extend_select=[rule.id for rule in rules.values() if not rule.default])
    linter = Linter(switched_on, rules=dict(sorted({**load_rules(), **rules}.items())))
    return [failure for rule in rules.values() for failure in _failures(rule, linter)]


def _failures(rule: Rule, linter: Linter) -> Iterator[ExampleFailure]:
    yield from filter(None, (_missed(rule, example, linter) for example in rule.examples.conflict))
    yield from filter(None, (_alarm(rule, example, linter) for example in rule.examples.ok))
    for example in rule.examples.todo.conflict:
        if _missed(rule, example, linter) is None:
            yield ExampleFailure(rule.id, example.name, "to be missed still", f"{rule.id}: move it to `conflict:`")
    for example in rule.examples.todo.ok:
        if _alarm(rule, example, linter) is None:
            yield ExampleFailure(rule.id, example.name, "to be reported still", "nothing: move it to `ok:`")


def _missed(rule: Rule, example: Example, linter: Linter) -> ExampleFailure | None:
    found = {diagnostic.rule for diagnostic in _lint(example, linter)}
    return None if rule.id in found else ExampleFailure(rule.id, example.name, rule.id, _listed(found))


def _alarm(rule: Rule, example: Example, linter: Linter) -> ExampleFailure | None:
    found = {
        diagnostic.rule
        for diagnostic in _lint(example, linter)
        if diagnostic.rule == rule.id or diagnostic.severity is not Severity.NOTE
    }
    return ExampleFailure(rule.id, example.name, "nothing", _listed(found)) if found else None


def _lint(example: Example, linter: Linter) -> tuple[Diagnostic, ...]:
    if example.text is None:
        return linter.lint_rows(example.records, against=example.against).diagnostics
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.jsonl"
        path.write_text(example.text, encoding="utf-8", newline="")
        return linter.lint_paths([path]).diagnostics


def _listed(found: set[str]) -> str:
    return ", ".join(sorted(found)) or "nothing"
