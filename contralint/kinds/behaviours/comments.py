"""The same code comes back with comments here, without them there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contralint.facets.comments import comments_added
from contralint.kinds.behaviours.case import Case, Opposition, same_surroundings, stand
from contralint.kinds.behaviours.critique import same_material
from contralint.kinds.dataset import Dataset
from contralint.kinds.kindred import Near, same_requests
from contralint.kinds.tie import Tie
from contralint.records import Record

_SEVERAL = 2  # comments from which a response comments the code
_CONFIDENCE = 0.6  # both may be fine


class Comments:
    """Commented code against bare code."""

    apart = True

    def cases(self, records: Iterable[Record]) -> list[Case]:
        return [case for record in records if (case := _case(record))]

    def ties(self, record: Record) -> Iterable[Tie]:  # noqa: ARG002 - a behaviour's signature
        return ()

    def pairs(self, cases: Sequence[Case], dataset: Dataset) -> Iterator[tuple[Case, Case, Near]]:
        asked = {(one.record.key, other.record.key) for one, other, _ in same_requests(cases, dataset)}
        for one, other, near in same_material(cases):
            # The same code with another task may well be commented otherwise.
            if {(one.record.key, other.record.key), (other.record.key, one.record.key)} & asked:
                yield one, other, near

    def kinship(self, one: Case, other: Case, near: Near) -> float:  # noqa: ARG002 - a behaviour's signature
        return near.same

    def opposition(self, one: Case, other: Case, near: Near) -> Opposition | None:  # noqa: ARG002 (a behaviour's signature)
        if one.side == other.side or not same_surroundings(one.record, other.record):
            return None
        return Opposition(_CONFIDENCE, "same work")


def _case(record: Record) -> Case | None:
    added = comments_added(record)
    if added is None or 0 < added < _SEVERAL:
        return None
    side, label, plural = (
        ("comments", "comments the code", "comment the code")
        if added
        else ("none", "adds no comment", "add no comment")
    )
    return Case(stand(record, side, label, plural), 1.0, record.request)
