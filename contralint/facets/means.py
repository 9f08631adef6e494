"""What the names of tools, and system prompts, say of an assistant's means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from contralint.facets import frames
from contralint.facets.acts import Found, sentences_of
from contralint.facets.denials import denials_in
from contralint.facets.phrases import compiled, tools
from contralint.facets.voice import Voice, plain, system_voice
from contralint.records import Record


def granted(record: Record, capability: str) -> bool:
    """Whether a record has the means for a capability: a tool at hand, an earlier call, or its system prompt's word."""
    if capability not in tools():
        return False
    calls = [call.name for turn in record.context for call in turn.calls]
    names = [tool.name for tool in record.tools] + calls
    return any(names_capability(name, capability) for name in names) or (
        capability in _mentions(record.system.text).granted
    )


def forbidden(record: Record, capability: str) -> bool:
    """Whether a record's system prompt says that the assistant lacks a capability."""
    return capability in _mentions(record.system.text).forbidden


def names_capability(tool: str, capability: str) -> bool:
    """Whether the words of a tool's name, or of a text, name a capability."""
    words = _words(tool)
    return any(match.group() for match in compiled(tools()[capability]).finditer(words) if _whole(words, match))


def _whole(words: str, match: regex.Match[str]) -> bool:
    before, after = words[: match.start()], words[match.end() :]
    return (not before or before.endswith(" ")) and (not after or after.startswith(" "))


def _words(name: str) -> str:
    """A tool's name in words: set_alarm, setAlarm and alarm.set alike."""
    return regex.sub(r"[^a-z0-9]+", " ", regex.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()).strip()


@dataclass(frozen=True)
class _Mentions:
    granted: frozenset[str]
    forbidden: frozenset[str]


@lru_cache(maxsize=4096)
def _mentions(system: str) -> _Mentions:
    """Capabilities that a system prompt gives the assistant, and those that it denies it."""
    given: set[str] = set()
    refused = {found.capability for found in system_denials(system)}
    for sentence in sentences_of(plain(system)):
        named = {one.deed.capability for one in (*sentence.named("base"), *sentence.named("gerund"))}
        named |= {name for name in tools() if names_capability(sentence.text, name)}
        (refused if frames.NEGATED.search(sentence.text) else given).update(named)
    return _Mentions(frozenset(given - refused), frozenset(refused))


@lru_cache(maxsize=4096)
def system_denials(system: str) -> tuple[Found, ...]:
    """Capabilities that a system prompt denies the assistant, in the second person."""
    if not system or system_voice(system) is Voice.CHARACTER:
        return ()
    found = [found for sentence in sentences_of(plain(system)) for found in denials_in(sentence, frames.DENIALS_SECOND)]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))
