"""A response that breaks a checkable constraint of its own instruction, or of its system prompt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contralint.errors import UsageError
from contralint.facets.constraints import Constraint, Measured, constraints, lasting, standing
from contralint.facets.described import Described
from contralint.facets.language import named
from contralint.kinds.checks.fault import Fault
from contralint.kinds.comparisons.aids import Aids, answers
from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.records import Record, Span

_CONFIDENCE = 0.95
_SOURCES = ("instruction", "system")
_LIFTED = lazy_pattern(
    r"\b(?:never mind|ignore (?:that|the|my)|no longer|stop (?:doing|using|writing|answering)|back to|as before"
    r"|again normally|normal(?:ly)?|instead|forget (?:that|the|about))\b",
    IGNORECASE,
)


def check(records: Sequence[Record], parameters: Mapping[str, Any], aids: Aids) -> Iterator[Fault]:  # noqa: ARG001 - a check's signature
    """Records that break what their `source` ("instruction" or "system") asks of the response.

    Raises:
        UsageError: There is no such source.
    """
    source = parameters.get("source")
    if source not in _SOURCES:
        raise UsageError(f"unknown source '{source}' of constraints: {' or '.join(_SOURCES)}")
    for record in records:
        if record.teaches and not record.labelled and not record.calls:
            told = _asked(record) if source == "instruction" else _always(record)
            response = Measured(record.response.text)
            broken = [how for one in told if (how := one.broken(response))]
            # Who declines or asks back gives no answer that could keep a constraint.
            if broken and answers(Described(record)):
                yield _fault(record, broken)


def _fault(record: Record, broken: list[str]) -> Fault:
    span = Span(record.response, 0, len(record.response.text))
    return Fault(record, span, broken[0], "break a constraint", "; ".join(broken), _CONFIDENCE)


def _asked(record: Record) -> list[Constraint]:
    """What the request asks, and what earlier ones asked for all later turns, where nothing since lifts it."""
    standing_wishes: list[Constraint] = []
    for turn in record.context:
        if turn.role == "user":
            standing_wishes = [*_kept(standing_wishes, turn.field.text), *lasting(turn.field.text)]
    now = constraints(record.instruction.text)
    return [*_kept(standing_wishes, record.request), *now]


def _always(record: Record) -> list[Constraint]:
    """What the system prompt asks, where no user asks otherwise."""
    told = list(standing(record.system.text)) if record.system.text else []
    for turn in record.context:
        if told and turn.role == "user":
            told = _kept(told, turn.field.text)
    return _kept(told, record.request) if told else []


def _kept(told: Sequence[Constraint], request: str) -> list[Constraint]:
    """Those that a later request leaves as they are."""
    if not told or _LIFTED.search(request):
        return []
    topics = {one.topic for one in constraints(request)}
    others = [one for one in told if one.topic not in topics]
    return [one for one in others if one.topic != "language" or not named(request)]
