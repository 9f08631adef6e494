"""What real users ask beside what is trained on, topic by topic."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contralint.counting import number_of
from contralint.coverage.clusters import Clusters, telling_words
from contralint.coverage.requests import Nearest, Requests
from contralint.errors import UsageError
from contralint.linter import Linter
from contralint.models.search import SIMILARITY
from contralint.progress import Progress
from contralint.readers import discover, discover_splits, nothing_in
from contralint.taking import take_files
from contralint.traffic import Log
from contralint.version import __version__

# Similarity below which the nearest request is no more of the same kind: see docs/coverage.md.
NEAR = 0.6
SCHEMA_VERSION = 1
_CANDIDATES = 100  # of which the examples are the most frequent


@dataclass(frozen=True)
class Topic:
    """Requests that are like each other.

    Attributes:
        words: What tells them from all others.
        example: The request in their middle, from the side that has the larger share of its own in the topic.
        traffic: How many requests of real users are among them.
        training: How many teachings.
        uncovered: How many of the traffic have nothing near in the training data.
        unasked: How many of the training have nothing near in the traffic.
    """

    words: tuple[str, ...]
    example: str
    traffic: int
    training: int
    uncovered: int
    unasked: int


@dataclass(frozen=True)
class Example:
    """Requests that nothing is near on the other side, told by one of them.

    Attributes:
        request: The one.
        count: How many there are of its like, repetitions included.
        nearest: The nearest request on the other side.
        similarity: How near that is.
    """

    request: str
    count: int
    nearest: str
    similarity: float


@dataclass(frozen=True)
class Coverage:
    """What a survey finds.

    Attributes:
        near: Similarity below which nothing is near.
        traffic: How many requests of real users there are.
        training: How many teachings.
        uncovered: How many of the traffic have nothing near in the training data.
        unasked: How many of the training have nothing near in the traffic.
        topics: All of them, first those that users ask more than the data teaches.
        uncovered_examples: The most frequent of the uncovered, with their like.
        unasked_examples: The most frequent of the unasked, with their like.
        notes: What the reader should know besides.
    """

    near: float
    traffic: int
    training: int
    uncovered: int
    unasked: int
    topics: tuple[Topic, ...]
    uncovered_examples: tuple[Example, ...]
    unasked_examples: tuple[Example, ...]
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The survey as `--format json` prints it."""
        head = {"schema_version": SCHEMA_VERSION, "tool": {"name": "contralint", "version": __version__}}
        return {**head, **asdict(self)}


@dataclass(frozen=True)
class Survey:
    """How to look.

    Attributes:
        near: Similarity below which nothing is near.
        topics: How many topics; None chooses by the number of requests.
        examples: How many examples at most, of either kind.
    """

    near: float = NEAR
    topics: int | None = None
    examples: int = 10


def survey(linter: Linter, paths: Sequence[str | Path], wish: Survey, progress: Progress) -> Coverage:
    """Compares what a log of real users asks with what is trained on.

    Args:
        linter: Whose configuration names the log, and whose encoder is used.
        paths: The training data.
        wish: How to look.
        progress: Told of each stage.

    Raises:
        UsageError: No log is named, a file cannot be opened, or there is no request on one of both sides.
    """
    config = linter.config
    if not config.usage:
        raise UsageError("coverage needs a log of real users' prompts: give --usage FILE, or set `usage`")
    files = discover_splits([str(path) for path in paths], config.against, config.usage).training
    progress.stage("reading", len(files))
    intake = linter.intake()
    for _ in take_files(intake, files, "training", linter.cluster):
        progress.advance(1)
    trained = [record.request for record in intake.records if record.answers and record.request]
    if not trained:
        raise nothing_in(files)
    log = Log.read(discover(config.usage), config.usage_field)
    rows = number_of(len(intake.broken), "row", ",")
    unread = [f"{rows} of the training data could not be read: contralint scan tells which"]
    requests = Requests.of(trained, log, linter.models.encoder, progress)
    progress.stage("comparing traffic and training", None)
    return _Comparison(requests, wish).coverage((*(unread if intake.broken else ()), *log.notes))


class _Comparison:
    def __init__(self, requests: Requests, wish: Survey) -> None:
        self._requests = requests
        self._wish = wish
        asked, taught = requests.traffic > 0, requests.training > 0
        self._taught, self._asked = Nearest.among(requests, taught), Nearest.among(requests, asked)
        self._uncovered = np.where(self._taught.similarity < wish.near, requests.traffic, 0)
        self._unasked = np.where(self._asked.similarity < wish.near, requests.training, 0)
        self._clusters = Clusters.by_similarity(requests, wish.topics)

    def coverage(self, notes: tuple[str, ...]) -> Coverage:
        traffic, training = (int(counts.sum()) for counts in (self._requests.traffic, self._requests.training))
        topics = sorted(
            self._topics(),
            key=lambda topic: (topic.training * traffic - topic.traffic * training, topic.words, topic.example),
        )
        return Coverage(
            near=self._wish.near,
            traffic=traffic,
            training=training,
            uncovered=int(self._uncovered.sum()),
            unasked=int(self._unasked.sum()),
            topics=tuple(topics),
            uncovered_examples=tuple(self._examples(self._uncovered, self._taught)),
            unasked_examples=tuple(self._examples(self._unasked, self._asked)),
            notes=notes,
        )

    def _topics(self) -> Iterator[Topic]:
        requests = self._requests
        for number, named in enumerate(telling_words(requests, self._clusters)):
            members = self._clusters.members(number)
            heavier = max(requests.traffic, requests.training, key=lambda side: side[members].sum() / side.sum())
            middle = next(at for at in members if heavier[at])
            counts = (requests.traffic, requests.training, self._uncovered, self._unasked)
            yield Topic(named, requests.texts[middle], *(int(each[members].sum()) for each in counts))

    def _examples(self, counts: NDArray[np.int64], nearest: Nearest) -> list[Example]:
        """The heaviest requests, of equally heavy ones those in the middle of their topics; each with all its like."""
        texts, vectors = self._requests.texts, self._requests.vectors
        left = np.flatnonzero(counts)
        left = left[np.lexsort((left, -self._clusters.closeness[left], -counts[left]))]
        found: list[Example] = []
        while len(left) and len(found) < max(self._wish.examples, _CANDIDATES):
            first = left[0]
            alike = vectors[left] @ vectors[first] >= SIMILARITY
            alike[0] = True
            other = texts[nearest.number[first]]
            similarity = math.floor(100 * float(nearest.similarity[first])) / 100
            found.append(Example(texts[first], int(counts[left[alike]].sum()), other, similarity))
            left = left[~alike]
        return sorted(found, key=lambda example: -example.count)[: self._wish.examples]
