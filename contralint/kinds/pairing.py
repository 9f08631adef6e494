"""From records to candidate pairs: duplicates collapsed, near requests found, contexts compared."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from contralint.facets.described import Described
from contralint.facets.request import Parts, parts
from contralint.kinds.candidate import Candidate
from contralint.kinds.context import same_context
from contralint.kinds.sameness import same_request
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
VARIANTS = 200  # different answers to one request that are compared with each other


@dataclass(frozen=True)
class Request:
    """A request in all its records: one `Described` for each different answer, wanted or not."""

    text: str
    variants: tuple[Described, ...]

    @property
    def parts(self) -> Parts:
        """The request taken apart."""
        return parts(self.variants[0].record)


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
        """All pairs of teachings whose contexts allow one answer to serve both, in order of their requests."""
        for pair in self.pairs():
            if pair.first.record.teaches and pair.second.record.teaches and comparable(pair):
                yield pair

    def pairs(self) -> Iterator[Candidate]:
        """All pairs of records with near requests, whatever their contexts and whether their answers are wanted."""
        for request in self.requests:
            yield from _within(request)
        for near in self.neighbours:
            yield from _between(self.requests[near.first], self.requests[near.second], near)


def content_hash(record: Record) -> str:
    """Hash of everything that a record teaches, whatever its place: 32 hex characters."""
    told = [record.system.text, record.instruction.text, record.input.text, record.response.text, str(record.desired)]
    told += [turn.field.text for turn in record.context]
    told += [f"{call.name} {call.arguments}" for call in record.calls]
    told += [f"{tool.name} {tool.schema}" for tool in record.tools]
    told += [record.rejected.text] if record.rejected else []
    told += [f"{call.name} {call.arguments}" for call in record.rejected_calls]
    digest = hashlib.blake2b(digest_size=16)
    for part in told:
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
    """Finds the pairs of different records that ask the same; those that have no answer take no part."""
    distinct = [record for record in records if record.answers]
    collapsed = collapse([record.request for record in distinct])
    members: dict[int, dict[tuple[str, bool], list[Record]]] = defaultdict(lambda: defaultdict(list))
    for record, number in zip(distinct, collapsed.member_of, strict=True):
        members[int(number)][record.origin.split, record.desired].append(record)
    requests = tuple(
        Request(text, tuple(Described(record) for alike in members[number].values() for record in alike[:VARIANTS]))
        for number, text in enumerate(collapsed.unique)
    )
    cut = sum(any(len(alike) > VARIANTS for alike in found.values()) for found in members.values())
    notes = (
        [f"{cut} requests have over {VARIANTS} different answers: the first {VARIANTS} were compared"] if cut else []
    )
    neighbours, cut_lists = _neighbours(requests, models, progress)
    if cut_lists:
        notes.append(f"{cut_lists} requests have over {NEIGHBOURS} near ones: the nearest {NEIGHBOURS} were compared")
    return Pairing(requests, tuple(neighbours), tuple(notes))


def _neighbours(requests: Sequence[Request], models: Models, progress: Progress) -> tuple[list[Neighbour], int]:
    if len(requests) < 2:
        return [], 0
    progress.stage("embedding requests", len(requests))
    vectors = models.encoder.encode(distinctive([request.text for request in requests]), progress.advance)
    near = near_pairs(vectors, SIMILARITY, NEIGHBOURS)
    progress.stage("comparing requests", None)
    taken_apart = [request.parts for request in requests]
    pairs = [(taken_apart[a], taken_apart[b]) for a, b in zip(near.first, near.second, strict=True)]
    same = same_request(pairs, near.similarity, models)
    found = [
        Neighbour(int(a), int(b), float(cosine), float(probability))
        for a, b, cosine, probability in zip(near.first, near.second, near.similarity, same, strict=True)
        if probability >= SAME_REQUEST
    ]
    return found, len(near.cut)


def _within(request: Request) -> Iterator[Candidate]:
    for first, second in itertools.combinations(request.variants, 2):
        yield Candidate(*_ordered(first, second), 1.0, 1.0)


def _between(one: Request, other: Request, near: Neighbour) -> Iterator[Candidate]:
    for first, second in itertools.product(one.variants, other.variants):
        yield Candidate(*_ordered(first, second), near.similarity, near.same)


def comparable(pair: Candidate) -> bool:
    """Whether the contexts of two records allow one answer to serve both.

    Turns of one conversation are read together, so they are no conflict between records.
    """
    first, second = pair.first.record, pair.second.record
    one_row = (first.origin.path, first.origin.index) == (second.origin.path, second.origin.index)
    return not one_row and same_context(first, second)


def _ordered(first: Described, second: Described) -> tuple[Described, Described]:
    return (first, second) if first.record.key <= second.record.key else (second, first)
