"""The second index: requests near each other in kind, once their material is masked.

It holds only the cases of one behaviour, so a dataset without them pays nothing.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contralint.counting import number_of
from contralint.kinds.behaviours.case import AnyCase, Case
from contralint.kinds.dataset import Dataset
from contralint.kinds.pairing import RecordKey
from contralint.neighbours.collapse import collapse
from contralint.neighbours.index import DECIMALS

SIMILARITY = 0.28  # cosine of masked requests from which their kinds are looked at
NEIGHBOURS = 50  # nearest kinds looked at for each
MEMBERS = 12  # records of a kind and side that each record is compared with
RELATIVES = 8  # the same of records that are one family but worded otherwise


@dataclass(frozen=True)
class Near:
    """How near two cases stand.

    Attributes:
        similarity: Cosine of their masked requests, or of the requests as they are.
        same: Probability that both ask the same; 0 where only their kinds were compared.
        fit: Cosine with the words of a tool's own description of the request that fits it less.
        pull: How much more each request is drawn to its own tool's description than the other is.
    """

    similarity: float
    same: float = 0.0
    fit: float = 0.0
    pull: float = 0.0


def near_kinds(cases: Sequence[AnyCase], dataset: Dataset) -> Iterator[tuple[AnyCase, AnyCase, Near]]:
    """Pairs of cases whose masked requests are near."""
    if len({case.side for case in cases}) < 2:
        return
    collapsed = collapse([case.kind for case in cases])
    members: dict[int, list[AnyCase]] = defaultdict(list)
    for case, number in zip(cases, collapsed.member_of, strict=True):
        members[int(number)].append(case)
    sides = {number: _by_side(found) for number, found in members.items()}
    dataset.progress.stage("embedding kinds of requests", len(collapsed.unique))
    vectors = dataset.models.encoder.encode(collapsed.unique, dataset.progress.advance)
    near = dataset.spread.near_pairs(vectors, SIMILARITY, NEIGHBOURS)
    if crowded := int((near.degree > NEIGHBOURS).sum()):
        counted = number_of(crowded, "kind")
        dataset.notes.append(f"{counted} of requests with over {NEIGHBOURS} near ones: the nearest were compared")
    means = _Means(cases, collapsed.member_of, vectors, dataset)
    for one, other in _families(cases):
        yield one, other, Near(means.likeness(one, other))
    same = ((number, number, 1.0) for number in range(len(collapsed.unique)))
    pairs = zip(near.first.tolist(), near.second.tolist(), near.similarity.tolist(), strict=True)
    for first, second, similarity in itertools.chain(same, pairs):
        for one, other in _crossed(sides[first], sides[second]):
            yield one, other, Near(similarity, 0.0, means.fit(one, other), means.pull(one, other))


def same_requests(cases: Sequence[AnyCase], dataset: Dataset) -> Iterator[tuple[AnyCase, AnyCase, Near]]:
    """Pairs of cases that ask the same, in contexts that allow one answer to serve both."""
    if len({case.side for case in cases}) < 2:
        return
    by_key = {case.record.key: case for case in cases}
    for candidate in dataset.pairing.candidates():
        one, other = by_key.get(candidate.first.record.key), by_key.get(candidate.second.record.key)
        if one and other:
            yield one, other, Near(candidate.similarity, candidate.same)


class _Means:
    """How each case's request fits what tools say of themselves."""

    def __init__(
        self, cases: Sequence[Case], member_of: NDArray[np.int64], vectors: NDArray[np.float32], dataset: Dataset
    ) -> None:
        texts = sorted({case.means for case in cases if case.means})
        described = dataset.models.encoder.encode(texts)
        self._row: dict[RecordKey, int] = {
            case.record.key: int(number) for case, number in zip(cases, member_of, strict=True)
        }
        self._column = {text: column for column, text in enumerate(texts)}
        self._vectors = vectors
        self._fit = np.round(vectors @ described.T, DECIMALS) if texts else np.zeros((len(vectors), 0))

    def likeness(self, one: Case, other: Case) -> float:
        """Cosine of the two masked requests."""
        ours, theirs = (self._vectors[self._row[case.record.key]] for case in (one, other))
        return round(float(ours @ theirs), DECIMALS)

    def fit(self, one: Case, other: Case) -> float:
        """The lesser fit of the two to the tool that either uses."""
        text = one.means or other.means
        return min(self._of(one, text), self._of(other, text)) if text else 0.0

    def pull(self, one: Case, other: Case) -> float:
        """How much the two are drawn apart, each to its own tool."""
        if not (one.means and other.means):
            return 0.0
        ours = self._of(one, one.means) - self._of(one, other.means)
        return ours - (self._of(other, one.means) - self._of(other, other.means))

    def _of(self, case: Case, text: str) -> float:
        return float(self._fit[self._row[case.record.key], self._column[text]])


def _families(cases: Sequence[AnyCase]) -> Iterator[tuple[AnyCase, AnyCase]]:
    families: dict[str, list[AnyCase]] = defaultdict(list)
    for case in cases:
        if case.family:
            families[case.family].append(case)
    for _, family in sorted(families.items()):
        sides = _by_side(family)
        yield from _crossed(sides, sides, RELATIVES)


def _crossed(
    first: Mapping[str, Sequence[AnyCase]], second: Mapping[str, Sequence[AnyCase]], most: int = MEMBERS
) -> Iterator[tuple[AnyCase, AnyCase]]:
    """Pairs of two kinds' cases, in order of what they say; of a crowd, each with the first of each side."""
    seen: set[tuple[RecordKey, RecordKey]] = set()
    for one_side, other_side in itertools.product(first.values(), second.values()):
        few, many = one_side[:most], other_side[:most]
        for one, other in itertools.chain(itertools.product(one_side, many), itertools.product(few, other_side)):
            pair = (one, other) if one.record.key <= other.record.key else (other, one)
            key = (pair[0].record.key, pair[1].record.key)
            if key not in seen and key[0][:2] != key[1][:2]:
                seen.add(key)
                yield pair


def _by_side(cases: Sequence[AnyCase]) -> dict[str, list[AnyCase]]:
    sides: dict[str, list[AnyCase]] = defaultdict(list)
    # Of a crowd only the first are compared: who asks to be left out of a rule comes last.
    for case in sorted(cases, key=lambda case: (bool(case.record.origin.ignored), case.digest)):
        sides[case.side].append(case)
    return dict(sorted(sides.items()))
