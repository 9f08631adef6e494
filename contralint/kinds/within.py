"""The kind `within`: what one record alone shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from contralint.errors import UsageError
from contralint.kinds.checks import CHECKS, Fault
from contralint.kinds.comparisons.aids import Aids
from contralint.kinds.dataset import Dataset
from contralint.kinds.finding import Finding, Stand
from contralint.models.suite import Models
from contralint.records import Record
from contralint.rulebook import Rule
from contralint.spelling import did_you_mean


def find(rules: Sequence[Rule], dataset: Dataset) -> Iterator[Finding]:
    """One finding for each fault that the rules' `check` finds.

    Raises:
        UsageError: A rule names an unknown check.
    """
    for rule in rules:
        name = str(rule.parameters.get("check"))
        if name not in CHECKS:
            raise UsageError(f"rule {rule.id}: unknown check '{name}'{did_you_mean(name, CHECKS)}")
        # Of equal records one stands for all; grouping makes the others members.
        distinct = [record for record in dataset.records if record.key in dataset.copies]
        for _, faults in dataset.spread.each(partial(_faults, name, rule.parameters), distinct):
            yield from (_finding(rule, name, fault) for fault in faults if fault.confidence >= rule.min_confidence)


def _faults(check: str, parameters: Mapping[str, Any], models: Models, records: Sequence[Record]) -> list[list[Fault]]:
    aids = Aids(models)
    return [list(CHECKS[check]([record], parameters, aids)) for record in records]


def _finding(rule: Rule, check: str, fault: Fault) -> Finding:
    stand = Stand(fault.record, fault.span, check, fault.label, fault.plural)
    message = f"{rule.message}: {fault.detail}" if fault.detail else rule.message
    return Finding(rule, (stand,), message, fault.confidence, topic=f"{fault.record.key}{fault.place}")
