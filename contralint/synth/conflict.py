"""Conflicts of which each side holds under a condition of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contralint.diagnostics import Report
from contralint.errors import UsageError
from contralint.escape import visible
from contralint.explanation import find
from contralint.records import Record
from contralint.resolve.decided import Archive, Decided
from contralint.rule import Rule
from contralint.spelling import did_you_mean

GAP = "\n\n"  # between a system prompt and a condition


@dataclass(frozen=True)
class Side:
    """One side of a conflict.

    Attributes:
        condition: What the system prompt says where it holds; "" where it holds unless another side's condition does.
    """

    label: str
    condition: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Conflict:
    """A conflict, its sides in order."""

    rule: Rule
    fingerprint: str
    message: str
    sides: tuple[Side, ...]

    def under(self, record: Record, side: Side) -> Record:
        """A record with the condition of one side in its system prompt, and no other."""
        return dataclasses.replace(
            record, system=dataclasses.replace(record.system, text=self.system(record.system.text, side))
        )

    def system(self, told: str, side: Side) -> str:
        """A system prompt with the condition of one side, and no other."""
        bare = self.unconditional(told, side)
        if not side.condition or side.condition in bare:
            return bare
        return bare + GAP + side.condition if bare else side.condition

    def unconditional(self, told: str, side: Side) -> str:
        """A system prompt without the conditions of other sides than one."""
        for other in self.sides:
            if other.condition and other.condition != side.condition:
                told = told.replace(other.condition, "").strip()
        return told


@dataclass(frozen=True)
class LeftOut:
    """A conflict that gives no examples, and why."""

    rule: str
    fingerprint: str
    reason: str


def decided_conflicts(found: Sequence[Decided], rules: Mapping[str, Rule]) -> Iterator[Conflict | LeftOut]:
    """Conflicts of which both sides stay, each under its condition."""
    for one in found:
        decision = one.decision
        if decision.decision != "keep-both" or not any(side.condition for side in decision.sides):
            continue
        sides = tuple(Side(part.label, part.condition, _in_order(part.records)) for part in one.kept)
        if decision.rule not in rules:
            yield LeftOut(decision.rule, decision.fingerprint, "its rule is not among those that run")
        elif len(sides) < len(decision.sides):
            yield LeftOut(decision.rule, decision.fingerprint, "of one of its sides no record is left")
        elif len({side.condition for side in sides}) < len(sides):
            yield LeftOut(decision.rule, decision.fingerprint, "two of its sides hold under one condition")
        else:
            rule = rules[decision.rule]
            yield Conflict(rule, decision.fingerprint, decision.message or rule.message, sides)


def named_conflict(
    report: Report, beginning: str, conditions: Mapping[str, str], rules: Mapping[str, Rule], archive: Archive
) -> Conflict:
    """The conflict of a fingerprint, under conditions by the labels of its sides.

    Raises:
        UsageError: There is no such conflict, or it has no such side.
    """
    found = find(report, beginning)
    labels = [visible(side.label) for side in found.sides]
    for label in conditions:
        if label not in labels:
            known = did_you_mean(label, labels) or f"; its sides: {', '.join(map(repr, labels))}"
            raise UsageError(f"{found.rule} {found.fingerprint} has no side '{label}'{known}")
    sides = tuple(
        Side(label, conditions.get(label, ""), _in_order(archive.find(content)[0] for content in side.contents))
        for label, side in zip(labels, found.sides, strict=True)
    )
    if len(sides) < 2 or len({side.condition for side in sides}) < len(sides):
        raise UsageError(
            f"{found.rule} {found.fingerprint}: each of its sides needs a condition of its own (--condition)"
        )
    return Conflict(rules[found.rule], found.fingerprint, found.message, sides)


def _in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """In the order of the data, which a fix that changes their contents leaves as it is."""
    return tuple(sorted(records, key=lambda record: record.key))
