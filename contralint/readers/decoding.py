"""Raw JSON texts, decoded to rows."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator

import jsonlines
import orjson

from contralint.readers.row import NOT_UTF8, UNDECODABLE, Raw, Row, Unreadable

_NO_NUMBER = re.compile("-?(NaN|Infinity)")  # which other programs write for numbers that JSON has not


def decode(path: str, raws: Iterable[Raw]) -> Iterator[Row | Unreadable]:
    """Decodes raw JSON texts, in order; what cannot be decoded is reported and the rest goes on."""
    return decode_numbered(path, enumerate(raws))


def decode_numbered(path: str, raws: Iterable[tuple[int, Raw]]) -> Iterator[Row | Unreadable]:
    """Decodes some raw JSON texts of a file, each given with the number of its row."""
    texts: deque[str] = deque()
    reader = jsonlines.Reader(iter(texts.popleft, None), loads=orjson.loads)
    for index, raw in raws:
        if raw.problem is not None:
            yield raw.unreadable(path, index, raw.problem)
            continue
        texts.append(raw.text)
        try:
            data = reader.read(allow_none=True)
        except jsonlines.InvalidLineError as error:
            yield _undecodable(path, index, raw, error.__cause__)
        else:
            yield Row(path, index, raw.line, data, raw.text, raw.column)


def _undecodable(path: str, index: int, raw: Raw, cause: BaseException | None) -> Unreadable:
    undecoded = UNDECODABLE.search(raw.text)
    if undecoded:
        return raw.unreadable(path, index, NOT_UTF8, undecoded.start())
    assert isinstance(cause, orjson.JSONDecodeError)
    skipped = len(raw.text) - len(cause.doc)
    offset = min(cause.pos + skipped, len(raw.text))
    number = _NO_NUMBER.search(raw.text, max(0, offset - 1), offset + 9)
    if number:
        return raw.unreadable(path, index, f"{number[0]} is no JSON value", number.start())
    return raw.unreadable(path, index, _reason(cause.msg, raw.text[offset : offset + 1]), offset)


def _reason(message: str, found: str) -> str:
    """The decoder's message in words that say what to mend, where its own do not."""
    if "surrogate" in message:
        return "half of a surrogate pair (such as \\ud800), which stands for no character"
    if found and found < " ":
        return f"control character U+{ord(found):04X}, unescaped"
    if "depth" in message or "recursion" in message:
        return "nested too deeply"
    return f"broken JSON: {message}"
