"""Arguments of a tool call: which of two sets cannot both be meant by one request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from contralint.models.lexicon import SYNONYMS
from contralint.patterns import lazy_pattern
from contralint.records import Record
from contralint.words import normalise, stem

# Text in words of one's own: it may differ as two right answers may.
_FREE = lazy_pattern(
    r"(?:^|_)(?:query|q|prompt|text|content|contents|message|body|title|name|label|description|subject|code|sql|command"
    r"|expression|input|note|notes|summary|caption|reason|comment|keywords?|topic|instructions?|question|script|pattern|path|id)(?:$|_)"
)
# How much of a result is fetched or shown: a default that nobody asked for.
_DEFAULTS = lazy_pattern(
    r"(?:^|_)(?:limit|max|min|top|num|n|k|count|page|size|results?|timeout|offset|temperature|seed)(?:$|_)"
)
_CAMEL = lazy_pattern(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = lazy_pattern(r"[\p{L}_-]{4,24}")
_MOMENT = lazy_pattern(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?Z?|\d{1,2}:\d\d")
# Words by which tools name one thing.
_MEANINGS = (
    "metric celsius",
    "imperial fahrenheit",
    "driving drive car auto",
    "walking walk foot pedestrian",
    "transit public_transport public-transport train bus",
    "cycling cycle bike bicycle bicycling",
    "ascending asc",
    "descending desc",
    "normal medium default standard",
)
_SLACK = 0.01  # share by which two numbers may differ and still be one

Value = str | float | bool


@dataclass(frozen=True)
class Argument:
    """One value of a call: the keys that lead to it, and the value as it is compared."""

    key: str
    value: Value


def incompatible(one: Record, other: Record) -> tuple[Argument, Argument] | None:
    """The first argument that both records give, to which they give values that cannot both be meant."""
    ours, theirs = (dict(_arguments(record)) for record in (one, other))
    common = sorted(ours.keys() & theirs.keys())
    for key in common:
        if _swapped(ours, theirs, key, common) or _clash(key, (ours[key], theirs[key]), (one.request, other.request)):
            return Argument(key, ours[key]), Argument(key, theirs[key])
    return None


def _swapped(ours: Mapping[str, Value], theirs: Mapping[str, Value], key: str, keys: Sequence[str]) -> bool:
    """Whether two arguments stand in each other's place: from Rome to Oslo, from Oslo to Rome."""
    if ours[key] == theirs[key]:
        return False
    return any(ours[key] == theirs[other] and theirs[key] == ours[other] for other in keys if other != key)


def _arguments(record: Record) -> Iterator[tuple[str, Value]]:
    for call in record.calls:
        yield from _flat(call.name, msgspec.json.decode(call.arguments))


def _flat(key: str, value: object) -> Iterator[tuple[str, Value]]:
    """Scalars under their keys; lists are left to free text, since their order and length may be anything."""
    if isinstance(value, Mapping):
        for name, held in value.items():
            yield from _flat(f"{key}.{name}", held)
    elif isinstance(value, bool):
        yield key, value
    elif isinstance(value, (int, float)):
        yield key, float(value)
    elif isinstance(value, str):
        yield key, _plain(value)


def _plain(value: str) -> Value:
    text = normalise(value).strip("\"'")
    if text in ("true", "false"):
        return text == "true"
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return text


def _clash(key: str, values: tuple[Value, Value], requests: tuple[str, str]) -> bool:
    first, second = values
    name = _CAMEL.sub("_", key.rsplit(".", 1)[-1]).lower().replace("-", "_")
    if first == second or type(first) is not type(second):
        return False
    if isinstance(first, str) and isinstance(second, str):
        return _strings_clash(name, (first, second), tuple(map(str.casefold, requests)))
    if isinstance(first, float) and isinstance(second, float):
        return not _DEFAULTS.search(name) and abs(first - second) > _SLACK * max(abs(first), abs(second))
    return True


def _strings_clash(name: str, values: tuple[str, str], requests: tuple[str, ...]) -> bool:
    first, second = values
    copied = [value in request for value, request in zip(values, requests, strict=True)]
    if first in second or second in first or _twins(first, second):
        return False
    if all(_MOMENT.fullmatch(value) for value in values):
        return any(copied) and len(first) == len(second)
    if all(copied):
        return not _FREE.search(name) and all(value in request for value in values for request in requests)
    return not _FREE.search(name) and all(map(_WORD.fullmatch, values)) and len(set(copied)) == 1


def _twins(first: str, second: str) -> bool:
    """Whether one word is another spelling, an abbreviation or a synonym of the other."""
    short, long = sorted((first, second), key=len)
    if any({first, second} <= set(group.split()) for group in _MEANINGS):
        return True
    return stem(first) == stem(second) or long.startswith(short[:3]) or (stem(first), stem(second)) in SYNONYMS
