"""Completion in shells: the scripts they load, and the answers that these scripts ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete

from contralint.cli import COMPLETION, cli
from contralint.cli.status import ExitStatus
from contralint.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


class _FilesElse(ShellComplete):
    """Offers files where nothing else completes a word, as shells do by themselves."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        return super().get_completions(args, incomplete) or [CompletionItem(incomplete, type="file")]


class _Bash(_FilesElse, BashComplete):
    pass


class _Zsh(_FilesElse, ZshComplete):
    pass


class _Fish(_FilesElse, FishComplete):
    # A word may hold commas, as in CL2,CL3: only the first one parts it from its type.
    source_template = FishComplete.source_template.replace('string split ","', 'string split -m 1 ","')


_SHELLS: Mapping[str, type[ShellComplete]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}


def script(shell: str) -> str:
    """What a shell must load to complete our command lines."""
    return completer(shell).source()


def answer(instruction: str) -> ExitStatus:
    """Prints the completions that a script asks for by an instruction such as "bash_complete".

    Raises:
        UsageError: The instruction is not one of a script's.
    """
    shell, _, step = instruction.partition("_")
    if shell not in _SHELLS or step != "complete":
        raise UsageError(f"{COMPLETION} is for the scripts of `contralint completion` alone, but it is '{instruction}'")
    click.echo(completer(shell).complete().encode())
    return ExitStatus.CLEAN


def completer(shell: str) -> ShellComplete:
    """What completes our command lines for a shell."""
    return _SHELLS[shell](cli, {}, "contralint", COMPLETION)
