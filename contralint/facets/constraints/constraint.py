"""What every constraint is: where it is told, and whether a response keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import regex

from contralint.facets.constraints.measures import Measured
from contralint.patterns import lazy_pattern

_QUOTED = lazy_pattern(
    r"\"([^\"\n]{1,200})\"|“([^”\n]{1,200})”|„([^“”\n]{1,200})[“”]|«([^»\n]{1,200})»|`([^`\n]{1,200})`"
    r"|(?<![\p{L}\p{N}])['‘]([^'’\n]{1,80}(?:['’]\p{L}[^'’\n]{0,80}){0,20})['’](?![\p{L}\p{N}])"
)


class Constraint(Protocol):
    """Something that a text asks of a response and that can be checked.

    Attributes:
        topic: What it is about, such as "words" or "language": a later wish on a topic undoes an earlier one.
    """

    @property
    def topic(self) -> str: ...

    def broken(self, response: Measured) -> str | None:
        """How a response breaks it, such as "asked for at most 20 words, has 31"; None where it may keep it."""
        ...


@dataclass(frozen=True)
class Told:
    """A sentence that may tell a constraint.

    Attributes:
        text: As written.
        plain: In lower case, with what stands in quotation marks blanked: of the same length.
    """

    text: str
    plain: str = field(compare=False)

    @classmethod
    def of(cls, text: str) -> Told:
        lowered = text.lower() if len(text.lower()) == len(text) else text
        return cls(text, _QUOTED.sub(_blanked, lowered).replace("’", "'"))

    def quotes(self, start: int, end: int) -> list[str]:
        """What stands in quotation marks between two positions."""
        found = _QUOTED.finditer(self.text, start, end)
        return [next(group for group in match.groups() if group is not None) for match in found]


def _blanked(match: regex.Match[str]) -> str:
    whole = match.group()
    return whole[0] + " " * (len(whole) - 2) + whole[-1]
