"""A way through JSON text that is too large to hold: it finds where values end without decoding them."""

from __future__ import annotations

import re

from contralint.readers.json_text import JsonText
from contralint.readers.row import ROW_LIMIT, SNIPPET_WIDTH
from contralint.readers.source import BUFFER, Text

# A string ends at the end of its line even if it is not closed: none may hold a raw line break, and so one missing
# quotation mark does not turn the rest of the file inside out. The last branch is a string that the buffer cuts.
_STRING = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*(?:"|\\?(?=\n))|"'
_TOKENS = {stops: re.compile(_STRING + r"|[\[\]{}" + stops[:1] + "]") for stops in ("", ",]", ":", "\n")}
ENDS_INSIDE = "the file ends inside this row"
_NOT_SPACE = re.compile("[^ \t\r\n\ufeff\x1e]")
_NOT_BLANK = re.compile("[^ \t\r]")


class Cursor:
    """A position in a text that is read piece by piece."""

    def __init__(self, stream: Text) -> None:
        self._stream = stream
        self._buffer = ""
        self._at = 0
        self._scanned = 0  # how far the search for tokens has come
        self._hold = True  # whether what is passed is kept
        self._cut = False  # whether the text ended inside a string
        self.line = 1
        self.column = 1
        self.offset = 0  # characters passed

    def space(self) -> str:
        """Passes white space; the character after it, or "" at the end of the text."""
        return self._pass_to(_NOT_SPACE)

    def blank(self) -> str:
        """Passes white space within the line; the character after it, or "" at the end of the text."""
        return self._pass_to(_NOT_BLANK)

    def take(self) -> str:
        """Passes the next character and returns it; "" at the end of the text."""
        if self._at == len(self._buffer) and not self._fill():
            return ""
        self._move(self._at + 1)
        return self._buffer[self._at - 1]

    def skip(self, count: int) -> None:
        """Passes a number of characters."""
        while count and (self._at < len(self._buffer) or self._fill()):
            step = min(count, len(self._buffer) - self._at)
            self._move(self._at + step)
            count -= step

    def balanced(self) -> JsonText:
        """Passes the object or array that starts here and returns its text."""
        return self._scan("", hold=True)

    def until(self, stops: str, *, hold: bool = True) -> JsonText:
        """Passes everything up to one of some characters, and returns the text passed.

        Args:
            stops: ",]" or ":", which count where they stand in no string and no bracket, or a line break.
            hold: Whether all the text is wanted; otherwise its beginning is returned.

        Returns:
            The text passed, with a problem where it is too long or the file ends inside it.
        """
        return self._scan(stops, hold=hold)

    def _pass_to(self, wanted: re.Pattern[str]) -> str:
        while True:
            match = wanted.search(self._buffer, self._at)
            self._move(match.start() if match else len(self._buffer))
            if match:
                return match[0]
            if not self._fill():
                return ""

    def _scan(self, stops: str, *, hold: bool) -> JsonText:
        line, column, head = self.line, self.column, self._buffer[self._at : self._at + SNIPPET_WIDTH]
        self._scanned, self._hold, self._cut = self._at, hold, False
        depth = 0
        while token := self._token(_TOKENS[stops]):
            sign = token[0]
            if sign in "[{":
                depth += 1
            elif sign in stops and (not depth or sign == "\n"):
                self._scanned = token.start()
                break
            elif sign in "]}" and depth:
                depth -= 1
                if not depth and not stops:
                    break
        problem = None if token else self._stream.failure
        if token is None and (depth or self._cut):
            problem = problem or ENDS_INSIDE
        if hold and not self._hold:
            problem = f"longer than {ROW_LIMIT:,} characters"
        text = self._buffer[self._at : self._scanned].rstrip() if self._hold else head
        self._move(self._scanned)
        return JsonText(line, column, text, problem)

    def _token(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The next string, bracket or stop; None at the end of the text."""
        while True:
            token = pattern.search(self._buffer, self._scanned)
            if token and token[0] != '"':
                self._scanned = token.end()
                return token
            self._scanned = token.start() if token else len(self._buffer)
            if len(self._buffer) - self._at > ROW_LIMIT:
                self._hold, self._scanned = False, len(self._buffer)
            if not self._hold:
                self._move(self._scanned)
            if not self._fill():
                self._cut, self._scanned = token is not None, len(self._buffer)
                return None

    def _move(self, to: int) -> None:
        newlines = self._buffer.count("\n", self._at, to)
        if newlines:
            self.line += newlines
            self.column = to - self._buffer.rindex("\n", self._at, to)
        else:
            self.column += to - self._at
        self.offset += to - self._at
        self._at = to

    def _fill(self) -> bool:
        """Reads on, twice as much as is held, so that a long row is not scanned over and over; False at the end."""
        kept = self._buffer[self._at :]
        more = self._stream.read(max(BUFFER, len(kept)))
        self._buffer = kept + more
        self._scanned -= self._at
        self._at = 0
        return bool(more)
