"""The weights that ship: each file is checked, before anything parses it, against the sum that it was released with."""

from __future__ import annotations

import hashlib
from pathlib import Path

from contralint.errors import UsageError

WEIGHTS = Path(__file__).parent / "weights"
CHECKSUMS = "SHA256SUMS"
_POINTER = b"version https://git-lfs"


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def released_sum(name: str) -> str:
    """SHA-256 that a file of the package was released with, in hexadecimal; empty for what is none."""
    lines = (WEIGHTS / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    return next((digest for digest, file in map(str.split, filter(None, lines)) if file == name), "")


def shipped(name: str) -> Path:
    """A file that ships with the package, after its content is checked against the committed sum.

    Raises:
        UsageError: The file is missing, cannot be read or differs.
    """
    path = WEIGHTS / name
    try:
        wrong = _difference(path.read_bytes(), released_sum(name))
    except OSError as error:
        wrong = f"cannot be read ({error.strerror})"
    if wrong:
        raise UsageError(f"{path} {wrong}: install contralint again")
    return path


def _difference(content: bytes, released: str) -> str:
    """What is wrong with a file's content; empty where nothing is."""
    if content.startswith(_POINTER):
        return "is a pointer of Git LFS, not the file itself (`git lfs pull` fetches it)"
    if hashlib.sha256(content).hexdigest() == released:
        return ""
    return f"is damaged or cut short: its {len(content):,} bytes are not those that were released"
