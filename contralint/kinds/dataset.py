"""What every kind of rule looks at: the records of a scan, and what is worked out about them once for all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from contralint.engines import Engine, Local
from contralint.facets.claims import Claim, claims
from contralint.facets.identity import Identity, identities
from contralint.kinds.comparisons.aids import Aids
from contralint.kinds.comparisons.label import label_sets
from contralint.kinds.finding import Finding
from contralint.kinds.nearness import Nearness, Request
from contralint.kinds.pairing import Pairing, copies_of, pair_up
from contralint.models.suite import Models
from contralint.progress import NoProgress, Progress
from contralint.records import Record
from contralint.rulebook import Rule


@dataclass(frozen=True)
class Dataset:
    """The records of a scan.

    Attributes:
        evaluation: Records of the evaluation split, of which no kind but `split` takes notice.
        rulebook: All rules by ID, for those that lean on others.
        notes: What the reader should know of how they were compared, such as that a list was cut.
        nearness: Tells which requests are near each other, where that is known beforehand.
        labels: The class labels of each file, where these records are not all that there are.
        engine: Where the work is done; None does it here.
    """

    records: Sequence[Record]
    models: Models
    progress: Progress = field(default_factory=NoProgress)
    evaluation: Sequence[Record] = ()
    rulebook: Mapping[str, Rule] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    nearness: Callable[[Sequence[Request]], Nearness] | None = None
    labels: Mapping[str, frozenset[str]] | None = None
    engine: Engine | None = None

    @cached_property
    def spread(self) -> Engine:
        """What does the work that can be split."""
        return self.engine or Local(self.models)

    @cached_property
    def copies(self) -> Mapping[tuple[str, int, int], tuple[Record, ...]]:
        """For each record that stands for several equal ones, all of them."""
        return {**copies_of(self.records), **copies_of(self.evaluation)}

    @property
    def paired(self) -> bool:
        """Whether the pairs were asked for."""
        return "pairing" in vars(self)

    @cached_property
    def pairing(self) -> Pairing:
        """The pairs of records that ask the same."""
        return self._paired("training")

    @cached_property
    def pairing_across(self) -> Pairing:
        """The same with the evaluation split: apart, so that naming one changes nothing else."""
        return self._paired("training", "evaluation")

    @cached_property
    def aids(self) -> Aids:
        """What comparisons lean on."""
        labels = label_sets([*self.records, *self.evaluation]) if self.labels is None else self.labels
        return Aids(self.models, labels)

    @cached_property
    def claims(self) -> Sequence[tuple[Record, Claim]]:
        """What each record says that the assistant can or cannot do."""
        return [(record, claim) for record, found in self.spread.each(_claims, self.records) for claim in found]

    @cached_property
    def identities(self) -> Sequence[tuple[Record, Identity]]:
        """Who each record says that the assistant is."""
        return [
            (record, identity) for record, found in self.spread.each(_identities, self.records) for identity in found
        ]

    def _paired(self, *splits: str) -> Pairing:
        distinct = [same[0] for same in self.copies.values() if same[0].origin.split in splits]
        made = pair_up(distinct, self.nearness or self._nearness)
        self.notes.extend(note for note in made.notes if note not in self.notes)
        return made

    def _nearness(self, requests: Sequence[Request]) -> Nearness:
        return Nearness.of(requests, self.models, self.spread, self.progress)


def _claims(_: Models, records: Sequence[Record]) -> list[list[Claim]]:
    return [list(claims(record)) for record in records]


def _identities(_: Models, records: Sequence[Record]) -> list[list[Identity]]:
    return [list(identities(record)) for record in records]


class Find(Protocol):
    """Finds what some rules of one kind hold for.

    Raises:
        UsageError: The parameters of a rule are wrong.
    """

    def __call__(self, rules: Sequence[Rule], dataset: Dataset) -> Iterator[Finding]: ...
