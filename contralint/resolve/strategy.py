"""Strategies: which side of an undecided conflict stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar, get_args

from contralint.diagnostics import Diagnostic, Location, Severity, Side

Strategy = Literal[
    "keep-chosen-side", "keep-majority", "keep-newest", "keep-source", "condition", "down-weight", "drop-both"
]
STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)
Rank = TypeVar("Rank", float, int)


class UnsettledError(Exception):
    """A strategy, or a decision, does not settle a conflict; the message says why."""


@dataclass(frozen=True)
class Method:
    """How conflicts are to be settled that nobody has decided.

    Attributes:
        newest_by: For keep-newest: the field that tells how new a row is; None asks git.
        sources: For keep-source: sources, the most trusted first.
        conditions: For condition: by a side's label, when it holds.
        weight: For down-weight: the weight of the losing sides.
        column: The column that holds weights.
        severity: The lowest severity that the strategy is for.
    """

    strategy: Strategy = "keep-chosen-side"
    newest_by: str | None = None
    sources: Sequence[str] = ()
    conditions: Mapping[str, str] = field(default_factory=dict)
    weight: float = 0.1
    column: str = "weight"
    severity: Severity = Severity.WARNING


class Ages(Protocol):
    """Tells how new a row is."""

    def age(self, place: Location) -> float:
        """A number that grows with time.

        Raises:
            UnsettledError: Nothing tells.
        """
        ...


class Ranks(Protocol):
    """Tells how far up a row's source stands."""

    def rank(self, place: Location) -> int:
        """A number, 0 for the best; behind all others where the source is not ranked."""
        ...


@dataclass(frozen=True)
class Scales:
    """What rows are measured by."""

    ages: Ages
    ranks: Ranks


def winner(found: Diagnostic, strategy: Strategy, scales: Scales, evaluates: Callable[[Side], bool]) -> Side:
    """The side that stays.

    Args:
        found: The conflict.
        strategy: One that keeps a side.
        scales: What rows are measured by.
        evaluates: Whether a side belongs to the evaluation split.

    Raises:
        UnsettledError: None stands out.
    """
    if any(map(evaluates, found.sides)):
        raise UnsettledError("a side belongs to the evaluation split, against which nothing counts: see drop-both")
    return _WINNERS[strategy](found, scales)


def counted(found: Diagnostic) -> str:
    """How many records stand where."""
    sides = [f"{len(side.members)} {side.label if len(side.members) == 1 else side.plural}" for side in found.sides]
    return ", ".join(sides)


def _majority(found: Diagnostic, _: Scales) -> Side:
    return _highest(
        found.sides, [len(side.members) for side in found.sides], f"no side is the largest ({counted(found)})"
    )


def _newest(found: Diagnostic, scales: Scales) -> Side:
    ages = [max(map(scales.ages.age, side.members)) for side in found.sides]
    return _highest(found.sides, ages, "no side is the newest: the newest rows of two are as old")


def _source(found: Diagnostic, scales: Scales) -> Side:
    ranks = [-min(map(scales.ranks.rank, side.members)) for side in found.sides]
    return _highest(found.sides, ranks, "no side has the best source: two have one as good")


_WINNERS: dict[str, Callable[[Diagnostic, Scales], Side]] = {
    "keep-majority": _majority,
    "down-weight": _majority,
    "keep-newest": _newest,
    "keep-source": _source,
}


def _highest(sides: Sequence[Side], ranks: Sequence[Rank], tied: str) -> Side:
    best = max(ranks)
    if Counter(ranks)[best] > 1:
        raise UnsettledError(tied)
    return sides[ranks.index(best)]
