"""The kinds of rules there are, by the name that rule files give them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from contralint.errors import UsageError
from contralint.kinds import claim, duplicate, habit, pair, preference, split, within
from contralint.kinds.dataset import Dataset, Find
from contralint.kinds.finding import Finding
from contralint.kinds.tie import Tie
from contralint.records import Record
from contralint.rulebook import Rule
from contralint.spelling import did_you_mean


def _row(rules: Sequence[Rule], dataset: Dataset) -> Iterator[Finding]:  # noqa: ARG001 - a kind's signature
    """Rows that give no record are reported as they are read."""
    return iter(())


def _no_ties(*_: object) -> Iterable[Tie]:
    return ()


@dataclass(frozen=True)
class Kind:
    """One way for a rule to hold.

    Attributes:
        find: Finds what the rules of this kind hold for.
        ties: What links a record to others whose requests are not near its own, so that a change of one has the others
            looked at again. Copies of a record, claims and identities are linked whatever the rules are.
    """

    find: Find
    ties: Callable[[Rule, Record], Iterable[Tie]] = _no_ties


KINDS: dict[str, Kind] = {
    "claim": Kind(claim.find),
    "duplicate": Kind(duplicate.find),
    "habit": Kind(habit.find, habit.ties),
    "pair": Kind(pair.find, pair.ties),
    "preference": Kind(preference.find),
    "row": Kind(_row),
    "split": Kind(split.find),
    "within": Kind(within.find),
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
            yield from kind.find(chosen, dataset)
