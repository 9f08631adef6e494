"""From records to candidate pairs: duplicates collapsed, near requests found, contexts compared."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from contralint.counting import number_of
from contralint.facets.described import Described
from contralint.kinds.candidate import Candidate
from contralint.kinds.context import same_context
from contralint.kinds.nearness import Near, Nearness, Request
from contralint.neighbours.collapse import collapse
from contralint.records import Record

RecordKey = tuple[str, int, int]

SAME_REQUEST = 0.7  # probability from which two requests ask the same; a rule may ask for more
VARIANTS = 200  # different answers to one request that are compared with each other


@dataclass(frozen=True)
class Pairing:
    """Candidate pairs of a dataset.

    Attributes:
        requests: In order of their keys.
        keys: What tells each request from all others.
        nearness: Which of them ask the same; it may know of others besides.
        notes: What a reader should know of how they were chosen.
    """

    requests: tuple[Request, ...]
    keys: tuple[bytes, ...]
    nearness: Nearness
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
        for near in self.nearness.among(self.keys, SAME_REQUEST):
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


def pair_up(records: Sequence[Record], nearness: Callable[[Sequence[Request]], Nearness]) -> Pairing:
    """Pairs different records that ask the same; those that have no answer take no part.

    Args:
        records: The records, of copies one.
        nearness: Tells which of some requests are near each other.
    """
    distinct = [record for record in records if record.answers]
    collapsed = collapse([record.request for record in distinct])
    members: dict[int, dict[tuple[str, bool], list[Record]]] = defaultdict(lambda: defaultdict(list))
    for record, number in zip(distinct, collapsed.member_of, strict=True):
        members[int(number)][record.origin.split, record.desired].append(record)
    requests = tuple(
        Request(
            collapsed.keys[number],
            text,
            tuple(Described(record) for alike in members[number].values() for record in alike[:VARIANTS]),
        )
        for number, text in enumerate(collapsed.unique)
    )
    near = nearness(requests)
    notes = []
    if cut := sum(any(len(alike) > VARIANTS for alike in found.values()) for found in members.values()):
        notes.append(
            f"{number_of(cut, 'request')} with over {VARIANTS} different answers: the first {VARIANTS} were compared"
        )
    return Pairing(requests, collapsed.keys, near, (*notes, *near.notes))


def _within(request: Request) -> Iterator[Candidate]:
    for first, second in itertools.combinations(request.variants, 2):
        yield Candidate(*_ordered(first, second), 1.0, 1.0)


def _between(one: Request, other: Request, near: Near) -> Iterator[Candidate]:
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
