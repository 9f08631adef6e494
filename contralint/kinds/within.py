"""The kind `within`: what one record alone shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    checks = [_check(rule) for rule in rules]
    # Of equal records one stands for all; grouping makes the others members.
    distinct = [record for record in dataset.records if record.key in dataset.copies]
    for _, found in dataset.spread.each(partial(_faults, checks), distinct):
        for rule, check, faults in zip(rules, checks, found, strict=True):
            yield from (_finding(rule, check.name, one) for one in faults if one.confidence >= rule.min_confidence)


@dataclass(frozen=True)
class _Check:
    name: str
    parameters: Mapping[str, Any]


def _check(rule: Rule) -> _Check:
    name = str(rule.parameters.get("check"))
    if name not in CHECKS:
        raise UsageError(f"rule {rule.id}: unknown check '{name}'{did_you_mean(name, CHECKS)}")
    return _Check(name, rule.parameters)


def _faults(checks: Sequence[_Check], models: Models, records: Sequence[Record]) -> list[list[list[Fault]]]:
    """What each check finds in each record."""
    aids = Aids(models)
    return [[list(CHECKS[one.name]([record], one.parameters, aids)) for one in checks] for record in records]


def _finding(rule: Rule, check: str, fault: Fault) -> Finding:
    stand = Stand(fault.record, fault.span, check, fault.label, fault.plural)
    message = f"{rule.message}: {fault.detail}" if fault.detail else rule.message
    return Finding(rule, (stand,), message, fault.confidence, topic=f"{fault.record.key}{fault.place}")
