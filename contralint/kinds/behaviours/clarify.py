"""A question back here, an answer there, though both were told as much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from contralint.facets.asking_back import asks_back, suggests
from contralint.facets.described import Described
from contralint.facets.masked import masked
from contralint.facets.toolbox import at_hand, called
from contralint.kinds.behaviours.case import Case, Opposition, same_surroundings, stand
from contralint.kinds.dataset import Dataset
from contralint.kinds.kindred import MEMBERS, Near, same_requests
from contralint.kinds.tie import Tie
from contralint.records import Record
from contralint.words import content_words, normalise

_ASKS, _ANSWERS = "asks", "answers"
_SURE = 0.7  # probability of a stance from which a record takes it
_PLAIN = 0.9  # certainty where the wording leaves no doubt
_SAME = 0.85  # probability that both ask the same from which they are compared
_QUESTION = 600  # characters of a response that may be a question back
_PATTERN = 300  # characters of a request that is compared in its pattern
_TELLING = 3  # content words that make a pattern a kind


class Clarify:
    """Questions back against answers."""

    apart = False

    def cases(self, records: Iterable[Record]) -> list[Case]:
        cases = [case for record in records if (case := _case(record))]
        return cases if any(case.side == _ASKS for case in cases) else []

    def ties(self, record: Record) -> Iterator[Tie]:
        if (pattern := _pattern(record)) and (case := _case(record)):
            yield Tie(f"pattern {pattern}", case.side)

    def pairs(self, cases: Sequence[Case], dataset: Dataset) -> Iterator[tuple[Case, Case, Near]]:
        yield from same_requests(cases, dataset)
        yield from _same_patterns(cases)

    def kinship(self, one: Case, other: Case, near: Near) -> float:  # noqa: ARG002 - a behaviour's signature
        return near.same

    def opposition(self, one: Case, other: Case, near: Near) -> Opposition | None:
        if near.same < _SAME or one.side == other.side:
            return None
        asking, answering = (one, other) if one.side == _ASKS else (other, one)
        if _told_more(asking.record, answering.record) or not same_surroundings(asking.record, answering.record):
            return None
        sure = _answers(answering.record)
        return Opposition(sure, "same request") if sure >= _SURE else None


def _case(record: Record) -> Case | None:
    text = record.response.text
    if not record.calls and "?" in text and len(text) <= _QUESTION and not suggests(text):
        said = Described(record).stance
        plain = asks_back(record.request, text)
        if plain or said.label == "clarifies":
            certainty = max(said.probabilities["clarifies"], _PLAIN if plain else 0.0)
            start, end = (said.start, said.end) if said.label == "clarifies" else (0, len(text))
            shown = stand(record, _ASKS, "asks back", "ask back", (start, end))
            return Case(shown, certainty, record.request) if certainty >= _SURE else None
    label, plural = ("acts", "act") if record.calls and not text.strip() else ("answers", "answer")
    return Case(stand(record, _ANSWERS, label, plural), 1.0, record.request)


def _same_patterns(cases: Sequence[Case]) -> Iterator[tuple[Case, Case, Near]]:
    """Pairs of an asking and an answering case whose requests are the same but for names, numbers and quotations."""
    patterns: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if case.side == _ASKS and (pattern := _pattern(case.record)):
            patterns[pattern].append(case)
    met: dict[str, int] = defaultdict(int)
    for case in cases if patterns else ():
        pattern = _pattern(case.record) if case.side == _ANSWERS else ""
        if pattern in patterns and met[pattern] < MEMBERS:
            met[pattern] += 1
            for asking in patterns[pattern][:MEMBERS]:
                if asking.record.key[:2] != case.record.key[:2]:
                    yield asking, case, Near(1.0, 1.0)


def _pattern(record: Record) -> str:
    if len(record.request) > _PATTERN or record.input.text.strip():
        return ""
    hidden = masked(record.request)
    return normalise(hidden.text) if len(content_words(hidden.text)) >= _TELLING else ""


def _told_more(asking: Record, answering: Record) -> bool:
    """Whether the answering record was given something that the asking one lacks: an argument, material, a tool."""
    if bool(asking.input.text.strip()) != bool(answering.input.text.strip()):
        return True
    if len(answering.context) > len(asking.context):
        return True
    ours, theirs = masked(asking.request).slots, masked(answering.request).slots
    return bool(theirs - ours) or not set(called(answering)) <= at_hand(asking, called(answering))


def _answers(record: Record) -> float:
    """Probability that a record does what is asked."""
    if record.calls or suggests(record.response.text):
        return _PLAIN
    return Described(record).stance.probabilities["complies"]
