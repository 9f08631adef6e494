"""Which rows a change may touch: those that changed, and whatever is linked to them, however far away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from contralint.incremental.rows import Facts, RowKey
from contralint.kinds.nearness import Nearness, bytes_of, keys_of
from contralint.kinds.pairing import SAME_REQUEST


@dataclass
class Links:
    """What links rows, before a change and after it.

    Attributes:
        facts: Facts of all rows, those that are gone too.
        nearness: Near requests before and after.
    """

    facts: Mapping[RowKey, Facts]
    nearness: Collection[Nearness]
    _by_request: dict[bytes, list[RowKey]] = field(default_factory=lambda: defaultdict(list))
    _by_tie: dict[bytes, list[tuple[RowKey, bytes]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for key, facts in self.facts.items():
            for request, _ in facts.requests:
                self._by_request[request].append(key)
            for tie, side in facts.ties:
                self._by_tie[tie].append((key, side))

    def asking(self, request: bytes) -> list[RowKey]:
        """The rows that ask something."""
        return self._by_request.get(request, [])

    def reached(self, changed: Iterable[RowKey]) -> set[RowKey]:
        """Rows that are linked to some, over any number of others, with those themselves."""
        found: set[RowKey] = set()
        seen: set[bytes] = set()
        frontier = set(changed)
        while frontier:
            found |= frontier
            ties = {tie for key in frontier for tie, _ in self.facts[key].ties} - seen
            requests = {request for key in frontier for request, _ in self.facts[key].requests} - seen
            seen |= ties | requests
            near = self._near(requests)
            frontier = {key for request in near for key in self.asking(request)}
            frontier |= {key for tie in ties for key in self._divided(tie)}
            frontier -= found
        return found

    def _near(self, requests: Collection[bytes]) -> set[bytes]:
        """Those requests and all that ask the same as one of them."""
        found = set(requests)
        for near in self.nearness:
            wanted = np.isin(near.keys, keys_of(sorted(requests)))
            same = near.same >= SAME_REQUEST
            for one, other in ((near.first, near.second), (near.second, near.first)):
                found.update(bytes_of(near.keys[np.unique(other[wanted[one] & same])]))
        return found

    def _divided(self, tie: bytes) -> list[RowKey]:
        """The rows under a tie, where they do not all take one side."""
        rows = self._by_tie[tie]
        return [key for key, _ in rows] if len({side for _, side in rows}) > 1 else []
