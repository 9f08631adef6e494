"""What the exit status says, computed in this one place."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contralint.config import FailOn
    from contralint.diagnostics import Report


class ExitStatus(IntEnum):
    """How a command ended."""

    CLEAN = 0
    FOUND = 1
    USAGE = 2
    INTERNAL = 3


INTERRUPTED = 130  # as shells say: 128 + SIGINT
READER_GONE = 141  # 128 + SIGPIPE: whoever read the output has read enough


def status_of(report: Report, fail_on: FailOn) -> ExitStatus:
    """FOUND where a diagnostic is as severe as `fail_on`, or more."""
    from contralint.diagnostics import Severity

    if fail_on == "never":
        return ExitStatus.CLEAN
    lowest = Severity(fail_on).rank
    found = any(diagnostic.severity.rank >= lowest for diagnostic in report.diagnostics)
    return ExitStatus.FOUND if found else ExitStatus.CLEAN
