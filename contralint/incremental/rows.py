"""The rows of a dataset by what they hold, and what of each is kept from scan to scan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec

from contralint.cache import digest
from contralint.intake import Intake
from contralint.kinds.comparisons.label import set_key
from contralint.kinds.pairing import RecordKey
from contralint.kinds.tie import Tie
from contralint.neighbours.collapse import key_of
from contralint.readers import described, digests
from contralint.records import Record
from contralint.suppression import Ignores

RowKey = bytes
_SHORT = 8  # bytes that tell the ties of one dataset apart


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a row.

    Attributes:
        ties: Hashes of the keys and of the sides of its ties.
        requests: What tells each of its requests from all others, and a hash of its text.
        labels: The class labels that it gives.
        ignored: Rules that its records were not held to.
        anew: Whether it is read in each scan: it could not be, or asks to be left out of rules.
    """

    ties: list[tuple[bytes, bytes]] = []
    requests: list[tuple[bytes, bytes]] = []
    labels: list[str] = []
    ignored: list[str] = []
    anew: bool = False

    @classmethod
    def of(cls, row: RowKey, records: Sequence[Record], ties: Iterable[Tie], *, broken: bool = False) -> Facts:
        """The facts of a row that gave some records; ties without a side are each row's own."""
        origins = [record.origin for record in records]
        return cls(
            ties=sorted({(digest(tie.key)[:_SHORT], digest(tie.side or row)[:_SHORT]) for tie in ties}),
            requests=sorted({(key_of(one.request), digest(one.request)) for one in records if one.answers}),
            labels=sorted({set_key(record) for record in records if record.labelled}),
            ignored=sorted({word for origin in origins for word in origin.ignored}),
            anew=broken or any(origin.wish for origin in origins),
        )


@dataclass(frozen=True)
class Rows:
    """The rows of some files.

    Attributes:
        keys: For each file, what each of its rows holds, in order.
    """

    keys: Mapping[str, Sequence[RowKey]]

    @classmethod
    def of(cls, files: Sequence[str], ignores: Ignores) -> Rows:
        """Reads as much of the files as tells their rows apart.

        Raises:
            UsageError: A file cannot be opened.
        """
        found = {}
        for path in files:
            # What else decides how a row of this file is read, and what its records are held to.
            surroundings = repr((described(path), sorted(ignores.of_path(path))))
            salt = digest(surroundings)[:_SHORT]
            found[path] = [salt + row for row in digests(path)]
        return cls(found)

    @cached_property
    def count(self) -> Counter[RowKey]:
        """How often each row stands in the files."""
        return Counter(key for keys in self.keys.values() for key in keys)

    @cached_property
    def places(self) -> Mapping[RowKey, Sequence[tuple[str, int]]]:
        """Where each row stands: path and number, in order."""
        found: dict[RowKey, list[tuple[str, int]]] = defaultdict(list)
        for path, keys in sorted(self.keys.items()):
            for index, key in enumerate(keys):
                found[key].append((path, index))
        return found

    def __len__(self) -> int:
        return sum(map(len, self.keys.values()))

    def labels(self, facts: Mapping[RowKey, Facts]) -> dict[str, frozenset[str]]:
        """The class labels that stand in each file that has some."""
        labelled = {key: one.labels for key, one in facts.items() if one.labels}
        found = {
            path: frozenset(label for key in keys for label in labelled.get(key, ()))
            for path, keys in self.keys.items()
            if labelled
        }
        return {path: labels for path, labels in found.items() if labels}


def facts_of(
    rows: Rows, wanted: Collection[RowKey], intake: Intake, ties: Mapping[RecordKey, Sequence[Tie]]
) -> dict[RowKey, Facts]:
    """The facts of some rows, all of which were taken in where they stand first."""
    of_row: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for record in intake.records:
        of_row[record.origin.path, record.origin.index].append(record)
    broken = {(one.row.path, one.row.index) for one in intake.broken}
    found: dict[RowKey, Facts] = {}
    for key in wanted:
        place = rows.places[key][0]
        records = of_row.get(place, [])
        told = [tie for record in records for tie in ties.get(record.key, ())]
        found[key] = Facts.of(key, records, told, broken=place in broken)
    return found
