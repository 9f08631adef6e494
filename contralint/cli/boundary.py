"""The error boundary: the user's mistakes end in one line, ours in a report that can be pasted."""

from __future__ import annotations

from collections.abc import Callable

import click

from contralint.cli.status import INTERRUPTED, ExitStatus
from contralint.errors import UsageError
from contralint.version import __version__


def guarded(command: Callable[[], int | None]) -> int:
    """Runs a command and turns whatever it raises into an exit status and a message on standard error."""
    try:
        return int(command() or ExitStatus.CLEAN)
    except click.Abort:
        click.echo("contralint: interrupted", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        return _refuse(error.format_message())
    except UsageError as error:
        return _refuse(str(error))
    except Exception as error:
        click.echo(_bug_report(error), err=True)
        return ExitStatus.INTERNAL


def _refuse(message: str) -> ExitStatus:
    click.echo(f"contralint: error: {' '.join(message.split())}", err=True)
    return ExitStatus.USAGE


def _bug_report(error: Exception) -> str:
    import platform
    import traceback

    lines = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return (
        f"contralint: internal error: {type(error).__name__}\n"
        "This is a bug. Please report it with the lines below, after looking them over for data of your own.\n\n"
        f"contralint {__version__}, Python {platform.python_version()}, {platform.platform()}\n{lines}"
    )
