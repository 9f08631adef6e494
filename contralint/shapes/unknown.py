"""What cannot be read as a training example, and the plain words that say why."""

from __future__ import annotations

from collections.abc import Iterable

from contralint.records import Pointer

SHOWN_KEYS = 12
SHOWN_CHARACTERS = 40


class UnknownShape(Exception):  # noqa: N818 - the name that the rule CL002 has, too
    """A row fits no known shape.

    Attributes:
        reason: One plain sentence that names the key at fault and the keys that were found.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def quote(name: object) -> str:
    """A key or value in quotes, on one line, cut where it would fill the line."""
    text = str(name)
    return repr(text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}...")


def listing(names: Iterable[object]) -> str:
    """Several keys in quotes, cut after a dozen; "none" where there is none."""
    quoted = [quote(name) for name in names]
    more = f" and {len(quoted) - SHOWN_KEYS} more" if len(quoted) > SHOWN_KEYS else ""
    return (", ".join(quoted[:SHOWN_KEYS]) or "none") + more


def place(pointer: Pointer) -> str:
    """A pointer as it is written in code, such as 'messages[2].content'."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in pointer)
    return quote("".join(steps).lstrip("."))


def kind(value: object) -> str:
    """What a JSON value is, in words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a string"
    return "a list" if isinstance(value, (list, tuple)) else "an object"
