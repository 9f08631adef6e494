"""What readers hand on: rows, rows that cannot be read, and the raw text they are made of."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from contralint.readers.place import Extent, Place, Stretch

# A row above this many characters is reported and passed over, so that one endless line (or a decompression bomb)
# cannot fill the memory. Real rows are a few thousand characters; generous embedded documents reach some ten million.
ROW_LIMIT = 128 * 1024 * 1024
SNIPPET_WIDTH = 80
NOT_UTF8 = "not valid UTF-8: bytes that stand for no character"
UNDECODABLE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Row:
    """One row of a file, decoded.

    Attributes:
        path: As it is shown: relative to the working directory where it lies below it, with forward slashes.
        index: Number of the row in its file, from 0; rows that cannot be read count.
        line: Line on which the row starts, from 1; for formats without lines, `index + 1`.
        data: The decoded row: normally an object with string keys.
        text: The row's raw text, where the format has one; of a JSON object of columns, its cells put together.
        column: Column at which `text` starts, from 1.
    """

    path: str
    index: int
    line: int
    data: Any
    text: str | None
    column: int = 1


@dataclass(frozen=True)
class Unreadable:
    """A row that cannot be decoded, and where and why its reading broke.

    Attributes:
        path: As in `Row`.
        index: As in `Row`.
        line: Line of the place that cannot be read, from 1.
        column: Column of that place, in characters, from 1.
        reason: Why, in plain words.
        snippet: The raw text around that place, with what cannot be printed escaped; at most 80 characters.
        content: Hash of all that the row holds, where that can be told: many rows break in the same words.
    """

    path: str
    index: int
    line: int
    column: int
    reason: str
    snippet: str
    content: str = ""


@dataclass(frozen=True)
class Raw:
    """A row's text as it stands in its file, not yet decoded.

    Attributes:
        line: Line on which it starts, from 1.
        column: Column at which it starts, from 1.
        text: The text itself, or its beginning where it is too long.
        problem: Why it is not worth decoding, such as that the file breaks off in it.
    """

    line: int
    column: int
    text: str
    problem: str | None = None

    def find(self, stretch: Stretch) -> Extent:  # noqa: ARG002 - formats that can look inside a row do
        """Where a stretch stands in the text: the whole text, where nothing closer is known."""
        return Extent(0, len(self.text))

    def place(self, stretch: Stretch) -> Place:
        """Where a stretch stands in the file."""
        found = self.find(stretch)
        return Place(
            self.line_at(found.begin), self.column_at(found.begin), self.line_at(found.end), self.column_at(found.end)
        )

    def line_at(self, offset: int) -> int:
        """Line of the character at an offset of the text."""
        return self.line + self.text.count("\n", 0, offset)

    def column_at(self, offset: int) -> int:
        """Column of the character at an offset of the text."""
        newline = self.text.rfind("\n", 0, offset)
        return self.column + offset if newline < 0 else offset - newline

    def unreadable(self, path: str, index: int, reason: str, offset: int = 0) -> Unreadable:
        """The report that this row cannot be read, for a reason that shows at an offset of its text."""
        begin = max(0, offset - SNIPPET_WIDTH // 2)
        snippet = escaped(self.text[begin : begin + SNIPPET_WIDTH])
        content = hashlib.blake2b(self.text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return Unreadable(path, index, self.line_at(offset), self.column_at(offset), reason, snippet, content)


def escaped(text: str) -> str:
    """Text fit for one line of a terminal, at most 80 characters: what cannot be printed is escaped."""
    shown = "".join(letter if letter.isprintable() else _escape(letter) for letter in text)
    return shown if len(shown) <= SNIPPET_WIDTH else shown[: SNIPPET_WIDTH - 3] + "..."


def _escape(letter: str) -> str:
    if "\udc80" <= letter <= "\udcff":  # how a byte that is no UTF-8 was read
        return f"\\x{ord(letter) - 0xDC00:02x}"
    return letter.encode("unicode_escape").decode("ascii")
