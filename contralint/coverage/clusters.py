"""Requests parted into clusters, and the words that tell each cluster from the others."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contralint.coverage.requests import Requests
from contralint.models.encoder import on_grid
from contralint.neighbours.across import nearest
from contralint.words import FUNCTION_WORDS, stem, words

MOST = 50  # clusters, unless more are asked for
_ITERATIONS, _TRIES, _SEED = 25, 3, 7
_READ = 400  # members whose words name a cluster, and characters of each that are read
_WORDS = 4  # that name a cluster


@dataclass(frozen=True)
class Clusters:
    """Requests parted into clusters.

    Attributes:
        of: The cluster of each request, shape (requests,); every number from 0 has members.
        closeness: Similarity of each request to the middle of its cluster, shape (requests,).
        count: How many clusters there are.
    """

    of: NDArray[np.int64]
    closeness: NDArray[np.float32]
    count: int

    @classmethod
    def by_similarity(cls, requests: Requests, count: int | None = None) -> Clusters:
        """Spherical k-means, the same for the same requests.

        Args:
            requests: What to part; traffic and training count the same.
            count: How many clusters; None chooses by the number of requests.
        """
        import faiss

        total, dimension = requests.vectors.shape
        wanted = min(count or max(1, min(MOST, round(math.sqrt(total / 2)))), total)
        faiss.omp_set_num_threads(1)  # sums in parallel depend on how many take part
        found = faiss.Kmeans(
            dimension,
            wanted,
            niter=_ITERATIONS,
            nredo=_TRIES,
            seed=_SEED,
            spherical=True,
            min_points_per_centroid=1,
        )
        found.train(requests.vectors, weights=requests.mass.astype(np.float32))
        middles = faiss.IndexFlatIP(dimension)
        middles.add(on_grid(np.asarray(found.centroids)))
        near = nearest(requests.vectors, middles)
        used, of = np.unique(near.neighbour, return_inverse=True)
        return cls(of, near.similarity, len(used))

    def members(self, cluster: int) -> NDArray[np.int64]:
        """The requests of a cluster, those in its middle first."""
        numbers = np.flatnonzero(self.of == cluster)
        return numbers[np.argsort(-self.closeness[numbers], kind="stable")]


def telling_words(requests: Requests, clusters: Clusters) -> list[tuple[str, ...]]:
    """For each cluster the words that are frequent in it and rare elsewhere, the most telling first."""
    mass = requests.mass
    spoken = [_Spoken() for _ in range(clusters.count)]
    weight = np.bincount(clusters.of, mass, clusters.count)
    for number, heard in enumerate(spoken):
        for at in clusters.members(number)[:_READ]:
            heard.add(requests.texts[at], float(mass[at]))
    everywhere: dict[str, float] = defaultdict(float)
    for heard, share in zip(spoken, weight / weight.sum(), strict=True):
        for key in heard.shares:
            everywhere[key] += share * heard.shares[key] / heard.total
    return [tuple(heard.most_telling(everywhere)) for heard in spoken]


class _Spoken:
    """The words of a cluster.

    Attributes:
        shares: Stem to the mass of the requests that have the word.
        total: The mass of all of them.
    """

    def __init__(self) -> None:
        self.shares: dict[str, float] = defaultdict(float)
        self.total = 0.0
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, text: str, mass: float) -> None:
        """Hears the words of a request."""
        self.total += mass
        heard = {word.casefold() for word in words(text[:_READ]) if word[0].isalpha() and word[1:]} - FUNCTION_WORDS
        by_stem: dict[str, str] = {stem(word): word for word in sorted(heard, reverse=True)}
        for key, word in by_stem.items():
            self.shares[key] += mass
            self._forms[key][word] += 1

    def most_telling(self, everywhere: dict[str, float]) -> Iterator[str]:
        """Words in which the cluster differs most from all requests together."""

        def telling(key: str) -> float:
            share = self.shares[key] / self.total
            return round(share * math.log(share / everywhere[key]), 9)

        ranked: Sequence[str] = sorted(self.shares, key=lambda key: (-telling(key), -self.shares[key], key))
        for key in ranked[:_WORDS]:
            yield min(self._forms[key], key=lambda form: (-self._forms[key][form], form))
