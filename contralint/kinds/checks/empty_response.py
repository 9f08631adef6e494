"""A response from which there is nothing to learn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contralint.kinds.checks.fault import Fault
from contralint.kinds.comparisons.aids import Aids
from contralint.records import Record, Span

# What tokenisers put at the end of a text; a response of these alone is as empty as "".
_END_MARKS = ("<|endoftext|>", "<|im_end|>", "<|eot_id|>", "</s>", "<eos>")


def check(records: Sequence[Record], parameters: Mapping[str, Any], aids: Aids) -> Iterator[Fault]:  # noqa: ARG001 - a check's signature
    """Records without words and without a tool call."""
    for record in records:
        if _is_empty(record):
            span = Span(record.response, 0, len(record.response.text))
            yield Fault(record, span, "has no response", "have no response")


def _is_empty(record: Record) -> bool:
    text = record.response.text
    for mark in _END_MARKS:
        text = text.replace(mark, "")
    return not text.strip() and not record.calls
