"""What msgspec says of data that does not fit, taken apart: which key, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

# "Expected `str`, got `int` - at `$.examples.ok[2]`", "Object contains unknown field `foo`".
_PLACE = re.compile(r" - at (?:`key` in )?`\$(?P<path>.*)`$")
_STEP = re.compile(r"\[\.\.\.\]|\.(?P<key>[^.\[]+)|\[(?P<index>\d+)\]")
_UNKNOWN = re.compile(r"unknown field `(?P<key>[^`]+)`")
_QUOTED = re.compile(r"(?:unknown field|invalid enum value) (?P<quote>[`'])(?P<word>.+)(?P=quote)", re.DOTALL)


@dataclass(frozen=True)
class Complaint:
    """One thing wrong with a document.

    Attributes:
        reason: What is wrong, without the place.
        keys: Keys and positions that lead to it; empty for the document as a whole.
    """

    reason: str
    keys: tuple[str | int, ...]

    @property
    def quoted(self) -> str:
        """The key or the value that is not known, if that is what is wrong."""
        found = _QUOTED.search(self.reason)
        return found["word"] if found else ""

    @classmethod
    def of(cls, error: Exception) -> Complaint:
        """Takes the message of a `msgspec.ValidationError` apart."""
        message = str(error)
        place = _PLACE.search(message)
        steps = _STEP.finditer(place["path"] if place else "")
        keys = [step["key"] or int(step["index"]) for step in steps if step["key"] or step["index"]]
        unknown = _UNKNOWN.search(message)
        reason = _PLACE.sub("", message)
        return cls(reason[0].lower() + reason[1:], (*keys, unknown["key"]) if unknown else tuple(keys))

    def __str__(self) -> str:
        return f"{self.reason} (at {'.'.join(map(str, self.keys))})" if self.keys else self.reason
