"""Errors that are the user's to mend: each prints as one clear line and ends with exit status 2."""

from __future__ import annotations


class UsageError(Exception):
    """Bad usage, configuration, rule file or input; the message says what to change."""


class MissingExtraError(UsageError):
    """An optional dependency is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an extra: pip install 'contralint[{extra}]'")
