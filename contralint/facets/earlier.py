"""The earlier turns of a conversation, each as a record of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from contralint.records import Field, Record

_NOTHING = Field("input", "")


def earlier(record: Record) -> Iterator[Record]:
    """The trained assistant turns before a record's own, with what each was asked; `turn` tells their place."""
    asked = _NOTHING
    number = 0
    for position, turn in enumerate(record.context):
        if turn.role == "user":
            asked = turn.field
        if turn.role != "assistant":
            continue
        if turn.trained and asked.text.strip() and turn.field.text.strip():
            yield dataclasses.replace(
                record,
                instruction=asked,
                input=_NOTHING,
                response=turn.field,
                calls=turn.calls,
                context=record.context[:position],
                rejected=None,
                turn=number,
            )
        number += 1
