"""An assistant turn that contradicts an earlier one of the same conversation, unexplained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from contralint.facets.change import changes_case, gives_means, takes_back
from contralint.facets.claims import Claim, claims
from contralint.facets.described import Described
from contralint.facets.earlier import earlier
from contralint.facets.identity import Identity, differ, identities
from contralint.facets.lexicon import lexicon
from contralint.facets.polarity import polarity
from contralint.facets.statement import clash, statements
from contralint.facets.voice import Voice, voice
from contralint.kinds.candidate import Candidate
from contralint.kinds.checks.fault import Fault
from contralint.kinds.comparisons import answer, quantity
from contralint.kinds.comparisons import polarity as polar
from contralint.kinds.comparisons.aids import Aids
from contralint.records import Record, Span
from contralint.words import content_words, sentences

_LINKS = frozenset(("too", "also"))
_LABEL, _PLURAL = "contradicts an earlier turn", "contradict an earlier turn"
_SAME_QUESTION = 0.8  # share of the content words of two questions that both have
_CONFIDENCE = 0.9
_SHOWN = 80
Conflict = tuple[Span, str, float]


def check(records: Sequence[Record], parameters: Mapping[str, Any], aids: Aids) -> Iterator[Fault]:
    """Records whose response contradicts an earlier one; the judge decides from `judge` and `judge_disjoint` on."""
    for record in records:
        if not record.context or not record.teaches or record.labelled or takes_back(record.response.text):
            continue
        for before in earlier(record):
            if found := _contradiction(before, record, parameters, aids):
                span, said, confidence = found
                detail = f'turn {before.turn + 1} says "{_shortened(said)}"'
                yield Fault(
                    record, span, "contradicts an earlier turn", "contradict an earlier turn", detail, confidence
                )
                break


def _contradiction(before: Record, record: Record, parameters: Mapping[str, Any], aids: Aids) -> Conflict | None:
    if found := _self_description(before, record):
        return found
    if _changed(before, record) or voice(record) in (Voice.CHARACTER, Voice.ANOTHER):
        return None
    tests: tuple[Callable[[], Conflict | None], ...] = (
        lambda: _asked_again(before, record, parameters, aids),
        lambda: _restated(before, record),
        lambda: _stated(before, record),
    )
    return next((found for test in tests if (found := test())), None)


def _changed(before: Record, record: Record) -> bool:
    """Whether a user has said something since that may explain another answer."""
    later = [turn.field.text for turn in record.context[len(before.context) :] if turn.role == "user"]
    return any(map(changes_case, (*later, record.request)))


def _self_description(before: Record, record: Record) -> Conflict | None:
    """A capability denied and exercised, or two names of one assistant."""
    (claimed, known), (claims_now, named) = _self(before), _self(record)
    for one in claimed:
        for other in claims_now:
            denied, used = (one, other) if one.stance == "denies" else (other, one)
            covered = (denied.capability, *lexicon().capabilities[denied.capability].denies)
            if one.stance != other.stance and used.capability in covered and not _equipped(before, record):
                return other.span, one.span.text, min(one.confidence, other.confidence)
    for first in known:
        for said in named:
            if differ(first, said):
                return said.span, first.span.text, _CONFIDENCE
    return None


@lru_cache(maxsize=1024)
def _self(record: Record) -> tuple[tuple[Claim, ...], tuple[Identity, ...]]:
    """What a record says of the assistant; each turn is read against all later ones."""
    said = tuple(one for one in identities(record) if one.span.field == record.response)
    return claims(record), said


def _equipped(before: Record, record: Record) -> bool:
    """Whether a user has given the assistant something since, or asked it to play a part."""
    since = record.context[len(before.context) :]
    told = [*(turn.field.text for turn in since if turn.role == "user"), record.request]
    return any(turn.role == "tool" for turn in since) or any(map(gives_means, told))


def _asked_again(before: Record, record: Record, parameters: Mapping[str, Any], aids: Aids) -> Conflict | None:
    asked = [frozenset(content_words(_question(one.request))) for one in (before, record)]
    if not asked[0] or len(asked[0] & asked[1]) < _SAME_QUESTION * len(asked[0] | asked[1]):
        return None
    candidate = Candidate(Described(before), Described(record), 1.0, 1.0)
    for compare in (polar.compare, quantity.compare, answer.compare):
        if found := compare([candidate], parameters, aids)[0]:
            said = before.response.text[found.first.start : found.first.end]
            return Span(record.response, found.second.start, found.second.end), said, found.confidence
    return None


def _restated(before: Record, record: Record) -> Conflict | None:
    """Yes to a question, and later its words with a no; or the other way round."""
    answered = polarity(before.request, before.response.text)
    asked = frozenset(content_words(before.request))
    if answered is None or len(asked) < 2 or not before.request.rstrip().endswith("?"):
        return None
    for statement in statements(record.response.text):
        if not asked <= statement.core or statement.bounds - _LINKS or statement.narrowed(asked):
            continue
        said = polarity(before.request, statement.text)
        if said and said.value != answered.value:
            span = Span(record.response, statement.start, statement.end)
            return span, _sentence(before.response.text), _CONFIDENCE
    return None


def _stated(before: Record, record: Record) -> Conflict | None:
    known = list(statements(before.response.text))
    for said in statements(record.response.text):
        for one in known:
            if clash(one, said):
                return Span(record.response, said.start, said.end), one.text, _CONFIDENCE
    return None


def _question(request: str) -> str:
    """The last question of a request, or all of it."""
    asked = [request[start:end] for start, end in sentences(request) if request[start:end].endswith("?")]
    return asked[-1] if asked else request


def _sentence(text: str) -> str:
    return next((statement.text for statement in statements(text)), text)


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 3].rstrip() + "..."
