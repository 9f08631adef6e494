"""The kinds of rules there are, by the name that rule files give them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contralint.errors import UsageError
from contralint.kinds import claim, duplicate, habit, pair, preference, split, within
from contralint.kinds.dataset import Dataset, Kind
from contralint.kinds.finding import Finding
from contralint.rulebook import Rule
from contralint.spelling import did_you_mean


def _row(rules: Sequence[Rule], dataset: Dataset) -> Iterator[Finding]:  # noqa: ARG001 - a kind's signature
    """Rows that give no record are reported as they are read."""
    return iter(())


KINDS: dict[str, Kind] = {
    "claim": claim.find,
    "duplicate": duplicate.find,
    "habit": habit.find,
    "pair": pair.find,
    "preference": preference.find,
    "row": _row,
    "split": split.find,
    "within": within.find,
}


def find(rules: Sequence[Rule], dataset: Dataset) -> Iterator[Finding]:
    """Everything that the rules hold for.

    Raises:
        UsageError: A rule names an unknown kind, or its parameters are wrong.
    """
    for rule in rules:
        if rule.kind not in KINDS:
            raise UsageError(f"rule {rule.id}: unknown kind '{rule.kind}'{did_you_mean(rule.kind, KINDS)}")
    for name, kind in KINDS.items():
        if chosen := [rule for rule in rules if rule.kind == name]:
            yield from kind(chosen, dataset)
