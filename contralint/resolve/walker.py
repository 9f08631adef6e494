"""A text taken apart at the places that a reader told, nothing left out."""

from __future__ import annotations

from contralint.readers.source import Text

_PIECE = 1 << 20


class Walker:
    """A way through a text, from one line and column to a later one, which gives back all that is passed."""

    def __init__(self, stream: Text) -> None:
        self._stream = stream
        self._piece = ""
        self._at = 0
        self._line = 1
        self._column = 1

    def upto(self, line: int, column: int) -> str:
        """All up to a place; to the end, where the text ends before it."""
        passed: list[str] = []
        while (self._line, self._column) < (line, column) and self._fill():
            count = len(self._piece) - self._at
            if self._line == line:
                count = min(count, column - self._column)
            passed.append(self._move(count))
        return "".join(passed)

    def take(self, count: int) -> str:
        """A number of characters; fewer at the end."""
        passed: list[str] = []
        while count and self._fill():
            passed.append(self._move(min(count, len(self._piece) - self._at)))
            count -= len(passed[-1])
        return "".join(passed)

    def rest(self) -> str:
        """All that is left."""
        passed: list[str] = []
        while self._fill():
            passed.append(self._move(len(self._piece) - self._at))
        return "".join(passed)

    def _fill(self) -> bool:
        """Whether there is more; what is held never goes beyond the end of a line."""
        if self._at == len(self._piece):
            self._piece, self._at = self._stream.readline(_PIECE), 0
        return bool(self._piece)

    def _move(self, count: int) -> str:
        passed = self._piece[self._at : self._at + count]
        self._at += count
        if passed.endswith("\n"):
            self._line, self._column = self._line + 1, 1
        else:
            self._column += count
        return passed
