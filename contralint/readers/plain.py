"""Plain text: what stands on a line is a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contralint.readers.jsonl import BLANK, raw_lines
from contralint.readers.row import NOT_UTF8, UNDECODABLE, Row, Unreadable
from contralint.readers.source import Source

# No prompt begins with an object. One may begin with a bracket, as in "[draft] Please ...", which opens no array.
_JSON = re.compile(r'\{|\[\s*(?:[\[{"]|\Z)')


def is_plain(first_line: str) -> bool:
    """Whether a file whose extension does not tell its format is plain text, by its first line that is not blank."""
    return not _JSON.match(first_line)


def read_plain(source: Source) -> Iterator[Row | Unreadable]:
    """Lines of a text as rows; blank lines are none."""
    for index, raw in enumerate(raw_lines(source)):
        undecoded = UNDECODABLE.search(raw.text)
        if raw.problem is not None:
            yield raw.unreadable(source.path, index, raw.problem)
        elif undecoded:
            yield raw.unreadable(source.path, index, NOT_UTF8, undecoded.start())
        else:
            yield Row(source.path, index, raw.line, raw.text.strip(BLANK), raw.text)
