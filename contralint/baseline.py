"""Diagnostics that are known already, kept in a file so that only new ones are reported.

One line a diagnostic, in order, with hashes of what its records teach: rows may be reordered, inserted or written
otherwise, and a diagnostic is still known as long as no further record joins it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from contralint.diagnostics import Diagnostic
from contralint.errors import UsageError
from contralint.ledger import Contents, Ledger, encoded

DEFAULT_FILE = "contralint.baseline.jsonl"
_VERSION = 1


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line."""

    contralint_baseline: int = msgspec.field(name="contralint-baseline")


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A known diagnostic.

    Attributes:
        records: Hashes of what its records teach, sorted.
        message: For whoever reads the file.
    """

    rule: str
    fingerprint: str
    records: list[str]
    message: str


@dataclass(frozen=True)
class Checked:
    """Diagnostics held against a baseline: those that it does not know, and its entries of which nothing is left."""

    new: tuple[Diagnostic, ...]
    known: int
    gone: tuple[Entry, ...]


@dataclass(frozen=True)
class Baseline:
    """Known diagnostics, sorted by rule and fingerprint."""

    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, diagnostics: Iterable[Diagnostic]) -> Baseline:
        """A baseline that knows all of them."""
        entries = {
            (found.rule, found.fingerprint): Entry(found.rule, found.fingerprint, list(found.contents), found.message)
            for found in diagnostics
        }
        return cls(tuple(entry for _, entry in sorted(entries.items())))

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Reads a file.

        Raises:
            UsageError: It cannot be read, or is no baseline of this version; the message names file and line.
        """
        ledger = Ledger(path, "baseline")
        lines = ledger.read() or [b""]
        head = ledger.parse(1, lines[0], _Head)
        if head.contralint_baseline != _VERSION:
            raise UsageError(f"{path}:1: a baseline of version {head.contralint_baseline}; known: {_VERSION}")
        return cls(tuple(ledger.parse(number, line, Entry) for number, line in enumerate(lines[1:], start=2) if line))

    @property
    def _lines(self) -> list[_Head | Entry]:
        return [_Head(_VERSION), *self.entries]

    def dumps(self) -> str:
        """What a file of it holds."""
        return b"".join(map(encoded, self._lines)).decode()

    def write(self, path: Path) -> None:
        """Writes a file, whole or not at all.

        Raises:
            UsageError: It cannot be written.
        """
        Ledger(path, "baseline").write(self._lines)

    def check(self, diagnostics: Sequence[Diagnostic]) -> Checked:
        """Tells new diagnostics from known ones: known is one all of whose records stand in one entry of its rule."""
        contents = Contents(self.entries)
        new, met = [], set()
        for found in diagnostics:
            knowing = contents.knowing(found)
            met |= knowing
            if not knowing:
                new.append(found)
        gone = tuple(entry for number, entry in enumerate(self.entries) if number not in met)
        return Checked(tuple(new), len(diagnostics) - len(new), gone)
