"""Options that commands share, and the types of their values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Command = TypeVar("Command", bound=Callable[..., Any])


def words(_context: click.Context, _option: click.Parameter, values: Sequence[str]) -> list[str]:
    """Values given several times, or once with commas between."""
    return [word.strip() for value in values for word in value.split(",") if word.strip()]


def listed(_context: click.Context, _option: click.Parameter, values: Sequence[str]) -> list[str]:
    """Values given several times."""
    return list(values)


def assignments(_context: click.Context, option: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    """Values of the form NAME=VALUE."""
    pairs = [value.partition("=") for value in values]
    for name, sign, column in pairs:
        if not (name and sign and column):
            raise click.BadParameter(f"'{name}{sign}{column}' is not of the form {option.metavar}")
    return {name: column for name, _, column in pairs}


def rules_beginning(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes IDs and names of rules."""
    from contralint.cli.rule_words import complete_rules

    return complete_rules(context, parameter, incomplete)


def word_option(name: str, text: str) -> Callable[[Command], Command]:
    """An option that takes several rules."""
    return click.option(name, multiple=True, metavar="RULES", callback=words, help=text, shell_complete=rules_beginning)


def condition_option(text: str) -> Callable[[Command], Command]:
    """`--condition`: when sides hold, by their labels."""
    return click.option(
        "--condition", "conditions", multiple=True, metavar="LABEL=TEXT", callback=assignments, help=text
    )


def decisions_option(command: Command) -> Command:
    """Adds `--decisions`."""
    text = "Do not report what is decided here [contralint.decisions.jsonl where it exists]."
    return click.option("--decisions", metavar="FILE", help=text)(command)


def stdin_option(command: Command) -> Command:
    """Adds `--stdin-filename`."""
    return click.option(
        "--stdin-filename", metavar="PATH", help='What "-" is called: its format, its ignores, its name in the report.'
    )(command)


def talk_options(command: Command) -> Command:
    """Adds `--quiet` and `--verbose`, for commands that scan."""
    quiet = click.option("-q", "--quiet", is_flag=True, help="Print what was found, and nothing else.")
    verbose = click.option("-v", "--verbose", is_flag=True, help="Tell on standard error what is done, and how long.")
    return quiet(verbose(command))


def configuration_options(command: Command) -> Command:
    """Adds `--config`, `--isolated` and `--rules`."""
    for option in (
        click.option("--rules", multiple=True, metavar="DIR", help="Also use the rules in this folder or file."),
        click.option("--isolated", is_flag=True, help="Read no configuration file."),
        click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Read this configuration file."),
    ):
        command = option(command)
    return command
