"""Findings joined into conflicts: what belongs together is one group, with its sides counted."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from contralint.diagnostics import Evidence, Passage, Severity
from contralint.kinds.finding import Finding, Stand
from contralint.kinds.pairing import content_hash
from contralint.records import Pointer, Record
from contralint.rulebook import Rule

RecordKey = tuple[str, int, int]
# Models see the same on every processor but for rounding in float32; a report must not show that.
DECIMALS = 2
_AROUND = 600  # characters of a field that a member keeps on either side of where its evidence starts
_ASKED = 600  # characters of a request that a member keeps
_SHORT = 12  # hex characters that tell the records of one dataset apart


class Member(msgspec.Struct, frozen=True, array_like=True):
    """What a record is to a conflict, apart from all else that it holds.

    Attributes:
        key: File, row and turn of the record.
        label: What the record does, as it is shown.
        plural: The same of several records.
        id: The row's own id, where it has one.
        content: Hash of what the record teaches.
        field: Name of the field that the evidence stands in.
        pointer: Keys and positions that lead from the row to the string that holds the field.
        offset: Where the field begins within that string.
        start: Where the evidence begins within the field, in characters.
        end: Where it ends, exclusive.
        passage: The evidence with what stands around it in the field.
        asked: The beginning of the request that the record answers.
        evaluates: Whether the record belongs to the evaluation split.
        source: What the row says that it comes from; None where it says nothing.
    """

    key: RecordKey
    label: str
    plural: str
    id: str | None
    content: str
    field: str
    pointer: Pointer
    offset: int
    start: int
    end: int
    passage: Passage
    asked: str
    evaluates: bool
    source: str | None

    @classmethod
    def of(cls, stand: Stand) -> Member:
        """What is left of a stand when its conflict is put together."""
        record, span = stand.record, stand.span
        return cls(
            key=record.key,
            label=stand.label,
            plural=stand.plural,
            id=record.origin.id,
            content=content_hash(record),
            field=span.field.name,
            pointer=span.field.pointer,
            offset=span.field.offset,
            start=span.start,
            end=span.end,
            passage=Passage.of(span.field.text, span.start, span.end, around=_AROUND),
            asked=record.request[:_ASKED],
            evaluates=record.origin.split == "evaluation",
            source=record.origin.source,
        )


@dataclass(frozen=True)
class GroupSide:
    """The members of one side, in order of their records."""

    key: str
    members: tuple[Member, ...]

    @property
    def label(self) -> str:
        """What its records do: reports show it beneath the words of the first."""
        return self.members[0].label

    @property
    def contents(self) -> tuple[str, ...]:
        """Hashes of what the records teach, sorted."""
        return tuple(sorted({member.content[:_SHORT] for member in self.members}))

    @property
    def evaluates(self) -> bool:
        """Whether its records belong to the evaluation split."""
        return self.members[0].evaluates


@dataclass(frozen=True)
class Group:
    """One conflict: all findings of one rule that share records, the smallest side first."""

    rule: Rule
    severity: Severity
    confidence: float
    message: str
    fingerprint: str
    sides: tuple[GroupSide, ...]
    evidence: tuple[Evidence, ...]

    @property
    def contents(self) -> tuple[str, ...]:
        """Hashes of what the records teach, sorted."""
        return tuple(sorted({content for side in self.sides for content in side.contents}))

    @property
    def members(self) -> frozenset[RecordKey]:
        """Keys of all records that take part."""
        return frozenset(member.key for side in self.sides for member in side.members)

    @property
    def minority(self) -> GroupSide | None:
        """The side that is smaller than every other; None where there is none, or counting settles nothing."""
        if any(side.evaluates for side in self.sides):
            return None
        if len(self.sides) < 2 or len(self.sides[0].members) == len(self.sides[1].members):
            return None
        return self.sides[0]


def group(
    findings: Iterable[Finding],
    copies: Mapping[RecordKey, Sequence[Record]],
) -> list[Group]:
    """Joins findings of one rule and topic that share records.

    Args:
        findings: In any order.
        copies: For a record that stood for several equal ones, all of them: each becomes a member.
    """
    topics: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        topics[finding.rule.id, finding.topic].append(finding)
    groups = [_group(joined, copies) for _, found in sorted(topics.items()) for joined in _connected(found)]
    # The same records clash over two topics (web access, real-time information): one conflict, told once.
    return list({(made.rule.id, made.members): made for made in reversed(groups)}.values())


def _connected(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings parted into sets that share no record (union-find over records)."""
    parent: dict[RecordKey, RecordKey] = {}

    def root(key: RecordKey) -> RecordKey:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for finding in findings:
        first, *others = (stand.record.key for stand in finding.stands)
        for other in others:
            parent[root(other)] = root(first)
        root(first)
    joined: dict[RecordKey, list[Finding]] = defaultdict(list)
    for finding in findings:
        joined[root(finding.stands[0].record.key)].append(finding)
    return list(joined.values())


def _group(findings: Sequence[Finding], copies: Mapping[RecordKey, Sequence[Record]]) -> Group:
    strongest = max(findings, key=lambda finding: (finding.confidence, finding.message))
    rule = strongest.rule
    severity = rule.severity
    if strongest.confidence < rule.lower_below and severity is not Severity.NOTE:
        severity = list(Severity)[severity.rank - 1]
    return Group(
        rule=rule,
        severity=severity,
        confidence=round(strongest.confidence, DECIMALS),
        message=strongest.message,
        fingerprint=_fingerprint(rule, strongest.topic, findings),
        # Copies of a row are findings of their own: a conversation that begins as it does is none.
        sides=_sides(findings, {} if rule.kind == "duplicate" else copies),
        evidence=tuple(Evidence(one.kind, round(one.value, DECIMALS)) for one in strongest.evidence),
    )


def _sides(findings: Sequence[Finding], copies: Mapping[RecordKey, Sequence[Record]]) -> tuple[GroupSide, ...]:
    stands: dict[str, dict[RecordKey, Stand]] = defaultdict(dict)
    for finding in findings:
        for stand in finding.stands:
            for record in copies.get(stand.record.key, [stand.record]):
                stands[stand.side].setdefault(record.key, dataclasses.replace(stand, record=record))
    sides = [_side(key, list(taken.values())) for key, taken in stands.items()]
    # What evaluates is right by definition: the side to look at is the one that trains.
    return tuple(sorted(sides, key=lambda side: (side.evaluates, len(side.members), side.key)))


def _side(key: str, stands: Sequence[Stand]) -> GroupSide:
    return GroupSide(key, tuple(Member.of(stand) for stand in sorted(stands, key=lambda stand: stand.record.key)))


def _fingerprint(rule: Rule, topic: str, findings: Sequence[Finding]) -> str:
    """Made of the rule and the contents: where a record stands, and how often, does not matter."""
    contents = {content_hash(stand.record) for finding in findings for stand in finding.stands}
    named = topic if len(findings[0].stands) > 1 else ""
    return hashlib.sha256("\n".join([rule.id, named, *sorted(contents)]).encode()).hexdigest()[:16]
