"""What a scan finds, before it is decided what of it is told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from contralint.grouping import Group, group
from contralint.intake import Broken, Intake
from contralint.kinds.dataset import Dataset
from contralint.kinds.finding import Finding, most_specific
from contralint.kinds.registry import find
from contralint.rulebook import Rule
from contralint.suppression import Ignores, Silenced, silenced, unsuppressed


@dataclass(frozen=True)
class Found:
    """The outcome of a scan.

    Attributes:
        rows: How many rows there are.
        broken: Those that give no record.
        groups: The conflicts that are not suppressed.
        silenced: What suppressions within the data keep silent.
        ignores: Those suppressions.
        evaluated: Whether there was an evaluation split.
        notes: What the reader should know of the scan as a whole.
    """

    rows: int
    broken: Sequence[Broken]
    groups: Sequence[Group]
    silenced: Silenced
    ignores: Ignores
    evaluated: bool
    notes: Sequence[str]


def findings_in(dataset: Dataset, rules: Sequence[Rule]) -> list[Finding]:
    """All findings of some rules, those that are suppressed too, each by the most specific rule."""
    return most_specific(find(rules, dataset))


def told_by(findings: Sequence[Finding], selected: Collection[str]) -> list[Finding]:
    """The findings of the rules selected that are not suppressed."""
    return [finding for finding in unsuppressed(findings) if finding.rule.id in selected]


def found(intake: Intake, dataset: Dataset, findings: Sequence[Finding], selected: Collection[str]) -> Found:
    """Joins the findings of a dataset to conflicts.

    Args:
        intake: What the dataset was read from.
        dataset: What was compared.
        findings: As of `findings_in`.
        selected: IDs of the rules to tell of.
    """
    return Found(
        rows=intake.rows,
        broken=intake.broken,
        groups=group(told_by(findings, selected), dataset.copies),
        silenced=silenced(findings, dataset.copies),
        ignores=intake.ignores,
        evaluated=bool(intake.evaluation),
        notes=dataset.notes,
    )
