"""One SQLite file of values by the content that they were worked out from.

Nothing in it is ever needed: whatever is missing, damaged or cannot be kept is worked out again, and said once.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from platformdirs import user_cache_dir

NAME = "scans.sqlite"
DEFAULT_LIMIT = 2_000_000_000  # bytes
_VERSION = 2
_WAIT = 30.0  # seconds that one process waits while another writes
_BATCH = 900  # keys of one query: SQLite takes 999 at least
_DAY = 86_400
_ROOM = 0.8  # share of the limit that eviction leaves
_SUM = 4  # bytes of the checksum in front of each value
_TABLE = """CREATE TABLE IF NOT EXISTS entries
    (key BLOB PRIMARY KEY, space TEXT NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL)"""

Result = TypeVar("Result")


def digest(*parts: str | bytes) -> bytes:
    """16 bytes that stand for some texts, in order."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        told = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(told).to_bytes(8, "little") + told)
    return made.digest()


@dataclass(frozen=True)
class Usage:
    """What one space of a store holds: entries, and the bytes of their values."""

    space: str
    entries: int
    size: int


class Kept(Protocol):
    """Keeps values by key, in spaces that do not touch each other."""

    def get(self, space: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that have one."""
        ...

    def has(self, space: str, keys: Sequence[bytes]) -> set[bytes]:
        """Those keys that have a value."""
        ...

    def put(self, space: str, values: Mapping[bytes, bytes]) -> None:
        """Keeps values, each in place of what its key had."""
        ...

    def take_notes(self) -> tuple[str, ...]:
        """What the reader of a report should know of the store, since the last call."""
        ...


class NoStore:
    """Keeps nothing."""

    def get(self, space: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:  # noqa: ARG002 - as `Kept`
        return {}

    def has(self, space: str, keys: Sequence[bytes]) -> set[bytes]:  # noqa: ARG002 - as `Kept`
        return set()

    def put(self, space: str, values: Mapping[bytes, bytes]) -> None:
        pass

    def take_notes(self) -> tuple[str, ...]:
        return ()


class Store:
    """Values in one SQLite file; several processes may read and write it at a time.

    Writes are whole or not at all. Each value carries a sum, so what a disk or another program damaged is not believed.

    Attributes:
        limit: Bytes from which the file forgets what was not used for longest.
    """

    def __init__(self, path: Path, limit: int = DEFAULT_LIMIT) -> None:
        self.path = path
        self.limit = limit
        self._notes: list[str] = []
        self._given_up = False

    def get(self, space: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        wanted = {digest(space, key): key for key in keys}
        found: dict[bytes, bytes] = self._attempt(lambda connection: dict(_read(connection, list(wanted))), {})
        return {wanted[key]: value for key, value in found.items()}

    def has(self, space: str, keys: Sequence[bytes]) -> set[bytes]:
        wanted = {digest(space, key): key for key in keys}
        found: set[bytes] = self._attempt(lambda connection: set(_present(connection, list(wanted))), set())
        return {wanted[key] for key in found}

    def put(self, space: str, values: Mapping[bytes, bytes]) -> None:
        if values:
            told = {digest(space, key): value for key, value in values.items()}
            rows = [(key, space, _summed(key, value), _today()) for key, value in told.items()]
            self._attempt(lambda connection: self._write(connection, rows), None)

    def size(self) -> int:
        """Bytes of the file and of what SQLite keeps beside it; 0 where there is none."""
        files = [self.path.with_name(self.path.name + suffix) for suffix in _SUFFIXES]
        return sum(file.stat().st_size for file in files if file.is_file())

    def usage(self) -> list[Usage]:
        """What each space holds, by name."""
        if not self.path.is_file():
            return []
        query = "SELECT space, COUNT(*), SUM(LENGTH(value)) FROM entries GROUP BY space ORDER BY space"
        return self._attempt(lambda connection: [Usage(*row) for row in connection.execute(query)], [])

    def take_notes(self) -> tuple[str, ...]:
        taken, self._notes = tuple(self._notes), []
        return taken

    def _write(self, connection: sqlite3.Connection, rows: Sequence[tuple[bytes, str, bytes, int]]) -> None:
        connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)", rows)
        size, free, page = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _SIZES)
        excess = (size - free) * page - self.limit
        if excess > 0:
            _forget(connection, excess + int(self.limit * (1 - _ROOM)))

    def _attempt(self, work: Callable[[sqlite3.Connection], Result], otherwise: Result) -> Result:
        """Does without the store where it cannot be used; a file that is no store is begun anew."""
        if self._given_up:
            return otherwise
        try:
            with self._connection() as connection:
                return work(connection)
        except (sqlite3.OperationalError, OSError) as error:
            self._give_up(error)
        except sqlite3.DatabaseError:
            self._begin_anew()
        return otherwise

    def _give_up(self, error: Exception) -> None:
        self._given_up = True
        self._notes.append(f"the cache {self.path} cannot be used ({error}): what it would tell is worked out again")

    def _begin_anew(self) -> None:
        try:
            remove(self.path)
        except OSError as error:
            self._give_up(error)
        else:
            self._notes.append(f"the cache {self.path} was damaged: it is begun anew")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=_WAIT)
        try:
            _prepare(connection)
            with connection:
                yield connection
        finally:
            connection.close()


def open_store(folder: Path | None, limit: int = DEFAULT_LIMIT) -> Store:
    """The store in a folder; None takes the user's cache folder."""
    return Store(store_path(folder), limit)


def store_path(folder: Path | None) -> Path:
    """Where the store of a folder is; None takes the user's cache folder."""
    return (folder or Path(user_cache_dir("contralint"))) / NAME


def remove(path: Path) -> None:
    """Removes a store, with what SQLite keeps beside it.

    Raises:
        OSError: It may not be removed.
    """
    for suffix in _SUFFIXES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _prepare(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0] == _VERSION:
        connection.execute("PRAGMA synchronous = NORMAL")
        return
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    with contextlib.suppress(sqlite3.OperationalError):  # where the file system has no shared memory
        connection.execute("PRAGMA journal_mode = WAL")
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:  # another process may have been first
            connection.execute("DROP TABLE IF EXISTS entries")
            connection.execute(_TABLE)
            connection.execute(f"PRAGMA user_version = {_VERSION}")


def _read(connection: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    stale = []
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        query = f"SELECT key, value, used FROM entries WHERE key IN ({','.join('?' * len(batch))})"  # noqa: S608 - question marks only
        for key, value, used in connection.execute(query, batch):
            if value == _summed(key, value[_SUM:]):
                yield key, value[_SUM:]
                stale += [] if used == _today() else [(_today(), key)]
    with contextlib.suppress(sqlite3.OperationalError):  # in a folder that may only be read
        # Once a day is often enough to know what is still of use.
        connection.executemany("UPDATE entries SET used = ? WHERE key = ?", stale)


def _present(connection: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[bytes]:
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        query = f"SELECT key FROM entries WHERE key IN ({','.join('?' * len(batch))})"  # noqa: S608 - question marks only
        for (key,) in connection.execute(query, batch):
            yield key


def _forget(connection: sqlite3.Connection, excess: int) -> None:
    """Deletes what was not used for longest."""
    gone = []
    for key, length in connection.execute("SELECT key, LENGTH(value) FROM entries ORDER BY used, rowid"):
        gone.append((key,))
        excess -= length
        if excess <= 0:
            break
    connection.executemany("DELETE FROM entries WHERE key = ?", gone)
    connection.execute("PRAGMA incremental_vacuum").fetchall()


def _summed(key: bytes, value: bytes) -> bytes:
    """A value behind the sum of key and value: one that stands under another's key is as wrong as a damaged one."""
    return zlib.crc32(value, zlib.crc32(key)).to_bytes(_SUM, "little") + value


def _today() -> int:
    return int(time.time()) // _DAY


_SUFFIXES = ("", "-wal", "-shm", "-journal")
_SIZES = ("page_count", "freelist_count", "page_size")
