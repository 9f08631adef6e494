"""What tells a file from itself after a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from contralint.errors import UsageError
from contralint.readers.source import is_kept

State = tuple[int, ...]


def state_of(path: str | Path) -> State:
    """How a file stands, where a link leads to it; nothing where there is none."""
    try:
        told = Path(path).stat()
    except (OSError, ValueError):
        return ()
    return (told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns)


@contextmanager
def unchanged(files: Sequence[str]) -> Iterator[None]:
    """Refuses what was made of files that changed meanwhile: each is read several times, and it would mix their states.

    What came through a pipe, or for a file that standard input stands for, is kept, and does not change.

    Raises:
        UsageError: One changed; whatever went wrong meanwhile is put down to that.
    """
    before = {path: state_of(path) for path in files if Path(path).is_file() and not is_kept(path)}
    try:
        yield
    except Exception as error:
        _check(before, error)
        raise
    _check(before)


def _check(before: dict[str, State], error: Exception | None = None) -> None:
    for path, seen in before.items():
        if state_of(path) != seen:
            raise UsageError(f"{path}: changed while it was read: scan it again") from error
