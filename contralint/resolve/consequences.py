"""Decisions that a fix leaves: what stays in the data on purpose must not be reported again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import msgspec

from contralint.decision import DecidedSide, Decision
from contralint.diagnostics import Side
from contralint.escape import visible
from contralint.resolve.change import Change, applied
from contralint.resolve.plan import Plan
from contralint.resolve.rows import Rows, short_hash
from contralint.resolve.settling import Settlement
from contralint.resolve.strategy import Method


def consequences(plan: Plan, rows: Rows, method: Method) -> Iterator[Decision]:
    """What is to be noted as decided: sides that count less, and sides that hold under their conditions."""
    for one in plan.settled:
        if one.wishes.weigh:
            reason = f"down-weight: {method.column} {json.dumps(method.weight)} for the smaller side"
            yield Decision.of(one.found, "keep-both", reason=reason, by="fix")
        elif one.wishes.say:
            made = _conditional(one, plan.changes, rows)
            if made != one.decision:
                yield made


def _conditional(settlement: Settlement, changes: Mapping[str, Change], rows: Rows) -> Decision:
    """A decision of the same words about the records as they are after the fix."""
    found, given = settlement.found, settlement.decision
    sides = tuple(_side(side, settlement, changes, rows) for side in found.sides)
    base = given or Decision.of(found, "keep-both", reason="condition: each side holds under its own", by="fix")
    return msgspec.structs.replace(base, fingerprint=found.fingerprint, sides=sides)


def _side(side: Side, settlement: Settlement, changes: Mapping[str, Change], rows: Rows) -> DecidedSide:
    conditions = {settlement.wishes.say.get((place.path, place.index), "") for place in side.members}
    records = {content for place in side.members for content in _contents(place.path, place.index, side, changes, rows)}
    return DecidedSide(
        visible(side.label), tuple(sorted(records)), condition="; ".join(sorted(filter(None, conditions)))
    )


def _contents(path: str, index: int, side: Side, changes: Mapping[str, Change], rows: Rows) -> Iterator[str]:
    """Hashes of what a row teaches on a side, after the fix."""
    taught = rows.taught[path, index]
    edits = changes[path].edits.get(index, ()) if path in changes else ()
    after = rows.again(taught, applied(taught.row.data, edits))
    for before, now in zip(taught.records, after.records, strict=True):
        if short_hash(before) in side.contents:
            yield short_hash(now)
