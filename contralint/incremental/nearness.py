"""The near pairs of a dataset's requests, brought up to date where some requests came or went."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from contralint.kinds.nearness import NEIGHBOURS, SIMILARITY, Nearness, Request, bytes_of, keys_of
from contralint.kinds.sameness import same_request
from contralint.models.suite import Models
from contralint.neighbours.index import Lists, joined, near_rows
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
    there, coming = _alike(old.edges, edges_of([fresh[key].text for key in sorted(fresh)]))
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


@dataclass
class _Update:
    old: Nearness
    gone: Collection[bytes]
    fresh: Mapping[bytes, Request]
    lookup: Lookup
    models: Models

    def nearness(self) -> Nearness:
        lists = self._lists()
        near = joined([lists], len(self.keys), self._degree)
        stay = self._staying_pairs()
        first = np.concatenate([self._place[self.old.first[stay]], near.first])
        second = np.concatenate([self._place[self.old.second[stay]], near.second])
        similarity = np.concatenate([self.old.similarity[stay], near.similarity])
        same = np.concatenate([self.old.same[stay], self._same(near.first, near.second, near.similarity)])
        order = np.lexsort((second, first))
        return Nearness(
            self.keys,
            self._edges,
            self._vectors,
            first[order],
            second[order],
            similarity[order],
            same[order],
            self._degree,
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
    def _edges(self) -> Edges:
        old, fresh = _alike(self.old.edges, edges_of([self.fresh[key].text for key in sorted(self.fresh)]))
        return np.concatenate([old[self._kept], fresh])[self._order]

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        texts = [self.fresh[key].text for key in sorted(self.fresh)]
        embedded = [without_template(text, cut) for text, cut in zip(texts, self._cuts().tolist(), strict=True)]
        vectors = self.models.encoder.encode(embedded)
        return np.ascontiguousarray(np.concatenate([self.old.vectors[self._kept], vectors])[self._order])

    def _cuts(self) -> Numbers:
        """Words of template around each fresh text, as `cuts` finds them among all."""
        edges = self._edges[self._fresh_places]
        counts = np.array([_sharing(self._edges, row) for row in edges]).reshape(len(edges), 2, edges.shape[1] // 2)
        longest: Numbers = np.where(counts >= TEMPLATE_TEXTS, np.array(LEVELS[: counts.shape[2]], np.int64), 0).max(
            axis=2, initial=0
        )
        return longest

    @cached_property
    def _near_fresh(self) -> Lists:
        return near_rows(self._vectors, self._fresh_places, SIMILARITY)

    @cached_property
    def _touched(self) -> Numbers:
        """New positions of the requests that stay and are near one that is gone or fresh."""
        leaving = np.flatnonzero(self._place < 0)
        left = self._place[near_rows(self.old.vectors, leaving, SIMILARITY).neighbour]
        near = np.union1d(left[left >= 0], self._near_fresh.neighbour)
        return np.setdiff1d(near, self._fresh_places)

    @cached_property
    def _degree(self) -> Numbers:
        leaving = np.flatnonzero(self._place < 0)
        lost = self._place[near_rows(self.old.vectors, leaving, SIMILARITY).neighbour]
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
        crowded = np.maximum(before, self._degree)[self._touched] > NEIGHBOURS
        return np.union1d(self._fresh_places, self._touched[crowded])

    def _lists(self) -> Lists:
        """Entries of lists that make up the pairs of `_relisted`: of a pair, either end's list is enough."""
        own = near_rows(self._vectors, self._relisted, SIMILARITY)
        listed = (own.rank < NEIGHBOURS) | (self._degree[own.neighbour] <= NEIGHBOURS)
        crowded = np.unique(own.neighbour[~listed])
        other = near_rows(self._vectors, crowded, SIMILARITY).nearest(NEIGHBOURS)
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

    def _same(self, first: Numbers, second: Numbers, similarity: NDArray[np.float32]) -> NDArray[np.float64]:
        """Probabilities of pairs: those known before, and the others asked of the model."""
        known = self._known_pairs(first, second)
        same = np.where(known < 0, 0.0, self.old.same[known]) if len(self.old.same) else np.zeros(len(first))
        missing = np.flatnonzero(known < 0)
        ends = bytes_of(self.keys[np.union1d(first[missing], second[missing])])
        requests = {**self.lookup(set(ends) - self.fresh.keys()), **self.fresh}
        sides = (bytes_of(self.keys[side[missing]]) for side in (first, second))
        pairs = [(requests[one].parts, requests[other].parts) for one, other in zip(*sides, strict=True)]
        same[missing] = same_request(pairs, similarity[missing], self.models)
        return same

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
