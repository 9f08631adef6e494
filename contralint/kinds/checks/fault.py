"""What a check finds in one record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from contralint.kinds.comparisons.aids import Aids
from contralint.records import Record, Span


@dataclass(frozen=True)
class Fault:
    """Something in one record that should not be taught as it stands.

    Attributes:
        span: The words that show it.
        label: What the record does, such as "has no response".
        plural: The same of several records.
        detail: What the rule's message goes on with, such as "asked for at most 20 words, has 31"; may be empty.
        confidence: Probability that a reviewer agrees, from 0 to 1.
        place: Tells faults of one record apart.
    """

    record: Record
    span: Span
    label: str
    plural: str
    detail: str = ""
    confidence: float = 1.0
    place: str = ""


class Check(Protocol):
    """Looks at all records, so that a model may run in batches.

    Raises:
        UsageError: The parameters are wrong.
    """

    def __call__(self, records: Sequence[Record], parameters: Mapping[str, Any], aids: Aids) -> Iterator[Fault]: ...
