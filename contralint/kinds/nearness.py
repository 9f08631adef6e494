"""Which requests are near each other, and whether they ask the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contralint.engines import Engine
from contralint.facets.described import Described
from contralint.facets.request import Parts, parts
from contralint.kinds.sameness import same_request
from contralint.models.suite import Models
from contralint.neighbours.index import NearPairs
from contralint.neighbours.template import Edges, aligned, cuts, edges_of, without_template
from contralint.progress import Progress
from contralint.records import Record

SIMILARITY = 0.75  # cosine from which two requests are looked at; whether they ask the same is the model's to say
NEIGHBOURS = 50  # nearest requests looked at for each request


@dataclass(frozen=True)
class Request:
    """A request in all its records.

    Attributes:
        key: What tells it from all others.
        variants: One record for each different answer, wanted or not.
    """

    key: bytes
    text: str
    variants: tuple[Described, ...]

    @property
    def parts(self) -> Parts:
        """The request taken apart."""
        return parts(self.variants[0].record)


@dataclass(frozen=True)
class Near:
    """Two requests, by position, that ask the same with some probability."""

    first: int
    second: int
    similarity: float
    same: float


@dataclass(frozen=True)
class Nearness:
    """The near pairs of some requests, which are in order of their keys.

    Attributes:
        keys: What tells each request from all others, shape (requests,) of 16 bytes.
        edges: Their beginnings and ends, as of `edges_of`.
        vectors: One a request, shape (requests, dimension).
        first: Lower position of each pair, shape (pairs,); pairs are sorted.
        second: Higher position of each pair.
        similarity: Cosine of each pair.
        same: Probability that both ask the same.
        degree: How many requests are near each, whether they were looked at or not.
    """

    keys: NDArray[np.void]
    edges: Edges
    vectors: NDArray[np.float32]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    similarity: NDArray[np.float32]
    same: NDArray[np.float64]
    degree: NDArray[np.int64]

    @classmethod
    def of(cls, requests: Sequence[Request], models: Models, engine: Engine, progress: Progress) -> Nearness:
        """Embeds all requests and compares those that are near."""
        progress.stage("embedding requests", len(requests))
        edges = _edges(engine, [request.text for request in requests])
        vectors = models.encoder.encode(
            [without_template(request.text, cut) for request, cut in zip(requests, cuts(edges).tolist(), strict=True)],
            progress.advance,
        )
        progress.stage("searching near requests", None)
        near = engine.near_pairs(vectors, SIMILARITY, NEIGHBOURS)
        progress.stage("comparing requests", None)
        same = _compared(requests, near, engine)
        keys = keys_of([request.key for request in requests])
        return cls(keys, edges, vectors, near.first, near.second, near.similarity, same, near.degree)

    @property
    def notes(self) -> list[str]:
        """What a reader should know of how the pairs were chosen."""
        crowded = int(np.sum(self.degree > NEIGHBOURS))
        told = f"{crowded} requests have over {NEIGHBOURS} near ones: the nearest {NEIGHBOURS} were compared"
        return [told] if crowded else []

    def among(self, keys: Sequence[bytes], probability: float) -> Iterator[Near]:
        """Pairs of those requests, by their positions there, that ask the same with at least some probability."""
        wanted = keys_of(keys)
        at = np.searchsorted(self.keys, wanted)
        position = np.full(len(self.keys), -1)
        position[at] = np.arange(len(wanted))
        first, second = position[self.first], position[self.second]
        for number in np.flatnonzero((first >= 0) & (second >= 0) & (self.same >= probability)).tolist():
            yield Near(
                int(first[number]), int(second[number]), float(self.similarity[number]), float(self.same[number])
            )


def _edges(engine: Engine, texts: Sequence[str]) -> Edges:
    return aligned([edges for _, edges in engine.each(_edges_of, texts)])


def _edges_of(_: Models, texts: Sequence[str]) -> list[NDArray[np.uint32]]:
    return list(edges_of(texts))


def _compared(requests: Sequence[Request], near: NearPairs, engine: Engine) -> NDArray[np.float64]:
    """Probability that both of a pair ask the same, for each pair."""
    concerned = np.unique(np.concatenate([near.first, near.second])).tolist()
    records = [requests[number].variants[0].record for number in concerned]
    taken_apart = {at: apart for at, (_, apart) in zip(concerned, engine.each(_parts, records), strict=True)}
    pairs = [
        ((taken_apart[one], taken_apart[other]), similarity)
        for one, other, similarity in zip(
            near.first.tolist(), near.second.tolist(), near.similarity.tolist(), strict=True
        )
    ]
    return np.array([probability for _, probability in engine.each(_same, pairs)], np.float64)


def _parts(_: Models, records: Sequence[Record]) -> list[Parts]:
    return [parts(record) for record in records]


def _same(models: Models, pairs: Sequence[tuple[tuple[Parts, Parts], float]]) -> list[float]:
    similarity = np.array([similar for _, similar in pairs], np.float32)
    return list(same_request([both for both, _ in pairs], similarity, models).tolist())


def bytes_of(keys: NDArray[np.void]) -> list[bytes]:
    """Keys of an array, whole: arrays drop zeros at the end."""
    return [bytes(key).ljust(16, b"\0") for key in keys.tolist()]


def keys_of(keys: Sequence[bytes]) -> NDArray[np.void]:
    """Keys as an array that can be searched."""
    return np.array(keys, dtype="S16") if keys else np.zeros(0, "S16")
