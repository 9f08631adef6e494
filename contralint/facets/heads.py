"""The words that a pattern may begin with, so that it is tried only where one of them stands.

Read are patterns of the lexicon: literal words, groups `(?:...)`, `?` after a letter or a group, and look-arounds.
"""

from __future__ import annotations

import re

_LITERAL = re.compile(r"[a-z0-9'-]+")
_IDLE = re.compile(r"\\b|\^|\\s\*|\(\?<?[=!]")
_QUANTIFIER = re.compile(r"(?P<optional>[?*]|\{0,\d*\})[?+]?|\{\d+(?:,\d*)?\}[?+]?|\+[?+]?")
_ENDS = re.compile(r"$|[ ,.!?:;—)$]|\\b|\\s|\[|\(\?[=!]")


def heads(pattern: str) -> frozenset[str]:
    """First words of the texts that a pattern matches.

    Raises:
        ValueError: The pattern may begin with anything.
    """
    return frozenset().union(*(_first(branch) for branch in _branches(pattern)))


def _first(pattern: str) -> frozenset[str]:
    if idle := _IDLE.match(pattern):
        return _first(pattern[_closing(pattern) + 1 if pattern[0] == "(" else idle.end() :])
    if pattern.startswith("(?:"):
        return _of_group("", pattern)
    return _word(pattern)


def _word(pattern: str) -> frozenset[str]:
    literal = _LITERAL.match(pattern)
    if not literal:
        raise ValueError(f"it may begin with anything at '{pattern[:30]}'")
    word, rest = literal.group(), pattern[literal.end() :]
    if rest.startswith("?"):
        return _first(word + rest[1:]) | _first(word[:-1] + rest[1:])
    if rest.startswith("(?:"):
        return _of_group(word, rest)
    if not _ENDS.match(rest):
        raise ValueError(f"its first word goes on with '{rest[:30]}'")
    return frozenset({word})


def _of_group(before: str, pattern: str) -> frozenset[str]:
    """First words of a literal, a group, and what follows."""
    closing = _closing(pattern)
    quantifier = _QUANTIFIER.match(pattern, closing + 1)
    rest = pattern[quantifier.end() if quantifier else closing + 1 :]
    found = [_first(before + branch + rest) for branch in _branches(pattern[3:closing])]
    if quantifier and quantifier.group("optional"):
        found.append(_first(before + rest.removeprefix(" ") if before.endswith(" ") else before + rest))
    return frozenset().union(*found)


def _branches(pattern: str) -> list[str]:
    found, depth, start, place = [], 0, 0, 0
    while place < len(pattern):
        place, depth, splits = _step(pattern, place, depth)
        if splits:
            found.append(pattern[start : place - 1])
            start = place
    return [*found, pattern[start:]]


def _closing(pattern: str) -> int:
    """Where the group ends that a pattern begins with."""
    place, depth, _ = _step(pattern, 0, 0)
    while depth:
        place, depth, _ = _step(pattern, place, depth)
    return place - 1


def _step(pattern: str, place: int, depth: int) -> tuple[int, int, bool]:
    """The place after the next token of a pattern, the depth there, and whether the token parts branches."""
    character = pattern[place]
    if character == "\\":
        return place + 2, depth, False
    if character == "[":
        return pattern.index("]", place + 2) + 1, depth, False
    depth += {"(": 1, ")": -1}.get(character, 0)
    return place + 1, depth, character == "|" and depth == 0
