"""What the user asked not to be told of: in a record itself, or for files by their path."""

from __future__ import annotations

import dataclasses
import fnmatch
from collections.abc import Iterable, Iterator, Mapping, Sequence

from contralint.kinds.finding import Finding
from contralint.records import Record
from contralint.rulebook import Rule


def path_wishes(path: str, per_path_ignores: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Rules that the globs of a configuration take a file out of the reach of."""
    return frozenset(word for glob, words in per_path_ignores.items() if fnmatch.fnmatch(path, glob) for word in words)


def ignoring(record: Record, words: frozenset[str]) -> Record:
    """The record, not held to further rules."""
    origin = dataclasses.replace(record.origin, ignored=record.origin.ignored | words)
    return dataclasses.replace(record, origin=origin)


def held_to(rule: Rule, records: Iterable[Record]) -> list[Record]:
    """The records that do not ask to be left out of a rule."""
    return [record for record in records if not names(record.origin.ignored, rule)]


def unsuppressed(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Leaves out findings in which a record takes part that is not held to their rule."""
    for finding in findings:
        if not any(names(stand.record.origin.ignored, finding.rule) for stand in finding.stands):
            yield finding


def names(words: Iterable[str], rule: Rule) -> bool:
    """Whether one of some IDs, prefixes of IDs and names means a rule."""
    return any(word in ("ALL", rule.name) or (word and rule.id.startswith(word)) for word in words)
