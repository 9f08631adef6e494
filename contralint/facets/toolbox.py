"""The tools of a record: those at hand, those called, and what they say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec
import regex

from contralint.facets.masked import masked
from contralint.patterns import lazy_pattern
from contralint.records import Record, Tool, ToolCall

_CAMEL = lazy_pattern(r"(?<=[a-z0-9])(?=[A-Z])")
_SEPARATOR = lazy_pattern(r"[^\p{L}\p{N}]+")
_DESCRIPTION = 300  # characters of a description that say what a tool is for


def called(record: Record) -> tuple[str, ...]:
    """Names of the tools that a response calls, each once, in order."""
    return tuple(dict.fromkeys(call.name for call in record.calls))


def at_hand(record: Record, known: Iterable[str]) -> frozenset[str]:
    """Tools that a record could call: in its list, called before, or known and named in its system prompt."""
    own = {tool.name for tool in record.tools} | set(called(record))
    own.update(call.name for turn in record.context for call in turn.calls)
    if record.system.text:
        own.update(name for name in known if _mentions(record.system.text, name))
    return frozenset(own)


def in_midst(record: Record) -> bool:
    """Whether a response continues work with tools rather than meeting a request afresh."""
    return bool(record.context) and (record.context[-1].role == "tool" or bool(record.context[-1].calls))


def informed(record: Record) -> bool:
    """Whether an earlier tool result may hold the answer already."""
    return any(turn.role == "tool" for turn in record.context)


def copied_arguments(record: Record) -> frozenset[str]:
    """Sorts of material (as `masked` names them) that are arguments of a call, word for word from the request."""
    return frozenset().union(*map(_sorts, _copied(record)))


def _copied(record: Record) -> Iterator[str]:
    for call in record.calls:
        for value in argument_values(call):
            text = str(value)
            if text and text in record.request:
                yield text


def argument_values(call: ToolCall) -> list[object]:
    """The values at the top of a call's arguments."""
    arguments = msgspec.json.decode(call.arguments)
    return list(arguments.values()) if isinstance(arguments, dict) else [arguments]


def _sorts(text: str) -> frozenset[str]:
    # In the middle of a sentence, as the text stood in the request: a name at the start would not count as one.
    return frozenset(masked(f"for {text}").slots) - {"name"} if len(text.split()) == 1 else frozenset()


def means(name: str, record: Record) -> str:
    """A tool's name in words, with what its schema says that it is for."""
    described = next((_description(tool) for tool in record.tools if tool.name == name), "")
    return f"{words_of(name)}: {described}" if described else words_of(name)


def words_of(name: str) -> str:
    """A name in words: set_alarm, setAlarm and alarm.set alike."""
    return _SEPARATOR.sub(" ", _CAMEL.sub(" ", name)).strip().lower()


@lru_cache(maxsize=4096)
def _description(tool: Tool) -> str:
    schema = msgspec.json.decode(tool.schema)
    text = schema.get("description") if isinstance(schema, dict) else None
    return text[:_DESCRIPTION] if isinstance(text, str) else ""


@lru_cache(maxsize=65536)
def _mentions(system: str, name: str) -> bool:
    return regex.search(rf"(?<![\w-]){regex.escape(name)}(?![\w-])", system) is not None
