"""What a kind yields: one rule holding for one pair of records, or within one record."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from contralint.diagnostics import Evidence
from contralint.records import Record, Span
from contralint.rulebook import Rule
from contralint.selection import names

Records = frozenset[tuple[str, int, int]]


@dataclass(frozen=True)
class Stand:
    """What one record does in a conflict, and the words that show it.

    Attributes:
        side: Key of the side it takes: records with equal keys stand together.
        label: The side as it is shown, such as "denies: embodiment" or "refuses".
        plural: The same of several records, such as "deny" or "refuse".
    """

    record: Record
    span: Span
    side: str
    label: str
    plural: str


@dataclass(frozen=True)
class Finding:
    """One rule holding for one pair of records, or within one record (one stand).

    Attributes:
        topic: What it is about, such as a capability: findings of different topics never join one group.
        message: What a reader is told, such as "denies web access here, uses it there".
        confidence: Probability that a reviewer agrees, from 0 to 1.
    """

    rule: Rule
    stands: tuple[Stand, ...]
    message: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    topic: str = ""

    @property
    def ignoring(self) -> tuple[Record, ...]:
        """Records that take part and are not held to the rule: where there are any, it is not reported."""
        return tuple(stand.record for stand in self.stands if names(stand.record.origin.ignored, self.rule))


def most_specific(findings: Iterable[Finding]) -> list[Finding]:
    """Leaves out findings about records for which a rule holds that supersedes theirs.

    What holds for more than two records takes the place of what holds for any two of them; if one of them asks not to
    be held to it, only with that one.
    """
    listed = list(findings)
    superseded: dict[Records, set[str]] = defaultdict(set)
    for finding in listed:
        records = _records(finding)
        ignoring = {record.key for record in finding.ignoring}
        for told in {records, *map(frozenset, itertools.combinations(records, 2))}:
            if not ignoring or told & ignoring:
                superseded[told].update(finding.rule.supersedes)
    return [finding for finding in listed if finding.rule.id not in superseded[_records(finding)]]


def _records(finding: Finding) -> Records:
    return frozenset(stand.record.key for stand in finding.stands)
