"""A preference whose two sides say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contralint.kinds.checks.fault import Fault
from contralint.kinds.comparisons.aids import Aids
from contralint.kinds.wording import Level, Wording
from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.records import Record, Span

# Requests in which letter case and punctuation may be the very difference.
_ABOUT_FORM = lazy_pattern(
    r"\b(?:punctuat\w*|commas?|full stops?|periods?|apostrophes?|quotation|quotes?|capitali[sz]\w*|capitals?"
    r"|(?:upper|lower|title|sentence|camel|snake)[ -]?case|spell\w*|grammar|grammatical\w*|proofread\w*|correct\w*"
    r"|fix|typos?|edit\w*|format\w*|style|exclamation|tone|emphasi[sz]\w*|regex|code|function|command|script)\b",
    IGNORECASE,
)
_STYLE_CONFIDENCE = 0.8  # that a difference in letter case or punctuation alone is none that was meant


def check(records: Sequence[Record], parameters: Mapping[str, Any], aids: Aids) -> Iterator[Fault]:  # noqa: ARG001 - a check's signature
    """Preferences with equal sides: surely where typing alone differs, probably where case or punctuation does."""
    for record in records:
        confidence = _equal(record)
        if confidence:
            span = Span(record.response, 0, len(record.response.text))
            yield Fault(record, span, "prefers what it rejects", "prefer what they reject", confidence=confidence)


def _equal(record: Record) -> float:
    """Probability that both sides say the same."""
    if record.rejected is None or not record.answers:
        return 0.0
    chosen = Wording(record.response.text, record.calls)
    rejected = Wording(record.rejected.text, record.rejected_calls)
    if chosen.says_as(rejected, Level.TYPOGRAPHY):
        return 1.0
    told_apart = _ABOUT_FORM.search(f"{record.system.text}\n{record.request}") or not chosen.says_as(
        rejected, Level.PUNCTUATION
    )
    return 0.0 if told_apart else _STYLE_CONFIDENCE
