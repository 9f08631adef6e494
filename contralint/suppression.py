"""What the user asked not to be told of: in a record itself, or for files by their path."""

from __future__ import annotations

import dataclasses
import fnmatch
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from contralint.expiry import has_passed
from contralint.ignore import Ignore, as_ignore
from contralint.kinds.finding import Finding
from contralint.records import Origin, Record
from contralint.rule import Rule
from contralint.selection import names

Part = TypeVar("Part")
# IDs of the rules that would have been told of a row, by its path and index.
Silenced = defaultdict[tuple[str, int], set[str]]


class Ignores:
    """What is asked for, applied to records as they are read.

    Attributes:
        by_glob: What the configuration asks for, by the glob of the paths that it means.
        rows: Where the rows stand that ask for something themselves.
    """

    def __init__(self, per_path: Mapping[str, Sequence[str] | Ignore] | None = None) -> None:
        self.by_glob = {glob: as_ignore(asked) for glob, asked in (per_path or {}).items()}
        self.rows: list[Origin] = []
        self._of_path: dict[str, frozenset[str]] = {}

    def of_path(self, path: str) -> frozenset[str]:
        """Rules that the records of a file are not held to."""
        if path not in self._of_path:
            meant = [asked for glob, asked in self.by_glob.items() if fnmatch.fnmatch(path, glob)]
            self._of_path[path] = frozenset(
                word for asked in meant if not has_passed(asked.until) for word in asked.rules
            )
        return self._of_path[path]

    def apply(self, records: list[Record]) -> list[Record]:
        """The records of one row, held to no rule that the row or its path is taken out of the reach of."""
        if not records:
            return records
        origin = records[0].origin
        if origin.wish:
            self.rows.append(origin)
        own = origin.wish.rules if origin.wish and not has_passed(origin.wish.until) else ()
        ignored = self.of_path(origin.path).union(own)
        return records if ignored == origin.ignored else [_ignoring(record, ignored) for record in records]


def _ignoring(record: Record, words: frozenset[str]) -> Record:
    return dataclasses.replace(record, origin=dataclasses.replace(record.origin, ignored=words))


def held(record: Record, rule: Rule) -> bool:
    """Whether a record does not ask to be left out of a rule."""
    return not names(record.origin.ignored, rule)


def held_first(rule: Rule, parts: Iterable[Part], record: Callable[[Part], Record]) -> list[Part]:
    """Those whose record is held to a rule, then the others, each in their order.

    Where findings lean on the first of several, they lean on one that is held.
    """
    return sorted(parts, key=lambda part: not held(record(part), rule))


def unsuppressed(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Leaves out findings in which a record takes part that is not held to their rule."""
    return (finding for finding in findings if not finding.ignoring)


def silenced(findings: Iterable[Finding], copies: Mapping[tuple[str, int, int], Sequence[Record]]) -> Silenced:
    """What the findings that are left out would have told.

    Args:
        findings: In any order.
        copies: For a record that stood for several equal ones, all of them.
    """
    rows: Silenced = defaultdict(set)
    for finding in findings:
        for record in finding.ignoring:
            for copy in copies.get(record.key, [record]):
                rows[copy.origin.path, copy.origin.index].add(finding.rule.id)
    return rows
