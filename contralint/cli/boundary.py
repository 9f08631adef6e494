"""The error boundary: the user's mistakes end in one line, ours in a report that can be pasted."""

from __future__ import annotations

import contextlib
import errno
import sys
from collections.abc import Callable, Sequence

import click

from contralint.cli.misuse import said_of
from contralint.cli.saying import say
from contralint.cli.status import INTERRUPTED, READER_GONE, ExitStatus
from contralint.cli.streams import drop_rest
from contralint.errors import UsageError

# What only the machine's owner can mend: full or read-only disks, rights, limits.
_MACHINE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}
    | {errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE}
)


def guarded(command: Callable[[], int | None], arguments: Sequence[str] = ()) -> int:
    """Runs a command and turns whatever it raises into an exit status and a message on standard error.

    Args:
        command: What to run.
        arguments: The command line, for the report of an internal error.
    """
    try:
        return int(command() or ExitStatus.CLEAN)
    except (KeyboardInterrupt, click.Abort):
        _tell(f"{'' if not sys.stderr.isatty() else chr(10)}contralint: interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        drop_rest(sys.stdout)
        return READER_GONE
    except (click.ClickException, UsageError) as error:
        return _refuse(said_of(error) if isinstance(error, click.ClickException) else str(error))
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _MACHINE:
            drop_rest(sys.stdout)
            return _refuse(f"{error.filename or 'cannot write'}: {error.strerror}")
        from contralint.cli.bug_report import bug_report

        _tell(bug_report(error, arguments))
        return ExitStatus.INTERNAL


def _refuse(message: str) -> ExitStatus:
    _tell(f"contralint: error: {' '.join(message.split())}")
    return ExitStatus.USAGE


def _tell(message: str) -> None:
    with contextlib.suppress(OSError):  # nobody is left to tell, and the status still says it
        say(*message.split("\n"), err=True)
