"""All requests together, those of real users and those of the training data, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contralint.models.encoder import Encoder
from contralint.neighbours.across import nearest
from contralint.neighbours.collapse import collapse
from contralint.neighbours.index import indexed
from contralint.neighbours.template import distinctive
from contralint.progress import Progress
from contralint.traffic import Log


@dataclass(frozen=True)
class Requests:
    """Requests that differ.

    Attributes:
        texts: The requests, in an order of their own.
        vectors: One a request, shape (requests, dimension).
        traffic: How often real users ask each, shape (requests,).
        training: How many teachings answer each, shape (requests,).
    """

    texts: tuple[str, ...]
    vectors: NDArray[np.float32]
    traffic: NDArray[np.int64]
    training: NDArray[np.int64]

    @classmethod
    def of(cls, trained: Sequence[str], log: Log, encoder: Encoder, progress: Progress) -> Requests:
        """Puts the requests of the training data, each as often as it is taught, beside those of a log."""
        found = collapse([*trained, *log.texts])
        of_training, of_log = np.split(found.member_of, [len(trained)])
        traffic = np.zeros(len(found.unique), np.int64)
        traffic[of_log] = log.counts
        training = np.bincount(of_training, minlength=len(found.unique)).astype(np.int64)
        progress.stage("embedding requests", len(found.unique))
        vectors = encoder.encode(distinctive(found.unique), progress.advance)
        return cls(found.unique, vectors, traffic, training)

    @property
    def mass(self) -> NDArray[np.float64]:
        """What each request counts for where traffic and training are to count the same, whatever their sizes."""
        mass: NDArray[np.float64] = self.traffic / self.traffic.sum() + self.training / self.training.sum()
        return mass


@dataclass(frozen=True)
class Nearest:
    """For each request, the nearest one among some of them.

    Attributes:
        number: Its number, shape (requests,).
        similarity: How near it is, shape (requests,); 1 for a request that is among them itself.
    """

    number: NDArray[np.int64]
    similarity: NDArray[np.float32]

    @classmethod
    def among(cls, requests: Requests, some: NDArray[np.bool_]) -> Nearest:
        """Finds it among those that are marked, of which there is one at least."""
        number, similarity = np.arange(len(some)), np.ones(len(some), np.float32)
        found = nearest(requests.vectors[~some], indexed(requests.vectors[some]))
        number[~some] = np.flatnonzero(some)[found.neighbour]
        similarity[~some] = found.similarity
        return cls(number, similarity)
