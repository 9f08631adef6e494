"""Replies kept by the content of their question, so that none is paid for twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from contralint.errors import UsageError

_WAIT = 30.0  # seconds that one process waits while another writes


class Replies(Protocol):
    """Replies by what names their question."""

    def get(self, digest: str) -> str | None: ...
    def put(self, digest: str, reply: str) -> None: ...


class NoReplies:
    """Keeps nothing: for a model that may be another one under the same name next time."""

    def get(self, digest: str) -> str | None:  # noqa: ARG002 (the protocol's signature)
        return None

    def put(self, digest: str, reply: str) -> None:
        """Forgets it."""


class ReplyCache:
    """A table of replies in one SQLite file; several processes may use it at a time.

    Raises:
        UsageError: The file cannot be opened, or is no such table.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._connection() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS replies (question TEXT PRIMARY KEY, reply TEXT)")

    def get(self, digest: str) -> str | None:
        """The reply to a question, if it was ever given.

        Raises:
            UsageError: The file cannot be read any more.
        """
        with self._connection() as connection:
            row = connection.execute("SELECT reply FROM replies WHERE question = ?", (digest,)).fetchone()
        return None if row is None else str(row[0])

    def put(self, digest: str, reply: str) -> None:
        """Keeps the reply to a question; the first one stays.

        Raises:
            UsageError: The file cannot be written any more.
        """
        with self._connection() as connection:
            connection.execute("INSERT OR IGNORE INTO replies VALUES (?, ?)", (digest, reply))

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_WAIT)) as connection, connection:
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise UsageError(f"{self._path}: the replies of the language model cannot be kept there: {error}") from None
