"""Files about conflicts, one JSON value a line: what the baseline and the decisions have in common.

Every error names its line, a file is written whole or not at all, and a diagnostic is looked up by what its records
teach: it is known as long as no further record joins it.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec
import orjson

from contralint.complaints import Complaint
from contralint.diagnostics import Diagnostic
from contralint.errors import UsageError
from contralint.files import held, replace
from contralint.spelling import did_you_mean

Line = TypeVar("Line")
_MERGE_MARKS = (b"<<<<<<< ", b"=======", b">>>>>>> ", b"||||||| ")


@dataclass(frozen=True)
class Ledger:
    """A file on disk.

    Attributes:
        noun: What messages call it.
        words: Keys and values that a mistyped word may stand for.
    """

    path: Path
    noun: str
    words: Sequence[str] = ()

    def read(self) -> list[bytes]:
        """All lines, blank ones too.

        Raises:
            UsageError: The file cannot be read.
        """
        try:
            return self.path.read_bytes().removeprefix(codecs.BOM_UTF8).splitlines()
        except OSError as error:
            raise UsageError(f"{self.path}: the {self.noun} cannot be read: {error.strerror}") from None

    def parse(self, number: int, line: bytes, kind: type[Line]) -> Line:
        """The value of a line.

        Raises:
            UsageError: It is no value of this kind; the message names file and line.
        """
        if line.startswith(_MERGE_MARKS):
            raise UsageError(f"{self.path}:{number}: a merge was left unresolved: keep the lines, take out the marks")
        try:
            return msgspec.json.decode(line, type=kind)
        except msgspec.ValidationError as error:
            complaint = Complaint.of(error)
            hint = did_you_mean(complaint.quoted, self.words) if complaint.quoted else ""
            raise UsageError(f"{self.path}:{number}: no {self.noun} of contralint: {complaint}{hint}") from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise UsageError(f"{self.path}:{number}: no {self.noun} of contralint: {error}") from None

    def write(self, lines: Iterable[object]) -> None:
        """Writes the file, whole or not at all; a link stays one, and a device or a pipe takes the lines.

        Raises:
            UsageError: It cannot be written.
        """
        try:
            replace(self.path, b"".join(map(encoded, lines)))
        except OSError as error:
            raise self._unwritable(error) from None

    def append(self, line: object) -> None:
        """Adds a line to the file, which is made where there is none.

        Raises:
            UsageError: It cannot be written.
        """
        try:
            with held(self.path) as file:
                end = file.seek(0, 2)
                file.seek(max(0, end - 1))
                _write_whole(file, encoded(line) if file.read(1) in (b"", b"\n") else b"\n" + encoded(line), end)
        except OSError as error:
            raise self._unwritable(error) from None

    def take_out(self, line: bytes) -> bool:
        """Takes a line out of the file, the last of those that read so; all others stay byte for byte.

        Returns:
            Whether there was one.

        Raises:
            UsageError: The file cannot be written.
        """
        try:
            with held(self.path) as file:
                lines = file.read().splitlines(keepends=True)
                read = [found.removeprefix(codecs.BOM_UTF8).rstrip(b"\r\n") for found in lines]
                numbers = [number for number, found in enumerate(read) if found == line]
                if numbers:
                    del lines[numbers[-1]]
                    if os.name == "nt":  # where what is open cannot be replaced
                        file.close()
                    replace(self.path, b"".join(lines))
                return bool(numbers)
        except OSError as error:
            raise self._unwritable(error) from None

    def _unwritable(self, error: OSError) -> UsageError:
        return UsageError(f"{self.path}: the {self.noun} cannot be written: {error.strerror}")


def _write_whole(file: io.FileIO, text: bytes, end: int) -> None:
    """Adds text to a file, down to the disk, or leaves the file as it was."""
    try:
        # Unbuffered, and in general at once: readers see the line whole or not at all.
        left = memoryview(text)
        while left:
            left = left[file.write(left) :]
        os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            file.truncate(end)
        raise


def encoded(line: object) -> bytes:
    """A value as a line of a ledger."""
    return orjson.dumps(msgspec.to_builtins(line)) + b"\n"


class Entry(Protocol):
    """A line about a conflict: its rule, and hashes of what its records teach."""

    @property
    def rule(self) -> str: ...
    @property
    def records(self) -> Sequence[str]: ...


class Contents:
    """Looks entries up by what records teach."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._of_record: dict[tuple[str, str], set[int]] = defaultdict(set)
        for number, entry in enumerate(entries):
            for record in entry.records:
                self._of_record[entry.rule, record].add(number)

    def knowing(self, diagnostic: Diagnostic) -> set[int]:
        """Positions of the entries of its rule in which all records of a diagnostic stand."""
        holding = [self._of_record.get((diagnostic.rule, record), set()) for record in diagnostic.contents]
        return set.intersection(*holding) if holding else set()
