"""The kind `within`: what one record alone shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contralint.errors import UsageError
from contralint.kinds.checks import CHECKS, Fault
from contralint.kinds.dataset import Dataset
from contralint.kinds.finding import Finding, Stand
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
        for fault in CHECKS[name](distinct, rule.parameters, dataset.aids):
            if fault.confidence >= rule.min_confidence:
                yield _finding(rule, name, fault)


def _finding(rule: Rule, check: str, fault: Fault) -> Finding:
    stand = Stand(fault.record, fault.span, check, fault.label, fault.plural)
    message = f"{rule.message}: {fault.detail}" if fault.detail else rule.message
    return Finding(rule, (stand,), message, fault.confidence, topic=f"{fault.record.key}{fault.place}")
