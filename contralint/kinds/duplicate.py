"""The kind `duplicate`: the same record stands more than once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from contralint.kinds.dataset import Dataset
from contralint.kinds.finding import Finding, Stand
from contralint.kinds.pairing import content_hash
from contralint.records import Record, Span
from contralint.rulebook import Rule
from contralint.suppression import held_first


def find(rules: Sequence[Rule], dataset: Dataset) -> Iterator[Finding]:
    """Links every copy of a row to the first one; a conversation counts as one row, with all its turns."""
    for rule in rules:
        yield from _copies(rule, dataset.records)


def _copies(rule: Rule, records: Sequence[Record]) -> Iterator[Finding]:
    rows: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for record in records:
        rows[record.origin.path, record.origin.index].append(record)
    copies: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for _, turns in sorted(rows.items()):
        copies[tuple(content_hash(turn) for turn in turns)].append(turns[0])
    for same in copies.values():
        first, *others = held_first(rule, same, lambda record: record)
        for other in others:
            yield Finding(rule, (_stand(first), _stand(other)), rule.message, 1.0)


def _stand(record: Record) -> Stand:
    instruction = record.instruction
    field = instruction if instruction.text.strip() else record.response
    return Stand(record, Span(field, 0, len(field.text)), "copy", "is a copy", "are copies of one record")
