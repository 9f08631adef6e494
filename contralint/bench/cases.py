"""Labelled rows, and their fields with errors that name file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from contralint.errors import UsageError
from contralint.readers import Unreadable, read
from contralint.spelling import did_you_mean

_FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_NAME = 60  # characters of a case that are shown


@dataclass(frozen=True)
class Case:
    """One labelled row and its place."""

    path: str
    line: int
    data: Mapping[str, Any]

    def error(self, reason: str) -> UsageError:
        """The error that something is wrong with this row."""
        return UsageError(f"{self.path}:{self.line}: {reason}")

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """Names this row in whatever is wrong."""
        try:
            yield
        except UsageError as error:
            raise self.error(str(error)) from None

    def text(self, *keys: str) -> str:
        """The text under the first of these keys that the row has.

        Raises:
            UsageError: It has none of them, or no text there.
        """
        key = next((key for key in keys if key in self.data), None)
        if key is None:
            raise self.error(f"the row has no '{' or '.join(keys)}'")
        if not isinstance(self.data[key], str):
            raise self.error(f"'{key}' is not a text")
        return str(self.data[key])

    def flag(self, key: str) -> bool:
        """True or false, also written 1 and 0.

        Raises:
            UsageError: It is neither, or missing.
        """
        value = _FLAGS.get(str(self.data.get(key)).casefold())
        if value is None:
            raise self.error(f"'{key}' must be true or false")
        return value

    def word(self, key: str, meanings: Mapping[str, str]) -> str:
        """What the word under a key means.

        Raises:
            UsageError: It is none of the known words.
        """
        word = self.text(key)
        found = meanings.get(word.strip().casefold())
        if found is None:
            hint = did_you_mean(word, meanings) or f"; known: {', '.join(meanings)}"
            raise self.error(f"unknown {key} '{word}'{hint}")
        return found

    def texts(self, key: str) -> list[str]:
        """A list of texts.

        Raises:
            UsageError: There is something else.
        """
        value = self.data.get(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"'{key}' is not a list of texts")
        return value

    def row(self, key: str) -> Mapping[str, Any]:
        """A row of data.

        Raises:
            UsageError: There is something else.
        """
        return self._row(self.data.get(key), f"'{key}'")

    def rows(self, key: str) -> list[Mapping[str, Any]]:
        """A list of rows of data, at least one.

        Raises:
            UsageError: There is something else.
        """
        value = self.data.get(key)
        if not isinstance(value, list) or not value:
            raise self.error(f"'{key}' is not a list of rows")
        return [self._row(item, f"'{key}' holds something that") for item in value]

    def group(self, *keys: str) -> str:
        """The value under the first of these keys that the row has, as a text; "" where it has none."""
        return next((str(self.data[key]) for key in keys if self.data.get(key) is not None), "")

    def name(self, *texts: str) -> str:
        """What the case is called: as it says itself, else by its texts."""
        own = self.group("case", "id")
        shown = own or " | ".join(" ".join(text.split()) for text in texts)
        return shown if len(shown) <= _NAME else shown[: _NAME - 3] + "..."

    def _row(self, value: Any, what: str) -> Mapping[str, Any]:  # noqa: ANN401 (not checked yet)
        if not isinstance(value, Mapping):
            raise self.error(f'{what} is not a row: an object such as {{"instruction": ..., "output": ...}}')
        return value


def read_cases(path: str) -> Sequence[Case]:
    """All rows of a labelled file.

    Raises:
        UsageError: The file has none, or one that cannot be read.
    """
    cases = []
    for row in read(path):
        if isinstance(row, Unreadable):
            raise UsageError(f"{row.path}:{row.line}:{row.column}: {row.reason}")
        if not isinstance(row.data, Mapping):
            raise UsageError(f"{row.path}:{row.line}: a labelled row must be an object with keys")
        cases.append(Case(row.path, row.line, row.data))
    if not cases:
        raise UsageError(f"{path}: there are no labelled rows in it")
    return cases
