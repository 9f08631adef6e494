"""The kind `within`: what one record alone shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from contralint.errors import UsageError
from contralint.kinds.finding import Finding, Stand
from contralint.records import Record, Span
from contralint.rulebook import Rule
from contralint.spelling import did_you_mean

# What tokenisers put at the end of a text; a response of these alone is as empty as "".
_END_MARKS = ("<|endoftext|>", "<|im_end|>", "<|eot_id|>", "</s>", "<eos>")


def _empty_response(record: Record) -> bool:
    text = record.response.text
    for mark in _END_MARKS:
        text = text.replace(mark, "")
    return not text.strip() and not record.calls


CHECKS: dict[str, Callable[[Record], bool]] = {"empty-response": _empty_response}


def find(rule: Rule, records: Iterable[Record]) -> Iterator[Finding]:
    """Applies a rule of this kind: one finding a record in which its `check` holds.

    Raises:
        UsageError: The rule names an unknown check.
    """
    name = str(rule.parameters.get("check"))
    if name not in CHECKS:
        raise UsageError(f"rule {rule.id}: unknown check '{name}'{did_you_mean(name, CHECKS)}")
    for record in records:
        if CHECKS[name](record):
            stand = Stand(
                record, Span(record.response, 0, len(record.response.text)), name, "has no response", "have no response"
            )
            yield Finding(rule, (stand,), rule.message, 1.0, topic=str(record.key))
