"""The same work is praised here, faulted there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from contralint.facets.material import materials
from contralint.facets.verdict import asks_for_verdict, verdict
from contralint.kinds.behaviours.case import Case, Opposition, same_surroundings, stand
from contralint.kinds.dataset import Dataset
from contralint.kinds.kindred import MEMBERS, Near, same_requests
from contralint.kinds.tie import Tie
from contralint.records import Record
from contralint.words import normalise

_LABELS = {"praise": ("praises it", "praise it"), "fault": ("finds fault", "find fault")}
_CONFIDENCE = 0.85


class Critique:
    """Praise against fault."""

    apart = True

    def cases(self, records: Iterable[Record]) -> list[Case]:
        return [case for record in records if (case := _case(record))]

    def ties(self, record: Record) -> Iterator[Tie]:
        if case := _case(record):
            for material in materials(record):
                yield Tie(f"material {normalise(material.text)}", case.side)

    def pairs(self, cases: Sequence[Case], dataset: Dataset) -> Iterator[tuple[Case, Case, Near]]:
        yield from same_requests(cases, dataset)
        yield from same_material(cases)

    def kinship(self, one: Case, other: Case, near: Near) -> float:  # noqa: ARG002 - a behaviour's signature
        return near.same

    def opposition(self, one: Case, other: Case, near: Near) -> Opposition | None:  # noqa: ARG002 (a behaviour's signature)
        if one.side == other.side or not same_surroundings(one.record, other.record):
            return None
        return Opposition(_CONFIDENCE, "same work")


def same_material(cases: Sequence[Case]) -> Iterator[tuple[Case, Case, Near]]:
    """Pairs of cases that were given the same text to work on."""
    given: dict[str, dict[str, list[Case]]] = defaultdict(lambda: defaultdict(list))
    for case in cases:
        for text in {normalise(material.text) for material in materials(case.record)}:
            given[text][case.side].append(case)
    seen = set()
    for _, sides in sorted(given.items()):
        for ours, theirs in combinations(sides.values(), 2):
            for one, other in ((one, other) for one in ours[:MEMBERS] for other in theirs[:MEMBERS]):
                key = frozenset((one.record.key, other.record.key))
                if one.record.key[:2] != other.record.key[:2] and key not in seen:
                    seen.add(key)
                    yield one, other, Near(1.0, 1.0)


def _case(record: Record) -> Case | None:
    if not record.response.text.strip() or not asks_for_verdict(_ask(record)):
        return None
    found = verdict(record)
    if found is None:
        return None
    label, plural = _LABELS[found.judgement]
    return Case(stand(record, found.judgement, label, plural, (found.start, found.end)), 1.0, record.request)


def _ask(record: Record) -> str:
    """The request without the work: the shortest reading of it, since a work may speak of good and bad itself."""
    return min((material.ask for material in materials(record)), key=len, default=record.instruction.text)
