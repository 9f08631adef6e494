"""Which requests are near each other, and whether they ask the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contralint.counting import number_of
from contralint.engines import Engine
from contralint.facets.described import Described
from contralint.facets.request import Parts, parts
from contralint.kinds.sameness import ANY, block_of, embedded, same_request
from contralint.models.encoder import GRID, Encoder
from contralint.models.search import SIMILARITY
from contralint.models.suite import Models
from contralint.neighbours.index import DECIMALS, NearPairs
from contralint.neighbours.template import Edges, aligned, cuts, edges_of, without_template
from contralint.progress import Progress
from contralint.records import Record

_AT_ONCE = 8192  # texts or pairs whose vectors are held whole


@dataclass(frozen=True)
class Asked:
    """What a request is compared by.

    Attributes:
        block: As `block_of` names it.
        text: What is embedded, but for a template around it.
    """

    block: bytes
    text: str

    @classmethod
    def by(cls, record: Record) -> Asked:
        """What a record asks."""
        taken_apart = parts(record)
        return cls(block_of(taken_apart.material), embedded(taken_apart))

    @property
    def templated(self) -> str:
        """The part of it that may share a template with others: those of one block share the rest anyway."""
        return self.text if self.block == ANY else ""


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

    @property
    def asked(self) -> Asked:
        """What it is compared by."""
        return Asked.by(self.variants[0].record)


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
        blocks: The block of each, as of `block_of`, of 16 bytes.
        edges: Their beginnings and ends, as of `edges_of`; none of those in a block of their own.
        vectors: One a request, by which they are searched, shape (requests, dimension).
        first: Lower position of each pair, shape (pairs,); pairs are sorted.
        second: Higher position of each pair.
        similarity: Cosine of each pair, by the encoder.
        same: Probability that both ask the same.
        degree: How many requests are near each in the search, whether they were looked at or not.
        listed: How many nearest ones of each were looked at.
    """

    keys: NDArray[np.void]
    blocks: NDArray[np.void]
    edges: Edges
    vectors: NDArray[np.float32]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    similarity: NDArray[np.float32]
    same: NDArray[np.float64]
    degree: NDArray[np.int64]
    listed: int

    @classmethod
    def of(cls, requests: Sequence[Request], models: Models, engine: Engine, progress: Progress) -> Nearness:
        """Embeds all requests and compares those that are near."""
        search = models.search
        progress.stage("embedding requests", len(requests))
        asked = [found for _, found in engine.each(_asked, [request.variants[0].record for request in requests])]
        edges = aligned([found for _, found in engine.each(_edges_of, [one.templated for one in asked])])
        texts = [without_template(one.text, cut) for one, cut in zip(asked, cuts(edges).tolist(), strict=True)]
        blocks = keys_of([one.block for one in asked])
        vectors = search.encoder.encode(texts, progress.advance)
        progress.stage("searching near requests", None)
        near = engine.near_pairs(vectors, search.threshold, search.neighbours, numbered(blocks))
        progress.stage("comparing requests", None)
        if search.sieves:
            near = verified(near, texts, models)
        same = _compared(requests, near, engine)
        keys = keys_of([request.key for request in requests])
        return cls(
            keys,
            blocks,
            edges,
            vectors,
            near.first,
            near.second,
            near.similarity,
            same,
            near.degree,
            search.neighbours,
        )

    @property
    def notes(self) -> list[str]:
        """What a reader should know of how the pairs were chosen."""
        crowded = int(np.sum(self.degree > self.listed))
        told = f"with over {self.listed} near ones: the nearest {self.listed} were compared"
        return [f"{number_of(crowded, 'request')} {told}"] if crowded else []

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


def verified(near: NearPairs, texts: Sequence[str], models: Models) -> NearPairs:
    """Pairs that a sieve let pass, with the similarity that the encoder finds; those that it does not find near go.

    Args:
        near: Pairs of positions in `texts`.
        texts: What to embed.
        models: The encoder is asked about texts that are in a pair, and no others.
    """
    concerned = np.unique(np.concatenate([near.first, near.second]))
    vectors = _steps([texts[number] for number in concerned.tolist()], models.encoder)
    first, second = (np.searchsorted(concerned, side) for side in (near.first, near.second))
    similarity = np.zeros(len(first), np.float32)
    for start in range(0, len(first), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        ours, theirs = (vectors[side[part]].astype(np.float32) / GRID for side in (first, second))
        similarity[part] = np.sum(ours * theirs, axis=1)
    similarity = np.round(similarity, DECIMALS)
    kept = similarity >= np.float32(SIMILARITY)
    return NearPairs(near.first[kept], near.second[kept], similarity[kept], near.degree)


def _steps(texts: Sequence[str], encoder: Encoder) -> NDArray[np.int16]:
    """Vectors in the steps that they are made of, which take half the room."""
    vectors = np.zeros((len(texts), encoder.dimension), np.int16)
    for start in range(0, len(texts), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        vectors[part] = np.rint(encoder.encode(texts[part]) * GRID)
    return vectors


def numbered(blocks: NDArray[np.void]) -> NDArray[np.int64]:
    """Blocks by numbers from 0."""
    _, numbers = np.unique(blocks, return_inverse=True)
    return numbers.astype(np.int64)


def _asked(_: Models, records: Sequence[Record]) -> list[Asked]:
    return [Asked.by(record) for record in records]


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
