"""Records that are given one task over different material."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from contralint.engines import Engine
from contralint.facets.described import Described
from contralint.facets.task import task
from contralint.kinds.candidate import Candidate
from contralint.kinds.comparisons import Side
from contralint.kinds.tie import Tie
from contralint.models.suite import Models
from contralint.records import Record
from contralint.words import normalise

_Given = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def same_task(first: Record, second: Record) -> bool:
    """Whether two records of different rows are given the same task, and nothing but material tells them apart."""
    return _row(first) != _row(second) and _given(first) is not None and _given(first) == _given(second)


def ties(record: Record, side: Side) -> Iterator[Tie]:
    """What links a record to those that are given the same task."""
    if record.teaches and (given := _given(record)) and (taken := side(Described(record))):
        yield Tie(f"task {given}", taken)


def over_tasks(records: Sequence[Record], side: Side, engine: Engine) -> Iterator[Candidate]:
    """Pairs of records with one task that are on different sides, each with the first given of every other side.

    Findings grow with records, not with pairs; records that are on no side take no part.
    """
    for group in _groups(records, engine):
        sided = [(described, taken) for described in group if (taken := side(described))]
        anchors: dict[str, Described] = {}
        for described, taken in sided:
            anchors.setdefault(taken, described)
        pairs = {
            _ordered(described, anchor)
            for described, taken in sided
            for name, anchor in anchors.items()
            if name != taken and _row(described.record) != _row(anchor.record)
        }
        for first, second in sorted(pairs, key=lambda pair: (pair[0].record.key, pair[1].record.key)):
            yield Candidate(first, second, 1.0, 1.0)


def _groups(records: Sequence[Record], engine: Engine) -> Iterator[list[Described]]:
    tasks: dict[_Given, list[Record]] = defaultdict(list)
    for record, given in engine.each(_all_given, [record for record in records if record.teaches]):
        if given:
            tasks[given].append(record)
    for _, found in sorted(tasks.items()):
        if len(found) > 1:
            yield [Described(record) for record in found]


def _all_given(_: Models, records: Sequence[Record]) -> list[_Given | None]:
    return [_given(record) for record in records]


def _given(record: Record) -> _Given | None:
    """All that is asked of a record but for the material; None where no material is set off."""
    if not (told := task(record)):
        return None
    before = tuple(normalise(turn.field.text) for turn in record.context)
    return told, normalise(record.system.text), tuple(sorted(tool.name for tool in record.tools)), before


def _ordered(one: Described, other: Described) -> tuple[Described, Described]:
    return (one, other) if one.record.key <= other.record.key else (other, one)


def _row(record: Record) -> tuple[str, int]:
    return (record.origin.path, record.origin.index)
