"""A response from which there is nothing to learn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contralint.kinds.checks.fault import Fault
from contralint.kinds.comparisons.aids import Aids
from contralint.records import Record, Span


def check(records: Sequence[Record], parameters: Mapping[str, Any], aids: Aids) -> Iterator[Fault]:  # noqa: ARG001 - a check's signature
    """Records without words and without a tool call."""
    for record in records:
        if not record.answers:
            span = Span(record.response, 0, len(record.response.text))
            yield Fault(record, span, "has no response", "have no response")
