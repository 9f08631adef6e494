"""The command line: a group whose commands are imported when they are called for."""

from __future__ import annotations

import importlib
import os
import sys
from typing import cast

import click

from contralint.cli.boundary import guarded
from contralint.cli.group import Group
from contralint.cli.streams import prepare_streams
from contralint.version import __version__

COMPLETION = "_CONTRALINT_COMPLETE"  # by this variable the script of a shell asks for completions

# Each module holds its command under the name `command`.
COMMANDS = {
    "scan": "contralint.cli.scan",
    "rule": "contralint.cli.rule",
    "config": "contralint.cli.config",
    "test-rules": "contralint.cli.test_rules",
    "explain": "contralint.cli.explain",
    "compare": "contralint.cli.compare",
    "baseline": "contralint.cli.baseline",
    "review": "contralint.cli.review",
    "fix": "contralint.cli.fix",
    "synth": "contralint.cli.synth",
    "evals": "contralint.cli.evals",
    "hook": "contralint.cli.hook",
    "init": "contralint.cli.init",
    "cache": "contralint.cli.cache",
    "coverage": "contralint.cli.coverage",
    "bench": "contralint.cli.bench",
    "completion": "contralint.cli.completion",
}


class LazyGroup(Group):
    """A group that imports a command's module on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (same)
        if cmd_name not in COMMANDS:
            return None
        return cast("click.Command", importlib.import_module(COMMANDS[cmd_name]).command)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="contralint %(version)s")
def cli() -> None:
    """Finds records of training data that teach conflicting behaviour."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line.

    Args:
        arguments: What to run it with; None takes those of the process.

    Returns:
        The exit status.
    """
    given = sys.argv[1:] if arguments is None else arguments
    prepare_streams()
    if instruction := os.environ.get(COMPLETION):
        from contralint.cli.shells import answer

        return guarded(lambda: answer(instruction))
    return guarded(lambda: _run(given), given)


def _run(arguments: list[str]) -> int | None:
    try:
        with cli.make_context("contralint", [*arguments]) as context:
            return cast("int | None", cli.invoke(context))
    except click.exceptions.Exit as end:  # `--help` and `--version` end so
        return end.exit_code
