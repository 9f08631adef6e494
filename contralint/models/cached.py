"""Models whose answers are kept by what they were asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from contralint.cache import Kept, digest
from contralint.models.encoder import GRID, Encoder
from contralint.models.judge import Judge, Triple

_BLOCK = 8192
_VALUE, _PROBABILITY = 2, 8  # bytes of a number of a vector, and of a verdict


@dataclass
class CachedEncoder:
    """An encoder that is loaded when a text comes that it has not seen.

    Vectors are kept as the whole numbers that they are multiples of 1/4096 of: nothing is lost.

    Attributes:
        block: Texts after which their vectors are kept: a scan that is stopped loses no more.
    """

    dimension: int
    fingerprint: str
    store: Kept
    load: Callable[[], Encoder]
    block: int = _BLOCK

    @cached_property
    def _encoder(self) -> Encoder:
        return self.load()

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        keys = [digest(self.fingerprint, text) for text in texts]
        known = _of_size(self.store.get("vectors", keys), self.dimension * _VALUE)
        places: dict[bytes, list[int]] = {}
        for at, key in enumerate(keys):
            places.setdefault(key, []).append(at)
        missing = [key for key in places if key not in known]
        vectors = np.zeros((len(texts), self.dimension), np.int16)
        for key in known:
            vectors[places[key]] = np.frombuffer(known[key], np.int16)
        if progress:
            progress(len(texts) - len(missing))
        for start in range(0, len(missing), self.block):
            block = missing[start : start + self.block]
            found = self._encoder.encode([texts[places[key][0]] for key in block], progress)
            steps = dict(zip(block, np.rint(found * GRID).astype(np.int16), strict=True))
            for key, row in steps.items():
                vectors[places[key]] = row
            self.store.put("vectors", {key: row.tobytes() for key, row in steps.items()})
        exact: NDArray[np.float32] = vectors.astype(np.float32) / np.float32(GRID)
        return exact


@dataclass
class CachedJudge:
    """A judge that is loaded when a pair of answers comes that it has not seen."""

    fingerprint: str
    store: Kept
    load: Callable[[], Judge]

    @cached_property
    def _judge(self) -> Judge:
        return self.load()

    def probability(self, triples: Sequence[Triple]) -> NDArray[np.float64]:
        keys = [digest(self.fingerprint, *triple) for triple in triples]
        known = _of_size(self.store.get("judged", keys), _PROBABILITY)
        missing = [at for at, key in enumerate(keys) if key not in known]
        found = np.array(
            [np.frombuffer(known.get(key, bytes(_PROBABILITY)), np.float64)[0] for key in keys], np.float64
        )
        if missing:
            found[missing] = self._judge.probability([triples[at] for at in missing])
            self.store.put("judged", {keys[at]: found[at].tobytes() for at in missing})
        return found


def _of_size(found: dict[bytes, bytes], size: int) -> dict[bytes, bytes]:
    """The values that can be what they are kept as: a cache may come from others."""
    return {key: value for key, value in found.items() if len(value) == size}
