"""How many of real users' requests land near the requests of each conflict."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contralint.diagnostics import Report, Weight
from contralint.grouping import Group, RecordKey
from contralint.intake import Intake
from contralint.models.encoder import Encoder
from contralint.models.search import SIMILARITY
from contralint.neighbours.across import near_across
from contralint.neighbours.collapse import collapse
from contralint.neighbours.index import Entries, indexed
from contralint.neighbours.template import distinctive
from contralint.progress import Progress
from contralint.readers import read_some
from contralint.traffic.log import Log

_BLOCK = 1 << 16  # requests whose vectors are held at a time


def weighed(
    report: Report,
    groups: Sequence[Group],
    asked: Mapping[RecordKey, str],
    log: Log,
    encoder: Encoder,
    progress: Progress,
) -> Report:
    """The report with a weight for each conflict.

    Args:
        report: What is told of a scan.
        groups: The conflicts that the scan found, or those of them that are told.
        asked: What each of their records asks.
        log: What real users ask.
        encoder: The encoder of the scan.
        progress: Told of the embedding.
    """
    progress.stage("embedding usage", len(log.texts))
    requests = [sorted({asked[key] for key in group.members if key in asked}) for group in groups]
    counts = near_counts(requests, log, encoder, progress.advance)
    weights = {
        (group.rule.id, group.fingerprint): Weight(count, log.total)
        for group, count in zip(groups, counts.tolist(), strict=True)
    }
    diagnostics = tuple(
        dataclasses.replace(found, weight=weights.get((found.rule, found.fingerprint))) for found in report.diagnostics
    )
    notes = (*report.summary.notes, *log.notes)
    return Report(diagnostics, dataclasses.replace(report.summary, requests=log.total, notes=notes))


def near_counts(
    groups: Sequence[Collection[str]], log: Log, encoder: Encoder, progress: Callable[[int], None] | None = None
) -> NDArray[np.int64]:
    """How many requests of a log are near any request of each group, shape (groups,).

    Near are whole requests from the similarity on at which a scan looks at them. A request counts once for a group,
    however many of the group's it is near.

    Args:
        groups: The requests of each group.
        log: What real users ask.
        encoder: Makes vectors, for which templates are cut off as a scan does it.
        progress: As of `Encoder.encode`.
    """
    asked = sorted({text for group in groups for text in group})
    counts = np.zeros(len(groups), np.int64)
    if not asked:
        return counts
    both = collapse([*asked, *log.texts])
    embedded = distinctive(both.unique)
    of_asked, of_log = np.split(both.member_of, [len(asked)])
    index = indexed(encoder.encode([embedded[at] for at in of_asked]))
    concerned = _Concerned.by(asked, groups)
    for start in range(0, len(of_log), _BLOCK):
        block = of_log[start : start + _BLOCK]
        vectors = encoder.encode([embedded[at] for at in block], progress)
        for near in near_across(vectors, index, SIMILARITY):
            query, group = concerned.pairs(near)
            np.add.at(counts, group, log.counts[query + start])
    return counts


@dataclass(frozen=True)
class _Concerned:
    """Which groups each request concerns.

    Attributes:
        first: Where the groups of each request begin in `groups`, shape (requests + 1,).
        groups: Numbers of groups, those of one request after those of another.
        count: How many groups there are.
    """

    first: NDArray[np.int64]
    groups: NDArray[np.int64]
    count: int

    @classmethod
    def by(cls, asked: Sequence[str], groups: Sequence[Collection[str]]) -> _Concerned:
        place = {text: number for number, text in enumerate(asked)}
        pairs = sorted((place[text], number) for number, group in enumerate(groups) for text in set(group))
        request, group = np.array(pairs, np.int64).T
        return cls(np.searchsorted(request, np.arange(len(asked) + 1)), group, len(groups))

    def pairs(self, near: Entries) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Queries and the groups that they are near, each pair once."""
        size = np.diff(self.first)[near.neighbour]
        within = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
        group = self.groups[np.repeat(self.first[near.neighbour], size) + within]
        pair = np.unique(np.repeat(near.query, size) * self.count + group)
        return pair // self.count, pair % self.count


def requests_of(groups: Sequence[Group], intake: Intake) -> dict[RecordKey, str]:
    """What the records of some conflicts ask, read again from their files.

    Args:
        groups: The conflicts.
        intake: Takes the rows in; it has seen nothing yet.

    Raises:
        UsageError: A file cannot be opened.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for group in groups:
        for path, index, _ in group.members:
            wanted[path].add(index)
    for path, indices in sorted(wanted.items()):
        intake.take(read_some(path, indices))
    return {record.key: record.request for record in intake.records}
