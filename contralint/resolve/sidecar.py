"""Where dropped rows go: a file beside the dataset that holds each of them as it was, and why it was dropped."""

from __future__ import annotations

import base64
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from contralint.errors import UsageError
from contralint.readers import Row
from contralint.readers.discover import DROPPED
from contralint.resolve.rewriting import PREFIX, sync


@dataclass(frozen=True)
class Reason:
    """Why a row was dropped: for which conflict, and by which means."""

    rule: str
    fingerprint: str
    reason: str
    strategy: str


def sidecar_of(path: str) -> str:
    """The sidecar of a dataset."""
    return path + DROPPED


def entry(row: Row, identity: str | None, reasons: Sequence[Reason], *, as_json: bool) -> bytes:
    """A line of a sidecar.

    Args:
        row: What is dropped.
        identity: The row's own id.
        reasons: Why; the first counts, the others are told besides.
        as_json: Whether the row's text is JSON: then it is quoted as it is written, numbers and order of keys.
    """
    first, *more = reasons
    told = {"path": row.path, "line": row.line, "index": row.index, "id": identity, **vars(first)}
    if more:
        told["also"] = [vars(one) for one in more]
    if as_json and row.text is not None:
        # No string of JSON holds a raw line break, so that what is replaced is space between values.
        written = row.text.lstrip("\ufeff\x1e").replace("\r", " ").replace("\n", " ").strip().encode()
    else:
        written = orjson.dumps(_plain(row.data))
    if row.text is not None and not as_json:
        told["text"] = row.text
    return orjson.dumps(told)[:-1] + b',"row":' + written + b"}\n"


def line(data: object) -> str:
    """A row of a table as a line of JSON."""
    return orjson.dumps(_plain(data)).decode() + "\n"


def add(path: str, lines: Iterable[bytes]) -> None:
    """Adds lines to a sidecar, down to the disk; those that it has already stay as they are.

    Raises:
        UsageError: It cannot be written.
    """
    sidecar = Path(sidecar_of(path)).resolve()
    try:
        before = sidecar.read_bytes() if sidecar.exists() else b""
        known = set(before.splitlines(keepends=True))
        fresh = b"".join(line for line in dict.fromkeys(lines) if line not in known)
        if fresh:
            _replace(sidecar, before + (b"" if not before or before.endswith(b"\n") else b"\n") + fresh)
    except OSError as error:
        raise UsageError(f"{sidecar_of(path)}: cannot be written, so nothing was dropped: {error.strerror}") from None


def _replace(path: Path, content: bytes) -> None:
    mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
    descriptor, name = tempfile.mkstemp(prefix=PREFIX, suffix=f"-{path.name}", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        fresh.chmod(mode & 0o7777)
        sync(fresh)
        fresh.replace(path)
        sync(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _plain(value: Any) -> Any:  # noqa: ANN401 (cells of any type)
    """A value of a table as JSON can say it: bytes in base64, numbers that JSON has not and dates as text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(held) for held in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, float)):
        within = value - value == 0 and (isinstance(value, float) or -(2**63) <= value < 2**64)
        return value if within else str(value)
    return str(value)
