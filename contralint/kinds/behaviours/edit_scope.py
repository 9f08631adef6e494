"""A small edit gives back the part that changes here, the whole text there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from contralint.facets.edit_scope import Edit, edit
from contralint.facets.masked import masked
from contralint.facets.wishes import scope_policy, scope_wishes
from contralint.kinds.behaviours.case import Case, Opposition, same_surroundings, same_words, stand
from contralint.kinds.dataset import Dataset
from contralint.kinds.kindred import Near, near_kinds
from contralint.kinds.tie import Tie
from contralint.records import Record

_LABELS = {"part": ("edits in place", "edit in place"), "whole": ("gives the whole back", "give the whole back")}
_SAME_OPERATION = 0.55  # kinship of two edits that do the same to the same sort of text
_UNLIKE = 4.0  # ratio of two texts' lengths from which their length may tell the two apart
_CONFIDENCE = 0.88


@dataclass(frozen=True, kw_only=True)
class EditCase(Case):
    """A record that edits a text."""

    edit: Edit

    @property
    def kind(self) -> str:
        return masked(self.ask).text

    @property
    def family(self) -> str:
        return f"{self.edit.operation} {self.edit.sort}"


class EditScope:
    """Fragments and patches against whole texts."""

    apart = True

    def cases(self, records: Iterable[Record]) -> list[EditCase]:
        return [_case(record, found) for record in records if (found := edit(record))]

    def ties(self, record: Record) -> Iterator[Tie]:
        return (Tie("edit", case.side) for case in self.cases([record]))

    def pairs(self, cases: Sequence[EditCase], dataset: Dataset) -> Iterator[tuple[EditCase, EditCase, Near]]:
        return near_kinds(cases, dataset)

    def kinship(self, one: EditCase, other: EditCase, near: Near) -> float:
        lengths = sorted((len(one.edit.material), len(other.edit.material)))
        if one.edit.sort != other.edit.sort or lengths[1] > _UNLIKE * lengths[0]:
            return 0.0
        likeness = max(0.0, near.similarity)
        if one.edit.operation != other.edit.operation:
            return likeness
        return _SAME_OPERATION + (1 - _SAME_OPERATION) * likeness

    def opposition(self, one: EditCase, other: EditCase, near: Near) -> Opposition | None:  # noqa: ARG002 - a behaviour's signature
        records = (one.record, other.record)
        if one.side == other.side or _wishes(one) or _wishes(other) or not same_surroundings(*records):
            return None
        if scope_policy(one.record.system.text) and not same_words(*records):
            return None
        return Opposition(_CONFIDENCE, "same kind")


def _wishes(case: EditCase) -> bool:
    """Whether a request says how much it wants back."""
    earlier = [turn.field.text for turn in case.record.context if turn.role == "user"]
    return any(map(scope_wishes, [case.ask, *earlier]))


def _case(record: Record, found: Edit) -> EditCase:
    label, plural = _LABELS[found.scope]
    return EditCase(stand(record, found.scope, label, plural), 1.0, found.ask, edit=found)
