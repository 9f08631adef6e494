"""The near pairs of a dataset's requests, brought up to date where some requests came or went."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from contralint.kinds.nearness import Asked, Nearness, Request, bytes_of, keys_of, numbered, verified
from contralint.kinds.sameness import same_request
from contralint.models.suite import Models
from contralint.neighbours.index import Lists, NearPairs, joined, near_rows
from contralint.neighbours.template import LEVELS, TEMPLATE_TEXTS, Edges, edges_of, widened, without_template

Lookup = Callable[[Collection[bytes]], Mapping[bytes, Request]]
Numbers = NDArray[np.int64]


def updated(
    old: Nearness, gone: Collection[bytes], fresh: Mapping[bytes, Request], lookup: Lookup, models: Models
) -> Nearness:
    """What `Nearness.of` would find now, found by looking at what changed.

    Args:
        old: The near pairs before.
        gone: Keys of the requests that are no more, or whose text is another.
        fresh: Requests that are new, or whose text is another.
        lookup: Finds requests that stayed, by their keys.
        models: As of `Nearness.of`.
    """
    moved = _moved(old, gone, fresh)
    if moved:  # the template around them is another, so what is embedded of them is too
        gone, fresh = {*gone, *moved}, {**fresh, **lookup(moved)}
    return _Update(old, gone, fresh, lookup, models).nearness()


def _moved(old: Nearness, gone: Collection[bytes], fresh: Mapping[bytes, Request]) -> set[bytes]:
    """Requests that stay, one of whose beginnings or ends became a template or ceased to be one."""
    leaving = np.isin(old.keys, keys_of(sorted(gone)))
    there, coming = _alike(old.edges, edges_of([fresh[key].asked.templated for key in sorted(fresh)]))
    affected = np.zeros(len(leaving), bool)
    for edges in np.unique(np.concatenate([there[leaving], coming]), axis=0):
        before = _sharing(there, edges)
        after = before - _sharing(there[leaving], edges) + _sharing(coming, edges)
        crossed = np.flatnonzero((before >= TEMPLATE_TEXTS) != (after >= TEMPLATE_TEXTS))
        affected |= (there[:, crossed] == edges[crossed]).any(axis=1)
    return set(bytes_of(old.keys[affected & ~leaving]))


def _alike(one: Edges, other: Edges) -> tuple[Edges, Edges]:
    """Both with as many levels as the wider of them."""
    width = max(one.shape[1], other.shape[1])
    return (one if one.shape[1] == width else widened(one, width)), widened(other, width)


def _sharing(all_edges: Edges, edges: Edges) -> Numbers:
    """How many texts share each beginning and each end of one text."""
    reached = np.flatnonzero(edges)
    counts = np.zeros(len(edges), np.int64)
    counts[reached] = np.count_nonzero(all_edges[:, reached] == edges[reached], axis=0)
    return counts


@dataclass(frozen=True)
class _Settled:
    """Pairs of which the models have spoken, as `Nearness` has them, in no order."""

    first: Numbers
    second: Numbers
    similarity: NDArray[np.float32]
    same: NDArray[np.float64]


@dataclass
class _Update:
    old: Nearness
    gone: Collection[bytes]
    fresh: Mapping[bytes, Request]
    lookup: Lookup
    models: Models

    def nearness(self) -> Nearness:
        near = self._settled(joined([self._lists()], len(self.keys), self._degree))
        stay = self._staying_pairs()
        first = np.concatenate([self._place[self.old.first[stay]], near.first])
        second = np.concatenate([self._place[self.old.second[stay]], near.second])
        order = np.lexsort((second, first))
        return Nearness(
            self.keys,
            self._blocks,
            self._edges,
            self._vectors,
            first[order],
            second[order],
            np.concatenate([self.old.similarity[stay], near.similarity])[order],
            np.concatenate([self.old.same[stay], near.same])[order],
            self._degree,
            self.old.listed,
        )

    @cached_property
    def _kept(self) -> Numbers:
        """Old positions of the requests that stay."""
        return np.flatnonzero(~np.isin(self.old.keys, keys_of(sorted(self.gone))))

    @cached_property
    def _order(self) -> Numbers:
        """Order by key of those that stay, followed by the fresh ones."""
        return np.argsort(np.concatenate([self.old.keys[self._kept], keys_of(sorted(self.fresh))]), kind="stable")

    @cached_property
    def keys(self) -> NDArray[np.void]:
        return np.concatenate([self.old.keys[self._kept], keys_of(sorted(self.fresh))])[self._order]

    @cached_property
    def _fresh_places(self) -> Numbers:
        return np.sort(np.searchsorted(self.keys, keys_of(sorted(self.fresh))))

    @cached_property
    def _place(self) -> Numbers:
        """New position of each old request; -1 of one that is gone."""
        place = np.full(len(self.old.keys), -1)
        place[self._kept] = np.searchsorted(self.keys, self.old.keys[self._kept])
        return place

    @cached_property
    def _asked(self) -> list[Asked]:
        """What the fresh requests are compared by."""
        return [self.fresh[key].asked for key in sorted(self.fresh)]

    @cached_property
    def _blocks(self) -> NDArray[np.void]:
        fresh = keys_of([one.block for one in self._asked])
        return np.concatenate([self.old.blocks[self._kept], fresh])[self._order]

    @cached_property
    def _edges(self) -> Edges:
        old, fresh = _alike(self.old.edges, edges_of([one.templated for one in self._asked]))
        return np.concatenate([old[self._kept], fresh])[self._order]

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        vectors = self.models.search.encoder.encode(self._embedded(self._asked, self._fresh_places))
        return np.ascontiguousarray(np.concatenate([self.old.vectors[self._kept], vectors])[self._order])

    def _embedded(self, asked: Sequence[Asked], places: Numbers) -> list[str]:
        """What is embedded of requests at some places."""
        cuts = self._cuts(places).tolist()
        return [without_template(one.text, cut) for one, cut in zip(asked, cuts, strict=True)]

    def _cuts(self, places: Numbers) -> Numbers:
        """Words of template around texts, as `cuts` finds them among all."""
        edges = self._edges[places]
        counts = np.array([_sharing(self._edges, row) for row in edges]).reshape(len(edges), 2, edges.shape[1] // 2)
        longest: Numbers = np.where(counts >= TEMPLATE_TEXTS, np.array(LEVELS[: counts.shape[2]], np.int64), 0).max(
            axis=2, initial=0
        )
        return longest

    def _near(self, places: Numbers) -> Lists:
        return near_rows(self._vectors, places, self.models.search.threshold, self._block_numbers)

    @cached_property
    def _block_numbers(self) -> Numbers:
        return numbered(self._blocks)

    @cached_property
    def _near_leaving(self) -> Lists:
        leaving = np.flatnonzero(self._place < 0)
        return near_rows(self.old.vectors, leaving, self.models.search.threshold, numbered(self.old.blocks))

    @cached_property
    def _near_fresh(self) -> Lists:
        return self._near(self._fresh_places)

    @cached_property
    def _touched(self) -> Numbers:
        """New positions of the requests that stay and are near one that is gone or fresh."""
        left = self._place[self._near_leaving.neighbour]
        near = np.union1d(left[left >= 0], self._near_fresh.neighbour)
        return np.setdiff1d(near, self._fresh_places)

    @cached_property
    def _degree(self) -> Numbers:
        lost = self._place[self._near_leaving.neighbour]
        degree = np.zeros(len(self.keys), np.int64)
        degree[self._place[self._kept]] = self.old.degree[self._kept]
        np.subtract.at(degree, lost[lost >= 0], 1)
        staying = ~np.isin(self._near_fresh.neighbour, self._fresh_places)
        np.add.at(degree, self._near_fresh.neighbour[staying], 1)
        degree[self._fresh_places] = np.bincount(self._near_fresh.row, minlength=len(degree))[self._fresh_places]
        return degree

    @cached_property
    def _relisted(self) -> Numbers:
        """Positions whose pairs are found anew: the fresh ones, and those whose list was or is too long to be kept."""
        before = np.zeros(len(self.keys), np.int64)
        before[self._place[self._kept]] = self.old.degree[self._kept]
        crowded = np.maximum(before, self._degree)[self._touched] > self.old.listed
        return np.union1d(self._fresh_places, self._touched[crowded])

    def _lists(self) -> Lists:
        """Entries of lists that make up the pairs of `_relisted`: of a pair, either end's list is enough."""
        own = self._near(self._relisted)
        listed = (own.rank < self.old.listed) | (self._degree[own.neighbour] <= self.old.listed)
        crowded = np.unique(own.neighbour[~listed])
        other = self._near(crowded).nearest(self.old.listed)
        back = np.isin(other.neighbour, self._relisted)
        return Lists(
            np.concatenate([own.row[listed], other.row[back]]),
            np.concatenate([own.neighbour[listed], other.neighbour[back]]),
            np.concatenate([own.similarity[listed], other.similarity[back]]),
            np.concatenate([own.rank[listed], other.rank[back]]),
        )

    def _staying_pairs(self) -> Numbers:
        first, second = self._place[self.old.first], self._place[self.old.second]
        relisted = np.isin(first, self._relisted) | np.isin(second, self._relisted)
        return np.flatnonzero((first >= 0) & (second >= 0) & ~relisted)

    def _settled(self, near: NearPairs) -> _Settled:
        """Pairs with what the models say of them: known before, or asked now."""
        known = self._known_pairs(near.first, near.second)
        old = np.flatnonzero(known >= 0)
        new = self._asked_now(np.flatnonzero(known < 0), near)
        return _Settled(
            np.concatenate([near.first[old], new.first]),
            np.concatenate([near.second[old], new.second]),
            np.concatenate([self.old.similarity[known[old]], new.similarity]),
            np.concatenate([self.old.same[known[old]], new.same]),
        )

    def _asked_now(self, pairs: Numbers, near: NearPairs) -> _Settled:
        first, second, similarity = near.first[pairs], near.second[pairs], near.similarity[pairs]
        places = np.union1d(first, second)
        ends = bytes_of(self.keys[places])
        requests = {**self.lookup(set(ends) - self.fresh.keys()), **self.fresh}
        if self.models.search.sieves:
            texts = self._embedded([requests[key].asked for key in ends], places)
            at = NearPairs(np.searchsorted(places, first), np.searchsorted(places, second), similarity, self._degree)
            kept = verified(at, texts, self.models)
            first, second, similarity = places[kept.first], places[kept.second], kept.similarity
        sides = (bytes_of(self.keys[side]) for side in (first, second))
        taken_apart = [(requests[one].parts, requests[other].parts) for one, other in zip(*sides, strict=True)]
        return _Settled(first, second, similarity, same_request(taken_apart, similarity, self.models))

    def _known_pairs(self, first: Numbers, second: Numbers) -> Numbers:
        """Numbers of pairs among the old ones; -1 of one that is new."""
        count = len(self.keys)
        old_first, old_second = self._place[self.old.first], self._place[self.old.second]
        valid = np.flatnonzero((old_first >= 0) & (old_second >= 0))
        valid = valid[np.argsort(old_first[valid] * count + old_second[valid])]
        codes, wanted = old_first[valid] * count + old_second[valid], first * count + second
        at = np.minimum(np.searchsorted(codes, wanted), max(len(codes) - 1, 0))
        found = codes[at] == wanted if len(codes) else np.zeros(len(wanted), bool)
        found &= ~np.isin(first, self._fresh_places) & ~np.isin(second, self._fresh_places)
        known = np.full(len(wanted), -1)
        known[found] = valid[at[found]]
        return known
