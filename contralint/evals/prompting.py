"""The prompts of a case: requests of the conflict's own records, others that ask the same, and rewordings."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from contralint.evals.case import Expectation, Origin, Prompt, Source
from contralint.evals.checking import Checker
from contralint.evals.conversation import asked, request_of, schemas, spoken
from contralint.facets.request import parts
from contralint.kinds.context import same_context
from contralint.kinds.sameness import embedded, same_request
from contralint.models.search import SIMILARITY
from contralint.models.suite import Models
from contralint.records import Record
from contralint.rewording import SAME, reworded, rewordings
from contralint.words import normalise

_GAP = "\n\n"  # between a system prompt and a condition
Asked = tuple[str, ...]
Sided = tuple[Record, Origin]


@dataclass(frozen=True)
class Wanted:
    """What prompts are wanted for.

    Attributes:
        name: ID of the case.
        condition: What their system prompt says besides.
        conditions: What it does not say, being the conditions of other cases.
        check: What is expected of an answer.
        ranked: Whether what goes need not be wrong by itself.
    """

    name: str
    condition: str
    conditions: Sequence[str]
    check: Expectation
    ranked: bool = False

    def system(self, record: Record) -> str:
        """The system prompt of a record under the condition, and under no other one."""
        told = record.system.text
        for other in self.conditions:
            if other != self.condition:
                told = told.replace(other, "").strip()
        if not self.condition or self.condition in told:
            return told
        return told + _GAP + self.condition if told else self.condition


@dataclass
class Prompting:
    """Finds prompts.

    Attributes:
        models: Tell whether two requests ask the same.
        others: Records that train no answer, or belong to the evaluation split.
        taught: Requests that the training data answers, once the decisions are carried out, normalised.
        most: Prompts of a case.
        unreadable: Prompts that were left out since what their own answers do could not be told.
    """

    models: Models
    others: Sequence[Record]
    taught: frozenset[str]
    most: int
    unreadable: int = field(default=0, init=False)

    def prompts(self, wanted: Wanted, sided: Sequence[Sided], checker: Checker) -> list[Prompt]:
        """The prompts of a case, numbered: a third of them from the data, the rest reworded, as far as there are any.

        Args:
            wanted: What they are for.
            sided: Records of the conflict, and what becomes of them.
            checker: Reads what their own answers do: where it cannot tell, it could not tell a model's answer either.
        """
        seen: set[Asked] = set()
        own: list[tuple[Prompt, Record]] = []
        for record, origin in sided:
            if len(own) < max(2, self.most // 3) and self._readable(wanted, record, origin, seen, checker):
                own.append((self._prompt(wanted, record, origin, len(own) + 1), record))
        for record in self._asking_the_same([record for _, record in own]):
            if len(own) < max(2, self.most // 2) and _new(wanted, record, seen):
                apart: Origin = "evaluation" if record.origin.split == "evaluation" else "untaught"
                own.append((self._prompt(wanted, record, apart, len(own) + 1), record))
        made = [prompt for prompt, _ in own]
        for prompt, other in self._reworded(own):
            if len(made) < self.most and _new(wanted, other, seen):
                made.append(self._prompt(wanted, other, "reworded", len(made) + 1, prompt.id))
        return made

    def _readable(self, wanted: Wanted, record: Record, origin: Origin, seen: set[Asked], checker: Checker) -> bool:
        """Whether a record's own response is seen to do what it was decided to do."""
        if wanted.check.judges and not (wanted.ranked and origin != "kept"):
            right = "expected" if origin == "kept" and record.desired else "forbidden"
            found = checker.check(wanted.check, self._prompt(wanted, record, origin, 1), spoken(record))
            if found.verdict != right:
                self.unreadable += 1
                return False
        return _new(wanted, record, seen)

    def _prompt(
        self, wanted: Wanted, record: Record, origin: Origin, number: int, rewords: str | None = None
    ) -> Prompt:
        messages = asked(record, wanted.system(record))
        place = Source(record.origin.path, record.origin.line, record.origin.id)
        return Prompt(
            f"{wanted.name}/{number}",
            messages,
            origin,
            normalise(request_of(messages)) in self.taught,
            schemas(record.tools),
            place,
            rewords,
        )

    def _reworded(self, own: Sequence[tuple[Prompt, Record]]) -> Iterator[tuple[Prompt, Record]]:
        """Rewordings that the training data does not hold, of each prompt in turn."""
        made = [
            [(prompt, reworded(record, one.text)) for one in rewordings(record, self.models)] for prompt, record in own
        ]
        for turn in itertools.zip_longest(*made):
            yield from (one for one in turn if one and normalise(one[1].request) not in self.taught)

    @cached_property
    def _vectors(self) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        return np.asarray(self.models.encoder.encode([embedded(parts(one)) for one in self.others]))

    def _asking_the_same(self, records: Sequence[Record]) -> Iterator[Record]:
        """Records outside of the conflict that ask the same in the same context."""
        if not self.others or not records:
            return
        vectors = self.models.encoder.encode([embedded(parts(one)) for one in records])
        similarity = self._vectors @ np.asarray(vectors).T
        for number in np.flatnonzero(similarity.max(axis=1) >= SIMILARITY).tolist():
            nearest = int(similarity[number].argmax())
            other, record = self.others[number], records[nearest]
            pair = [(parts(other), parts(record))]
            same = same_request(pair, similarity[number, nearest : nearest + 1], self.models)[0]
            if same >= SAME and same_context(other, record):
                yield other


def _new(wanted: Wanted, record: Record, seen: set[Asked]) -> bool:
    """Whether a conversation was not asked yet; it counts as asked from then on."""
    told = (wanted.system(record), *(turn.field.text for turn in record.context), record.request)
    key = tuple(map(normalise, told))
    if key in seen:
        return False
    seen.add(key)
    return True
