"""Conflicts in the order in which they are to be decided."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from contralint.diagnostics import Diagnostic
from contralint.escape import visible

_STEP = 3  # times that a conflict counts for each step of severity


@dataclass(frozen=True)
class Conflict:
    """A diagnostic that somebody is to decide.

    Attributes:
        key: Names it in addresses: its fingerprint, and a number where several have the same.
    """

    key: str
    found: Diagnostic

    @cached_property
    def files(self) -> frozenset[str]:
        """Paths of the files that have a part in it, as a page can show them."""
        return frozenset(visible(place.path) for side in self.found.sides for place in side.members)

    @cached_property
    def sources(self) -> frozenset[str]:
        """The sources that have a part in it, as a page can show them."""
        return frozenset(visible(place.source) for side in self.found.sides for place in side.members)

    @property
    def records(self) -> int:
        """How many records have a part in it."""
        return records_of(self.found)


def ranked(diagnostics: Iterable[Diagnostic]) -> list[Conflict]:
    """The conflicts, the most asked first; of these, or where nothing tells that, the weightiest."""
    seen: Counter[str] = Counter()
    conflicts = []
    for found in sorted(diagnostics, key=lambda found: (-_asked(found), -_weight(found), found.sort_key)):
        seen[found.fingerprint] += 1
        number = seen[found.fingerprint]
        conflicts.append(Conflict(found.fingerprint if number == 1 else f"{found.fingerprint}.{number}", found))
    return conflicts


def records_of(found: Diagnostic) -> int:
    """How many records a diagnostic has on all its sides."""
    return sum(len(side.members) for side in found.sides)


def _asked(found: Diagnostic) -> float:
    """How much real users ask of it, where that is known."""
    return found.weight.share if found.weight else 0.0


def _weight(found: Diagnostic) -> float:
    """Twice as many records weigh one more: a flood of copies must not hide what is worse."""
    return math.log2(1 + records_of(found)) * found.confidence * float(_STEP**found.severity.rank)
