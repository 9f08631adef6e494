"""What every kind of rule looks at: the records of a scan, and what is worked out about them once for all rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from contralint.kinds.comparisons.aids import Aids
from contralint.kinds.comparisons.label import label_sets
from contralint.kinds.finding import Finding
from contralint.kinds.pairing import Pairing, copies_of, pair_up
from contralint.models.suite import Models
from contralint.progress import NoProgress, Progress
from contralint.records import Record
from contralint.rulebook import Rule
from contralint.suppression import held_to


@dataclass(frozen=True)
class Dataset:
    """The records of a scan.

    Attributes:
        notes: What the reader should know of how they were compared, such as that a list was cut.
    """

    records: Sequence[Record]
    models: Models
    progress: Progress = field(default_factory=NoProgress)
    notes: list[str] = field(default_factory=list)

    @cached_property
    def copies(self) -> Mapping[tuple[str, int, int], tuple[Record, ...]]:
        """For each record that stands for several equal ones, all of them."""
        return copies_of(self.records)

    @cached_property
    def pairing(self) -> Pairing:
        """The pairs of records that ask the same."""
        made = pair_up([same[0] for same in self.copies.values()], self.models, self.progress)
        self.notes.extend(made.notes)
        return made

    @cached_property
    def aids(self) -> Aids:
        """What comparisons lean on."""
        return Aids(self.models, label_sets(self.records))

    def held_to(self, rule: Rule) -> list[Record]:
        """The records that do not ask to be left out of a rule."""
        return held_to(rule, self.records)


class Kind(Protocol):
    """Finds what some rules of one kind hold for.

    Raises:
        UsageError: The parameters of a rule are wrong.
    """

    def __call__(self, rules: Sequence[Rule], dataset: Dataset) -> Iterator[Finding]: ...
