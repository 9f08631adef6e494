"""`contralint test-rules`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contralint.cli.saying import say
from contralint.cli.status import ExitStatus

if TYPE_CHECKING:
    from contralint.rulebook import Example, RuleFile


@click.command(short_help="Run the examples in rule files.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
def command(paths: tuple[str, ...]) -> ExitStatus:
    """Runs every example in rule files, and fails where a rule does not do what its file says.

    PATH is a file or a folder of rules; without one, the rules that ship.
    """
    from contralint.examples import check_examples
    from contralint.rulebook import read_rule_files, rules_folder

    files = read_rule_files([Path(path) for path in paths] or [rules_folder()])
    by_id = {file.rule.id: file for file in files}
    failures = check_examples({key: file.rule for key, file in by_id.items()})
    for failure in failures:
        file = by_id[failure.rule]
        found = f"expected {failure.expected}, found {failure.found}"
        say(f"{_place(file, failure.name)}: error[{failure.rule}]: {failure.name}: {found}")
    total = sum(len(listed) for file in files for _, listed in _examples(file))
    passed = f"{total - len(failures)} of {total}" if failures else str(total)
    say(f"{passed} examples of {len(files)} rules passed")
    return ExitStatus.FOUND if failures else ExitStatus.CLEAN


def _place(file: RuleFile, name: str) -> str:
    """Path and line of an example."""
    for keys, listed in _examples(file):
        for position, example in enumerate(listed):
            if example.name == name:
                return file.source.place("examples", *keys, position)
    return file.source.place("examples")


def _examples(file: RuleFile) -> list[tuple[tuple[str, ...], list[Example]]]:
    """All lists of examples of a rule, with the keys that lead to each."""
    examples = file.rule.examples
    return [
        (("conflict",), examples.conflict),
        (("ok",), examples.ok),
        (("todo", "conflict"), examples.todo.conflict),
        (("todo", "ok"), examples.todo.ok),
    ]
