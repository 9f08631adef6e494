"""One request, and one tool called with arguments that cannot both be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contralint.facets.arguments import incompatible
from contralint.facets.toolbox import called
from contralint.kinds.behaviours.case import Case, Opposition, stand
from contralint.kinds.behaviours.trigger import tool_users
from contralint.kinds.dataset import Dataset
from contralint.kinds.kindred import Near, same_requests
from contralint.kinds.tie import Tie
from contralint.records import Record

_SHOWN = 60  # characters of a call in a side's label


class Arguments:
    """Unlike calls of one tool for the same request."""

    apart = True

    def cases(self, records: Iterable[Record]) -> list[Case]:
        callers, _ = tool_users(records)
        return [_case(case.record) for case in callers]

    def ties(self, record: Record) -> Iterable[Tie]:  # noqa: ARG002 - a behaviour's signature
        return ()

    def pairs(self, cases: Sequence[Case], dataset: Dataset) -> Iterator[tuple[Case, Case, Near]]:
        return same_requests(cases, dataset)

    def kinship(self, one: Case, other: Case, near: Near) -> float:  # noqa: ARG002 - a behaviour's signature
        return near.same

    def opposition(self, one: Case, other: Case, near: Near) -> Opposition | None:  # noqa: ARG002 (a behaviour's signature)
        if called(one.record) != called(other.record):
            return None
        clash = incompatible(one.record, other.record)
        return Opposition(0.85, "same request", topic=clash[0].key) if clash else None


def _case(record: Record) -> Case:
    shown = ", ".join(f"{call.name}{call.arguments}" for call in record.calls)
    shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 3] + "..."
    side = " ".join(f"{call.name} {call.arguments}" for call in record.calls)
    return Case(stand(record, side, f"calls {shown}", f"call {shown}"), 1.0, record.request)
