"""From records to candidate pairs: duplicates collapsed, near requests found, contexts compared."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from contralint.facets.described import Described
from contralint.kinds.candidate import Candidate
from contralint.kinds.context import same_context
from contralint.models.suite import Models
from contralint.neighbours.collapse import collapse
from contralint.neighbours.index import near_pairs
from contralint.neighbours.template import distinctive
from contralint.progress import Progress
from contralint.records import Record

RecordKey = tuple[str, int, int]

SIMILARITY = 0.75  # cosine from which two requests are looked at; whether they ask the same is the model's to say
SAME_REQUEST = 0.7  # probability from which they do; a rule may ask for more
NEIGHBOURS = 50  # nearest requests looked at for each request
_LONG = 400  # characters from which a request holds material
_SHARED = 0.6  # share of the words of the shorter of two long requests that the other has too
VARIANTS = 200  # different answers to one request that are compared with each other


@dataclass(frozen=True)
class Request:
    """A request in all its records: one `Described` for each different teaching."""

    text: str
    variants: tuple[Described, ...]


@dataclass(frozen=True)
class Neighbour:
    """Two requests, by position, that ask the same."""

    first: int
    second: int
    similarity: float
    same: float


@dataclass(frozen=True)
class Pairing:
    """Candidate pairs of a dataset.

    Attributes:
        notes: What a reader should know of how they were chosen.
    """

    requests: tuple[Request, ...]
    neighbours: tuple[Neighbour, ...]
    notes: tuple[str, ...]

    def candidates(self) -> Iterator[Candidate]:
        """All pairs whose contexts allow one answer to serve both, in order of their requests."""
        for request in self.requests:
            yield from _within(request)
        for near in self.neighbours:
            yield from _between(self.requests[near.first], self.requests[near.second], near)


def content_hash(record: Record) -> str:
    """Hash of everything that a record teaches, whatever its place: 32 hex characters."""
    parts = [record.system.text, record.instruction.text, record.input.text, record.response.text, str(record.desired)]
    parts += [turn.field.text for turn in record.context]
    parts += [f"{call.name} {call.arguments}" for call in record.calls]
    parts += [f"{tool.name} {tool.schema}" for tool in record.tools]
    parts += [record.rejected.text] if record.rejected else []
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "little") + encoded)
    return digest.hexdigest()


def copies_of(records: Iterable[Record]) -> dict[RecordKey, tuple[Record, ...]]:
    """Teachings by the first of those that are equal, in an order that their places do not change."""
    copies: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.key):
        # A copy that asks to be left out of a rule must not take the others along.
        copies[content_hash(record), ",".join(sorted(record.origin.ignored))].append(record)
    return {same[0].key: tuple(same) for _, same in sorted(copies.items())}


def pair_up(records: Sequence[Record], models: Models, progress: Progress) -> Pairing:
    """Finds the pairs of different records that ask the same; those that teach no answer take no part."""
    distinct = [record for record in records if record.teaches]
    collapsed = collapse([record.request for record in distinct])
    members: dict[int, list[Record]] = defaultdict(list)
    for record, number in zip(distinct, collapsed.member_of, strict=True):
        members[int(number)].append(record)
    requests = tuple(
        Request(text, tuple(Described(record) for record in members[number][:VARIANTS]))
        for number, text in enumerate(collapsed.unique)
    )
    cut = sum(len(found) > VARIANTS for found in members.values())
    notes = (
        [f"{cut} requests have over {VARIANTS} different answers: the first {VARIANTS} were compared"] if cut else []
    )
    neighbours, cut_lists = _neighbours([request.text for request in requests], models, progress)
    if cut_lists:
        notes.append(f"{cut_lists} requests have over {NEIGHBOURS} near ones: the nearest {NEIGHBOURS} were compared")
    return Pairing(requests, tuple(neighbours), tuple(notes))


def _neighbours(texts: Sequence[str], models: Models, progress: Progress) -> tuple[list[Neighbour], int]:
    if len(texts) < 2:
        return [], 0
    progress.stage("embedding requests", len(texts))
    near = near_pairs(models.encoder.encode(distinctive(texts), progress.advance), SIMILARITY, NEIGHBOURS)
    progress.stage("comparing requests", None)
    bags = [frozenset(text.split()) if len(text) > _LONG else None for text in texts]
    kept = np.array([_share_words(bags[a], bags[b]) for a, b in zip(near.first, near.second, strict=True)], dtype=bool)
    first, second, similarity = near.first[kept], near.second[kept], near.similarity[kept]
    pairs = [(texts[a], texts[b]) for a, b in zip(first, second, strict=True)]
    same = models.same_request.probability(pairs, similarity) if pairs else np.zeros(0)
    found = [
        Neighbour(int(a), int(b), float(cosine), float(probability))
        for a, b, cosine, probability in zip(first, second, similarity, same, strict=True)
        if probability >= SAME_REQUEST
    ]
    return found, len(near.cut)


def _share_words(first: frozenset[str] | None, second: frozenset[str] | None) -> bool:
    """Whether two long requests can ask the same: they hold material, so they share most of their words.

    Comparing long texts in full costs the square of their length, and near ones over other material are many.
    """
    if first is None or second is None:
        return True
    return len(first & second) >= _SHARED * min(len(first), len(second))


def _within(request: Request) -> Iterator[Candidate]:
    for first, second in itertools.combinations(request.variants, 2):
        if _comparable(first.record, second.record):
            yield Candidate(*_ordered(first, second), 1.0, 1.0)


def _between(one: Request, other: Request, near: Neighbour) -> Iterator[Candidate]:
    for first, second in itertools.product(one.variants, other.variants):
        if _comparable(first.record, second.record):
            yield Candidate(*_ordered(first, second), near.similarity, near.same)


def _comparable(first: Record, second: Record) -> bool:
    """Turns of one conversation are read together, so they are no conflict between records."""
    one_row = (first.origin.path, first.origin.index) == (second.origin.path, second.origin.index)
    return not one_row and same_context(first, second)


def _ordered(first: Described, second: Described) -> tuple[Described, Described]:
    return (first, second) if first.record.key <= second.record.key else (second, first)
