"""What is reported: diagnostics, their sides and places, and the report that holds them."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from contralint.clashes import Clash, Stance, clashes
from contralint.version import __version__

SCHEMA_VERSION = 1
_UNPRINTED = frozenset({"mark_start", "mark_end", "whole", "asked", "own_source"})


class Severity(str, Enum):
    """How bad a diagnostic is; compares by rank, `error` highest."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True)
class Passage:
    """Words of a text, with what stands around them.

    Attributes:
        text: The words and their surroundings.
        start: Where the words start within `text`, in characters.
        end: Where they end, exclusive. May lie beyond the text, where that is cut.
        cut_before: Whether more stands before `text`.
        cut_after: Whether more follows it.
    """

    text: str
    start: int = 0
    end: int = 0
    cut_before: bool = False
    cut_after: bool = False

    @classmethod
    def of(cls, text: str, start: int, end: int, *, around: int) -> Passage:
        """Words of a text, with at most so many characters on either side of where they start."""
        low, high = max(0, start - around), start + around
        return cls(text[low:high], start - low, end - low, cut_before=low > 0, cut_after=high < len(text))


@dataclass(frozen=True)
class Location:
    """A place in a file. Lines and columns count from 1, in characters; `end_column` is exclusive.

    Attributes:
        snippet: Decoded text of the field around the evidence.
        mark_start: Where the evidence starts within `snippet`. Not part of the JSON.
        mark_end: Where it ends within `snippet`, exclusive. Not part of the JSON.
        whole: The evidence within more of the field than `snippet`. Not part of the JSON.
        asked: The request that the record answers. Not part of the JSON.
        own_source: The source that the row names, where it does. Not part of the JSON.
    """

    path: str
    line: int
    index: int
    id: str | None
    field: str
    column: int
    end_line: int
    end_column: int
    snippet: str
    mark_start: int = 0
    mark_end: int = 0
    whole: Passage | None = None
    asked: str = ""
    own_source: str | None = None

    @property
    def passage(self) -> Passage:
        """The evidence with as much of its field as is known."""
        return self.whole or Passage(self.snippet, self.mark_start, self.mark_end)

    @property
    def source(self) -> str:
        """What the record comes from: what its row names, else its file."""
        return self.own_source or self.path

    def to_dict(self) -> dict[str, Any]:
        """The place as `--format json` prints it."""
        printed = {name: value for name, value in vars(self).items() if name not in _UNPRINTED}
        return {**printed, "source": self.source}


@dataclass(frozen=True)
class Side:
    """Records that agree with each other and clash with the other side's.

    Attributes:
        label: What each of them does, such as "refuses".
        plural: The same of several, such as "refuse": used to count them. Not part of the JSON.
        members: Where they stand, in order.
        contents: Hashes of what they teach, sorted. Not part of the JSON.
    """

    label: str
    plural: str
    members: tuple[Location, ...]
    contents: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The side as `--format json` prints it."""
        return {"label": self.label, "members": [member.to_dict() for member in self.members]}


@dataclass(frozen=True)
class Evidence:
    """One measured reason for a diagnostic: "similarity", "judge", "stance", ..., each from 0 to 1."""

    kind: str
    value: float


@dataclass(frozen=True)
class Suggestion:
    """How to resolve a diagnostic: the strategy, and the places it would drop."""

    strategy: str
    drop: tuple[Location, ...]

    def to_dict(self) -> dict[str, Any]:
        """The suggestion as `--format json` prints it."""
        return {"strategy": self.strategy, "drop": [place.to_dict() for place in self.drop]}


@dataclass(frozen=True)
class Weight:
    """How much of what real users ask lands near a conflict: so many requests of all."""

    requests: int
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return round(self.requests / self.of, 6)


@dataclass(frozen=True)
class Diagnostic:
    """All findings of one rule that belong to one conflict.

    Attributes:
        fingerprint: 16 hex characters, made of the rule and the records' contents: stable when lines move.
        sides: Sides, the one to look at first (the minority) in front. One for rules within a record.
        notes: Further lines for the reader, such as that a list was cut.
        contents: Hashes of what its records teach, sorted. Not part of the JSON.
        weight: How much real users ask of it, where a log of their prompts tells.
    """

    rule: str
    name: str
    severity: Severity
    confidence: float
    message: str
    fingerprint: str
    sides: tuple[Side, ...]
    evidence: tuple[Evidence, ...] = ()
    suggestion: Suggestion | None = None
    notes: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    weight: Weight | None = None

    @property
    def primary(self) -> Location:
        """The place that a reader is sent to first."""
        return self.sides[0].members[0]

    @property
    def stances(self) -> list[list[Stance]]:
        """For each side, the rows that are on it with their sources."""
        return [[Stance(place.source, (place.path, place.index)) for place in side.members] for side in self.sides]

    @property
    def sort_key(self) -> tuple[Any, ...]:
        at = self.primary
        return (at.path, at.line, at.column, at.index, self.rule, self.fingerprint)

    @property
    def rank_key(self) -> tuple[Any, ...]:
        """Sorts by what to look at first: the gravest, of these the most asked, of these the surest."""
        asked = self.weight.share if self.weight else 0.0
        return (-self.severity.rank, -asked, -self.confidence, self.sort_key)

    def to_dict(self) -> dict[str, Any]:
        """The diagnostic as `--format json` prints it."""
        return {
            "rule": self.rule,
            "name": self.name,
            "severity": self.severity.value,
            "confidence": self.confidence,
            "message": self.message,
            "fingerprint": self.fingerprint,
            "sides": [side.to_dict() for side in self.sides],
            "evidence": [dataclasses.asdict(reason) for reason in self.evidence],
            "suggestion": self.suggestion.to_dict() if self.suggestion else None,
            "notes": list(self.notes),
            **({"weight": self.weight.share} if self.weight else {}),
        }


@dataclass(frozen=True)
class Summary:
    """What a scan read and found. `rows` = `records` + `unread`: no row is lost.

    Attributes:
        files: Files read.
        rows: Rows present in them.
        records: Rows read as training examples.
        unread: Rows reported as CL001 or CL002 instead.
        by_sources: Which sources contradict each other, and how often.
        notes: What the reader should know of the scan as a whole, such as a list that was cut.
        requests: How many requests of real users weigh the diagnostics; None without a log of them.
    """

    files: int
    rows: int
    records: int
    unread: int
    diagnostics: int
    by_rule: dict[str, int]
    by_severity: dict[str, int]
    by_sources: tuple[Clash, ...] = ()
    notes: tuple[str, ...] = ()
    requests: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The summary as `--format json` prints it."""
        clashing = [clash.to_dict() for clash in self.by_sources]
        printed = {name: value for name, value in vars(self).items() if value is not None}
        return {**printed, "by_sources": clashing, "notes": list(self.notes)}


@dataclass(frozen=True)
class Report:
    """The outcome of a scan: diagnostics in total order, and the summary."""

    diagnostics: tuple[Diagnostic, ...]
    summary: Summary

    @classmethod
    def of(
        cls, diagnostics: Iterable[Diagnostic], *, files: int, records: int, unread: int, notes: tuple[str, ...] = ()
    ) -> Report:
        """Sorts and counts diagnostics."""
        ordered = tuple(sorted(diagnostics, key=lambda found: found.sort_key))
        severities = Counter(found.severity for found in ordered)
        summary = Summary(
            files=files,
            rows=records + unread,
            records=records,
            unread=unread,
            diagnostics=len(ordered),
            by_rule=dict(sorted(Counter(found.rule for found in ordered).items())),
            by_severity={level.value: severities[level] for level in reversed(Severity) if severities[level]},
            by_sources=clashes(found.stances for found in ordered),
            notes=notes,
        )
        return cls(ordered, summary)

    def to_dict(self) -> dict[str, Any]:
        """The report as `--format json` prints it."""
        return {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "contralint", "version": __version__},
            "summary": self.summary.to_dict(),
            "diagnostics": [found.to_dict() for found in self.diagnostics],
        }
