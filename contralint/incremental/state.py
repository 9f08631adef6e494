"""What a scan leaves for the next one: the facts of its rows, its near requests and its conflicts.

The head is small and written each time. Arrays are kept in parts by their content, split by the first bits of the
requests' keys, so that a change rewrites the parts that it falls in and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
import numpy as np
import zstandard
from numpy.typing import NDArray

from contralint.cache import Kept, digest
from contralint.diagnostics import Evidence, Severity
from contralint.grouping import Member
from contralint.incremental.rows import Facts, RowKey
from contralint.kinds.nearness import Nearness, bytes_of
from contralint.models.encoder import GRID

_FAST = 1  # level of compression
_UNKEPT = 100  # changed rows that a later scan may keep as well
_LARGEST_PART = 1 << 30  # bytes, unpacked
_PARTS = 64  # parts of arrays that have a line a request
_BY_REQUEST = {"keys": "S16", "blocks": "S16", "edges": "u4", "vectors": "i2", "degree": "i8"}
_BY_PAIR = {"first": "i8", "second": "i8", "similarity": "f4", "same": "f8"}
_ARRAYS = {**_BY_REQUEST, **_BY_PAIR}


@dataclass(frozen=True)
class Shelf:
    """Where the state of one dataset is kept.

    Attributes:
        eager: Whether a change of a few rows is kept at once; else the next scan looks at them again, which costs it
            less than it costs this one to write.
    """

    store: Kept
    key: bytes
    eager: bool

    def put_off(self, changed: int) -> bool:
        """Whether a change of so many rows is not kept yet."""
        return not self.eager and changed <= _UNKEPT


class KeptMember(msgspec.Struct, frozen=True, array_like=True):
    """A member of a conflict, wherever it stands now.

    Attributes:
        row: What its row holds.
        copy: How many of the same rows stand before it.
        member: The member as it stood.
    """

    row: RowKey
    copy: int
    member: Member


class KeptSide(msgspec.Struct, frozen=True, array_like=True):
    """A side of a conflict."""

    key: str
    members: list[KeptMember]


class KeptGroup(msgspec.Struct, frozen=True, array_like=True):
    """A conflict whose rule is told by its ID."""

    rule: str
    severity: Severity
    confidence: float
    message: str
    fingerprint: str
    evidence: list[Evidence]
    sides: list[KeptSide]


class _Head(msgspec.Struct, frozen=True, array_like=True):
    count: dict[RowKey, int]
    facts: dict[RowKey, Facts]
    groups: list[KeptGroup]
    labels: dict[str, list[str]]
    silenced: dict[RowKey, list[str]]
    notes: list[str]
    crowd: list[str]
    requests: int = 0
    dimension: int = 0
    listed: int = 0
    parts: dict[str, list[bytes]] = {}


@dataclass
class State:
    """All that is kept of a scan.

    Attributes:
        count: How often each row stood in the dataset.
        facts: What is kept of each row.
        groups: The conflicts, whatever their confidence.
        labels: The class labels of each file.
        silenced: What suppressions keep silent of each row.
        notes: What the reader was told of the scan as a whole, but for
        crowd: what `nearness` has to say.
        paired: Whether requests were compared at all.
    """

    count: Mapping[RowKey, int]
    facts: Mapping[RowKey, Facts]
    groups: list[KeptGroup]
    labels: Mapping[str, frozenset[str]]
    silenced: Mapping[RowKey, list[str]]
    notes: list[str]
    crowd: list[str]
    paired: bool
    near: Callable[[], Nearness | None]

    @cached_property
    def nearness(self) -> Nearness | None:
        """The near pairs of its requests; None where there are none, or they are not there any more."""
        return self.near() if self.paired else None

    def save(self, shelf: Shelf) -> None:
        """Keeps it in place of what was there."""
        pieces: dict[bytes, bytes] = {}
        parts: dict[str, list[bytes]] = {}
        shape = (0, 0)
        if self.nearness:
            shape = self.nearness.vectors.shape
            for name in _ARRAYS:
                made = list(_split(name, self.nearness))
                parts[name] = [digest(part) for part in made]
                pieces.update(zip(parts[name], made, strict=True))
        there = shelf.store.has("parts", list(pieces))
        shelf.store.put("parts", {name: part for name, part in pieces.items() if name not in there})
        head = _Head(
            count=dict(self.count),
            facts=dict(self.facts),
            groups=self.groups,
            labels={path: sorted(found) for path, found in self.labels.items()},
            silenced=dict(self.silenced),
            notes=self.notes,
            crowd=self.crowd,
            requests=shape[0],
            dimension=shape[1],
            listed=self.nearness.listed if self.nearness else 0,
            parts=parts,
        )
        shelf.store.put("states", {shelf.key: msgspec.msgpack.encode(head)})

    @classmethod
    def load(cls, shelf: Shelf) -> State | None:
        """What is there; None where there is nothing, or nothing that this code wrote."""
        kept = shelf.store.get("states", [shelf.key]).get(shelf.key, b"")
        try:
            head = msgspec.msgpack.decode(kept, type=_Head)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
        return cls(
            count=head.count,
            facts=head.facts,
            groups=head.groups,
            labels={path: frozenset(found) for path, found in head.labels.items()},
            silenced=head.silenced,
            notes=head.notes,
            crowd=head.crowd,
            paired=bool(head.parts),
            near=lambda: _kept_nearness(shelf.store, head),
        )


def _kept_nearness(store: Kept, head: _Head) -> Nearness | None:
    """The near requests; None where they are not all there, or are not what was written."""
    try:
        return _nearness(store, head)
    except (ValueError, LookupError, zstandard.ZstdError):
        return None


def _nearness(store: Kept, head: _Head) -> Nearness | None:
    wanted = {part for parts in head.parts.values() for part in parts}
    pieces = store.get("parts", list(wanted))
    if pieces.keys() != wanted:
        return None
    for part in set(head.parts["edges"]):
        if zstandard.frame_content_size(pieces[part]) > _LARGEST_PART:
            return None
        pieces[part] = zstandard.decompress(pieces[part])
    arrays = {
        name: np.frombuffer(b"".join(pieces[part] for part in head.parts[name]), dtype)
        for name, dtype in _ARRAYS.items()
    }
    return Nearness(
        keys=arrays["keys"],
        blocks=arrays["blocks"],
        edges=arrays["edges"].reshape(head.requests, -1 if head.requests else 0),
        vectors=arrays["vectors"].reshape(head.requests, head.dimension).astype(np.float32) / np.float32(GRID),
        first=arrays["first"],
        second=arrays["second"],
        similarity=arrays["similarity"],
        same=arrays["same"],
        degree=arrays["degree"],
        listed=head.listed,
    )


def _split(name: str, nearness: Nearness) -> Iterator[bytes]:
    array: NDArray[Any] = getattr(nearness, name)
    if name == "vectors":
        array = np.rint(nearness.vectors * GRID)
    array = array.astype(_ARRAYS[name])
    if name in _BY_PAIR:
        yield array.tobytes()
        return
    # Keys are hashes: each part holds those that begin with the same bits.
    first = np.array([key[0] for key in bytes_of(nearness.keys)], np.int64) * _PARTS // 256
    for part in np.split(array, np.searchsorted(first, np.arange(1, _PARTS))):
        # Most beginnings and ends are zeros: few texts are long.
        yield zstandard.compress(part.tobytes(), _FAST) if name == "edges" else part.tobytes()
