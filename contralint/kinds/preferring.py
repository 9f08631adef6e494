"""What a record says of answers: which one it teaches, which one it rejects, and how two records cross in that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contralint.kinds.candidate import Candidate
from contralint.kinds.context import same_turns
from contralint.kinds.pairing import comparable
from contralint.kinds.wording import Level, Wording
from contralint.records import Record, Span

RecordKey = tuple[str, int, int]


@dataclass(frozen=True)
class Choice:
    """What a record says of answers to its request.

    Attributes:
        taught: The answer that it trains; None where it only says that one is not wanted.
        rejected: The answer that it trains away from; None where it has none.
        level: How much another answer may differ from one of the two without being taken for the other.
    """

    record: Record
    taught: Wording | None
    rejected: Wording | None
    level: Level = Level.FUNCTION_WORDS

    @property
    def ranks(self) -> bool:
        """Whether it says only which of two answers is the better one: both may be good, or bad."""
        return self.taught is not None and self.rejected is not None

    @property
    def side(self) -> str:
        """Key of the answer that it stands for: of a preference, the chosen one."""
        answer = self.taught or self.rejected
        assert answer is not None
        return answer.key(self.level)

    @property
    def taught_span(self) -> Span:
        return _whole(self.record)

    @property
    def rejected_span(self) -> Span:
        field = self.record.rejected
        return Span(field, 0, len(field.text)) if field else _whole(self.record)


@dataclass(frozen=True)
class Crossing:
    """Two records that ask the same, where the first rejects what the second teaches.

    Attributes:
        similarity: Cosine of the two requests.
        same: Probability that both ask the same.
    """

    rejecting: Choice
    teaching: Choice
    similarity: float
    same: float


def choice(record: Record) -> Choice | None:
    """What a record says of answers; None where both sides of a preference say the same."""
    response = Wording(record.response.text, record.calls)
    if record.rejected is None:
        return Choice(record, response, None) if record.desired else Choice(record, None, response)
    rejected = Wording(record.rejected.text, record.rejected_calls)
    level = response.level_apart(rejected)
    return None if level is None else Choice(record, response, rejected, level)


def crossings(pairs: Iterable[Candidate]) -> Iterator[Crossing]:
    """The crossings among pairs of records, where their contexts allow one answer to serve both."""
    choices: dict[RecordKey, Choice | None] = {}
    for pair in pairs:
        if not (_rejects(pair.first.record) or _rejects(pair.second.record)):
            continue
        for record in (pair.first.record, pair.second.record):
            if record.key not in choices:
                choices[record.key] = choice(record)
        yield from _crossed(pair, choices[pair.first.record.key], choices[pair.second.record.key])


def _crossed(pair: Candidate, first: Choice | None, second: Choice | None) -> Iterator[Crossing]:
    """Crossings of one pair, either way."""
    if first is None or second is None:
        return
    ways = [(one, other) for one, other in ((first, second), (second, first)) if _crosses(one, other)]
    # What is preferred leans on all that was said, even where the request itself does not.
    if ways and same_turns(first.record, second.record) and comparable(pair):
        yield from (Crossing(one, other, pair.similarity, pair.same) for one, other in ways)


def _rejects(record: Record) -> bool:
    return record.rejected is not None or not record.desired


def _crosses(rejecting: Choice, teaching: Choice) -> bool:
    if rejecting.rejected is None or teaching.taught is None:
        return False
    level = min(rejecting.level, teaching.level)
    return rejecting.rejected.says_as(teaching.taught, level)


def _whole(record: Record) -> Span:
    return Span(record.response, 0, len(record.response.text))
