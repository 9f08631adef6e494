"""Whether a day is over: the one place that asks what day it is, and only where something has a last day."""

from __future__ import annotations

import datetime
import os

from contralint.errors import UsageError


def has_passed(until: datetime.date | None) -> bool:
    """Whether the last day of something is over; None never is.

    Raises:
        UsageError: SOURCE_DATE_EPOCH is set, and is no time.
    """
    return until is not None and until < _today()


def _today() -> datetime.date:
    """The day in UTC; SOURCE_DATE_EPOCH stands for the clock where it is set, so that a run can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.datetime.now(datetime.timezone.utc).date()
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc).date()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH: '{epoch}' is no number of seconds since 1970") from None
