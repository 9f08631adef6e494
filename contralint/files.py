"""Files that are written whole or not at all, by one process at a time."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def held(path: Path) -> Iterator[io.FileIO]:
    """A file, made where there is none, to which nothing else of ours writes meanwhile.

    Raises:
        OSError: It cannot be opened for writing.
    """
    while True:
        with path.open("ab+", buffering=0) as file:
            _lock(file)
            # Whoever held it before may have put another file in its place.
            if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
                file.seek(0)
                yield file
                return


def _lock(file: io.FileIO) -> None:
    """Waits for others, where the system has such locks; the file's end lifts it, and so does any of the process."""
    with contextlib.suppress(ImportError, OSError):
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Takes what a file is to hold, and puts it in the place of what it held when all of it is on the disk.

    A link stays one. What is no file, such as a pipe, takes all as it comes; so does a file in a folder that lets
    nothing be put beside it.

    Raises:
        OSError: It cannot be written; then it holds what it held.
    """
    target = path.resolve()
    if target.exists() and (not target.is_file() or not os.access(target.parent, os.W_OK)):
        with target.open("wb") as file:
            yield file
        return
    # Whoever is killed leaves this behind, and the next one uses it.
    beside = target.with_name(f".contralint-{target.name}.new")
    with held(beside) as raw, io.BufferedWriter(raw) as file:
        try:
            raw.truncate(0)
            yield file
            file.flush()
            os.fsync(raw.fileno())
            if target.exists():
                shutil.copymode(target, beside)
            if os.name == "nt":  # where what is open cannot be moved
                file.close()
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def replace(path: Path, text: bytes) -> None:
    """Writes a file whole or not at all, as `replacing` does.

    Raises:
        OSError: It cannot be written; then it holds what it held.
    """
    with replacing(path) as file:
        file.write(text)
