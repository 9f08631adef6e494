"""Minimal pairs without a language model: one request under the condition of each side, with that side's response."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contralint.facets.request import parts
from contralint.kinds.context import differing
from contralint.kinds.sameness import cosines, embedded, same_request
from contralint.models.suite import Models
from contralint.records import Record
from contralint.rewording import SAME, reworded, rewordings
from contralint.synth.conflict import Conflict, Side
from contralint.synth.example import Half
from contralint.words import normalise

_BASES = 8  # records of a side whose requests are put in other words

Pair = tuple[Half, ...]


@dataclass(frozen=True)
class Proposer:
    """Proposes pairs.

    Attributes:
        models: Tell whether two requests ask the same.
        usable: Records of the conflict whose rows may be made into others, by the label of their side.
    """

    models: Models
    usable: dict[str, list[Record]]

    def pairs(self, conflict: Conflict) -> Iterator[Pair]:
        """All pairs there are to be made, each request of the conflict in turn: as it stands, then in other words."""
        bases = [
            (record, side)
            for side in conflict.sides
            for record in self.usable[side.label][:_BASES]
            if not record.labelled
        ]
        frames = conflict.rule.boundary.requests
        lines = [
            [record.instruction.text, *(one.text for one in rewordings(record, self.models, frames))]
            for record, _ in bases
        ]
        number = itertools.count()
        asked: set[tuple[str, ...]] = set()
        for wordings in itertools.zip_longest(*lines):
            for (record, side), wording in zip(bases, wordings, strict=True):
                if wording is None or (key := _asked(record, wording)) in asked:
                    continue
                if pair := self._pair(conflict, record, side, wording, next(number)):
                    asked.add(key)
                    yield pair

    def _pair(self, conflict: Conflict, base: Record, own: Side, wording: str, number: int) -> Pair | None:
        """The halves of all sides for one wording of a record's request; None where a side has no response to it."""
        halves: list[Half] = []
        for side in conflict.sides:
            half = Half(side, base, wording) if side is own else self._other_half(conflict, base, side, wording, number)
            if half is None:
                return None
            halves.append(half)
        return tuple(halves)

    def _other_half(self, conflict: Conflict, base: Record, side: Side, wording: str, number: int) -> Half | None:
        """A side that the record is not on: by a record that asks the same, else by a template of the rule."""
        alike = self._asking_the_same(base, self.usable[side.label])
        asked = normalise(reworded(base, wording).request)
        # Where the data has the half already, it is to stand beside the new one.
        if alike := [one for one in alike if normalise(one.request) == asked] or alike:
            return Half(side, alike[number % len(alike)], wording)
        templates = [one.text for one in conflict.rule.boundary.responses if side.label.startswith(one.side)]
        if templates and base.rejected is None and not base.calls:
            return Half(side, base, wording, templates[number % len(templates)], method="template")
        return None

    def _asking_the_same(self, base: Record, others: Sequence[Record]) -> list[Record]:
        """Records that ask the same over the same material, whatever their system prompts say."""
        comparable = [other for other in others if set(differing(base, other)) <= {"system prompt"}]
        taken_apart = [(parts(base), parts(other)) for other in comparable]
        if not taken_apart:
            return []
        similarity = cosines([(embedded(one), embedded(other)) for one, other in taken_apart], self.models.encoder)
        found = same_request(taken_apart, similarity, self.models)
        return [other for other, same in zip(comparable, found.tolist(), strict=True) if same >= SAME]


def _asked(record: Record, wording: str) -> tuple[str, ...]:
    return tuple(map(normalise, (wording, record.input.text, *(turn.field.text for turn in record.context))))
