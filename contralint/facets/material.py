"""The text that a request is about, told apart from what is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import msgspec
import regex

from contralint.patterns import DOTALL, lazy_pattern
from contralint.records import Record

_FENCE = lazy_pattern(r"```[^\n`]*\n(?P<code>.*?)(?:\n[ \t]*)?(?:```|\Z)", DOTALL)
_TAGGED = lazy_pattern(r"<(?P<tag>\w+)>\s*(?P<text>.+?)\s*</(?P=tag)>", DOTALL)
_QUOTED = lazy_pattern(r"[\"“](?P<text>[^\"“”]{40,})[\"”]", DOTALL)
_MARKED = (("```",), _FENCE, "code"), (("</",), _TAGGED, "text"), (('"', "“", "”"), _QUOTED, "text")
_AFTER_COLON = lazy_pattern(r":[ \t]*(?=\S)")
_PARAGRAPHS = lazy_pattern(r"\n[ \t]*\n")
_BREAK = lazy_pattern(r"\n")
_LEAST = 40  # characters of a text that can be worked on
_ASK = 250  # characters of what is asked of it


@dataclass(frozen=True)
class Material:
    """A text to be worked on, and the request without it."""

    text: str
    ask: str


def materials(record: Record) -> Iterator[Material]:
    """Texts that a record may be about, the likeliest first: several readings of one request may be among them."""
    instruction = record.instruction.text
    if record.input.text.strip():
        yield Material(record.input.text, instruction)
    for text, ask in _inside(instruction):
        if len(text.strip()) >= _LEAST and ask.strip() and len(ask) <= _ASK:
            yield Material(text, ask.strip())
    for text in _earlier(record):
        if len(text.strip()) >= _LEAST and len(instruction) <= _ASK:
            yield Material(text, instruction)


def blocks(text: str) -> list[str]:
    """Fenced blocks of a text, without their fences."""
    return [str(match["code"]) for match in _FENCE.finditer(text)]


def strings_of(arguments: str) -> list[tuple[str, str]]:
    """Names and values of the strings anywhere in a call's arguments."""
    return list(_strings("", msgspec.json.decode(arguments)))


# Several behaviours ask for the texts within one request, one after the other.
@lru_cache(maxsize=256)
def _inside(text: str) -> tuple[tuple[str, str], ...]:
    """Texts within a request, each with the rest of it."""
    for marks, pattern, group in _MARKED:
        found = _longest(pattern, group, text) if any(mark in text for mark in marks) else None
        if found and len(found[group]) >= len(text) / 2:
            return ((found[group], text[: found.start()] + " " + text[found.end() :]),)
    parted = []
    if breaks := list(_PARAGRAPHS.finditer(text)) or list(_BREAK.finditer(text)):
        parted.append((text[breaks[0].end() :], text[: breaks[0].start()]))
        parted.append((text[: breaks[-1].start()], text[breaks[-1].end() :]))
    if colon := _AFTER_COLON.search(text):
        parted.append((text[colon.end() :], text[: colon.start()]))
    return tuple(parted)


def _longest(pattern: regex.Pattern[str], group: str, text: str) -> regex.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: len(match[group]), default=None)


def _earlier(record: Record) -> Iterator[str]:
    for turn in reversed(record.context):
        for call in turn.calls:
            yield from (value for _, value in strings_of(call.arguments))
        yield from blocks(turn.field.text) or [turn.field.text]


def _strings(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _strings(str(key), held)
    elif isinstance(value, list):
        for held in value:
            yield from _strings(name, held)
