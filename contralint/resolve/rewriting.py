"""A changed file, written beside the old one, read again, and only then put in its place."""

from __future__ import annotations

import contextlib
import itertools
import math
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contralint.errors import UsageError
from contralint.readers import Row, Unreadable, content_digest, read, state_of
from contralint.readers.formats import format_of
from contralint.readers.source import open_source
from contralint.resolve.change import Change, UnwritableError, applied
from contralint.resolve.columnar import write_columnar
from contralint.resolve.output import write_text
from contralint.resolve.pieces import pieces

PREFIX = ".contralint-"


@dataclass(frozen=True)
class Rewritten:
    """A file that is ready to take the place of another.

    Attributes:
        path: As it is shown.
        target: The file to replace: where the path leads, if it is a link.
        fresh: The new one, in the same folder.
        seen: What the old one was when it was read.
    """

    path: str
    target: Path
    fresh: Path
    seen: tuple[int, ...]

    def check(self) -> None:
        """Looks whether the file is still the one that was read.

        Raises:
            UsageError: It is not.
        """
        if state_of(self.target) != self.seen:
            raise UsageError(f"{self.path} changed while it was being fixed: it was left as it is; run fix again")

    def replace(self) -> None:
        """Puts the new file in the place of the old one, at once.

        Raises:
            OSError: That is not allowed.
            UsageError: The old one is not the one that was read.
        """
        self.check()
        self.fresh.replace(self.target)
        sync(self.target.parent)

    def discard(self) -> None:
        """Removes the new file, where it was not used."""
        self.fresh.unlink(missing_ok=True)


def rewritten(path: str, change: Change, seen: tuple[int, ...]) -> Rewritten:
    """Writes a changed file beside the old one, down to the disk, and checks each of its rows.

    Raises:
        UsageError: It cannot be written, or would not read as it is meant to.
    """
    target = Path(path).resolve()
    try:
        descriptor, name = tempfile.mkstemp(prefix=PREFIX, suffix=f"-{Path(path).name}", dir=target.parent)
        os.close(descriptor)
    except OSError as error:
        raise UnwritableError(path, error.strerror or str(error)) from None
    made = Rewritten(path, target, Path(name), seen)
    with contextlib.ExitStack() as stack:
        stack.callback(made.discard)
        try:
            _write(path, made.fresh, change)
            _keep_rights(target, made.fresh)
        except (OSError, LookupError) as error:
            raise UnwritableError(path, getattr(error, "strerror", None) or str(error)) from error
        _verify(path, made.fresh, change)
        stack.pop_all()
    return made


def sync(path: Path) -> None:
    """Has a file or folder written down to the disk, where the system can."""
    with contextlib.suppress(OSError, PermissionError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write(path: str, fresh: Path, change: Change) -> None:
    source = open_source(path)
    if format_of(source).raws is None:
        write_columnar(source, fresh, change)
    else:
        with fresh.open("wb") as file:
            write_text(source, file, (piece.new for piece in pieces(source, change)))
    sync(fresh)


def _keep_rights(old: Path, new: Path) -> None:
    was = old.stat()
    new.chmod(stat.S_IMODE(was.st_mode))
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):  # another's file stays readable as its mode says
            os.chown(new, was.st_uid, was.st_gid)


def _verify(path: str, fresh: Path, change: Change) -> None:
    """Reads old and new rows side by side."""
    kept = (row for row in read(path) if row.index not in change.drops)
    for old, new in itertools.zip_longest(kept, read(str(fresh))):
        if old is None or new is None or not _as_meant(old, new, change):
            at = "its end" if old is None else f"row {old.index + 1}"
            raise UnwritableError(path, f"at {at} it would not read as it is meant to; nothing was changed")


def _as_meant(old: Row | Unreadable, new: Row | Unreadable, change: Change) -> bool:
    if isinstance(old, Unreadable) or isinstance(new, Unreadable):
        return content_digest(old) == content_digest(new)
    edits = change.edits.get(old.index)
    if edits:
        return _same(new.data, {**change.columns, **applied(old.data, edits)})
    if isinstance(new.data, dict) and change.columns:
        new = Row(new.path, new.index, new.line, _narrowed(new.data, change), new.text)
    return content_digest(old) == content_digest(new)


def _narrowed(data: dict[str, Any], change: Change) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in change.columns}


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401 (values of any type)
    """Whether two values say the same, whatever they are padded with and how exact their numbers are kept."""
    if isinstance(one, dict) and isinstance(other, dict):
        return all(_same(one.get(key), other.get(key)) for key in {**one, **other})
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) or isinstance(other, float):
        return one == other or (one is not None and other is not None and math.isclose(one, other, rel_tol=1e-6))
    return bool(one == other)
