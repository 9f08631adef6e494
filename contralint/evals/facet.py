"""What a model does, as far as a case can be checked: each facet reads an answer as a scan reads a record.

A value is a short text that a person can read and write by hand: "refuses", "no", "330 m", "calls search".
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from contralint.facets.arguments import incompatible
from contralint.facets.described import Described
from contralint.facets.quantities import Quantity, quantities
from contralint.facets.toolbox import called
from contralint.kinds.comparisons.aids import answers
from contralint.models.suite import Models
from contralint.records import Record, ToolCall
from contralint.words import normalise

_NEAR = 0.5  # probability up to which two answers may both be right


class Facet(Protocol):
    """One observable behaviour."""

    def shown(self, answer: Described) -> tuple[str, ...]:
        """The values that an answer shows; none where it shows nothing of the facet."""
        ...

    def matching(self, answer: Described, values: Sequence[str]) -> tuple[str, ...]:
        """Those of some values that an answer shows, perhaps in other words."""
        ...


@dataclass(frozen=True)
class Plain:
    """A facet whose values are compared as they are."""

    read: Callable[[Described], Sequence[str]]

    def shown(self, answer: Described) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.read(answer)))

    def matching(self, answer: Described, values: Sequence[str]) -> tuple[str, ...]:
        read = {normalise(value) for value in self.read(answer)}
        return tuple(value for value in values if normalise(value) in read)


@dataclass(frozen=True)
class Alike:
    """A facet of which two values may say the same in other words."""

    read: Callable[[Described], Sequence[str]]
    same: Callable[[str, str], bool]

    def shown(self, answer: Described) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.read(answer)))

    def matching(self, answer: Described, values: Sequence[str]) -> tuple[str, ...]:
        read = self.read(answer)
        return tuple(value for value in values if any(self.same(value, shown) for shown in read))


@dataclass(frozen=True)
class Quantities:
    """Figures with their units: 1.6 km is 1,600 m."""

    def shown(self, answer: Described) -> tuple[str, ...]:
        found = answer.quantities if answers(answer) else ()
        return tuple(dict.fromkeys(answer.span(one.start, one.end).text for one in found))

    def matching(self, answer: Described, values: Sequence[str]) -> tuple[str, ...]:
        found = answer.quantities if answers(answer) else ()
        return tuple(value for value in values if any(_agree(value, one) for one in found))


def _agree(value: str, stated: Quantity) -> bool:
    return any(given.dimension == stated.dimension and given.agrees(stated) for given in quantities(value))


@dataclass(frozen=True)
class Answers:
    """What the judge takes for the same answer: of several values, the one that it finds least incompatible."""

    models: Models

    def shown(self, answer: Described) -> tuple[str, ...]:
        if not answers(answer):
            return ()
        short = answer.answer.text if answer.answer and answer.answer.short else answer.record.response.text
        return (short.strip(),)

    def matching(self, answer: Described, values: Sequence[str]) -> tuple[str, ...]:
        said = self.shown(answer)
        if not said or not values:
            return ()
        if same := tuple(value for value in values if normalise(value) == normalise(said[0])):
            return same
        triples = [(answer.record.request, said[0], value) for value in values]
        found = self.models.judge.probability(triples).tolist()
        nearest = min(range(len(values)), key=lambda number: (found[number], number))
        return (values[nearest],) if found[nearest] < _NEAR else ()


@dataclass(frozen=True)
class Calls:
    """Tools called with certain arguments; each value is a call as `NAME {ARGUMENTS}`."""

    def shown(self, answer: Described) -> tuple[str, ...]:
        calls = answer.record.calls
        return ("; ".join(f"{call.name} {call.arguments}" for call in calls),) if calls else ()

    def matching(self, answer: Described, values: Sequence[str]) -> tuple[str, ...]:
        return tuple(value for value in values if self._same(answer.record, value))

    def _same(self, record: Record, value: str) -> bool:
        if not record.calls:
            return False
        wanted = dataclasses.replace(record, calls=tuple(map(_call, value.split("; "))))
        return called(wanted) == called(record) and incompatible(wanted, record) is None


def _call(value: str) -> ToolCall:
    name, _, arguments = value.partition(" ")
    return ToolCall(name, arguments or "{}")
