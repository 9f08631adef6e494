"""Which sources contradict which: how often records of one stand against records of another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any, NamedTuple

SOURCES_KEPT = 50
"""More make no table that anybody reads, and with a source for each row their pairs grow beyond all bounds."""

Source = str | None  # None stands for all sources but those kept
Row = tuple[str, int]
_OnSides = Mapping[int, Collection[Row]]  # rows of one source by the number of the side that they are on


class Stance(NamedTuple):
    """A row that is on one side of a conflict, and the source that it comes from."""

    source: str
    row: Row


@dataclass(frozen=True)
class Clash:
    """Two sources that contradict each other, or one that contradicts itself.

    Attributes:
        sources: Both, in order; None for all sources beyond those that take part in most conflicts.
        diagnostics: Conflicts that have them on opposite sides.
        records: Rows of either that take part in one of these, against the other.
    """

    sources: tuple[Source, Source]
    diagnostics: int
    records: int

    @property
    def between(self) -> bool:
        """Whether they are two."""
        return self.sources[0] != self.sources[1] or self.sources[0] is None

    def to_dict(self) -> dict[str, Any]:
        """The clash as `--format json` prints it."""
        return {"sources": list(self.sources), "diagnostics": self.diagnostics, "records": self.records}


def clashes(conflicts: Iterable[Sequence[Sequence[Stance]]]) -> tuple[Clash, ...]:
    """Counts clashes, the most frequent first.

    Args:
        conflicts: For each conflict its sides, and for each side those who are on it.
    """
    opposed = [sides for sides in conflicts if len(sides) > 1]
    kept = _most_frequent(opposed)
    diagnostics: Counter[tuple[Source, Source]] = Counter()
    records: dict[tuple[Source, Source], set[Row]] = defaultdict(set)
    for sides in opposed:
        for pair, rows in _pairs(sides, kept):
            diagnostics[pair] += 1
            records[pair] |= rows
    found = (Clash(pair, count, len(records[pair])) for pair, count in diagnostics.items())
    return tuple(sorted(found, key=lambda clash: (-clash.diagnostics, -clash.records, *map(_order, clash.sources))))


def _most_frequent(conflicts: Iterable[Sequence[Sequence[Stance]]]) -> frozenset[str]:
    count: Counter[str] = Counter()
    for sides in conflicts:
        count.update({stance.source for side in sides for stance in side})
    ranked = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    return frozenset(source for source, _ in ranked[:SOURCES_KEPT])


def _pairs(
    sides: Sequence[Sequence[Stance]], kept: Collection[str]
) -> Iterable[tuple[tuple[Source, Source], set[Row]]]:
    """Pairs of sources on opposite sides, and the rows that are."""
    standing: dict[Source, dict[int, set[Row]]] = defaultdict(lambda: defaultdict(set))
    for number, side in enumerate(sides):
        for source, row in side:
            standing[source if source in kept else None][number].add(row)
    for one, other in combinations_with_replacement(sorted(standing, key=_order), 2):
        rows = _against(standing[one], standing[other]) | _against(standing[other], standing[one])
        if rows:
            yield (one, other), rows


def _against(ours: _OnSides, theirs: _OnSides) -> set[Row]:
    """Our rows that are on another side than some of theirs."""
    return {row for number, rows in ours.items() if theirs.keys() - {number} for row in rows}


def _order(source: Source) -> tuple[bool, str]:
    return source is None, source or ""
