"""What was decided about conflicts, kept in the user's repository, one decision a line.

A decision keeps its diagnostic silent until a record of the conflict changes or joins. Lines may stand in any order
and come from several branches: of several about one conflict the last one counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import get_args

import msgspec

from contralint.decision import Choice, DecidedSide, Decision
from contralint.diagnostics import Diagnostic
from contralint.expiry import has_passed
from contralint.ledger import Contents, Ledger


@dataclass(frozen=True)
class Resolved:
    """A diagnostic, and the decision about it."""

    diagnostic: Diagnostic
    decision: Decision


@dataclass(frozen=True)
class Checked:
    """Diagnostics held against decisions.

    Attributes:
        undecided: Diagnostics about which no decision holds.
        resolved: The others.
        expired: Decisions about diagnostics, which hold no longer.
        gone: Decisions about none of the diagnostics.
    """

    undecided: tuple[Diagnostic, ...]
    resolved: tuple[Resolved, ...]
    expired: tuple[Decision, ...]
    gone: tuple[Decision, ...]

    def notes(self, gone: Sequence[Decision]) -> Iterator[str]:
        """What a reader is told of them; `gone` are those whose conflicts were looked for."""
        carried_out = sum(one.resolves for one in gone)
        if self.resolved:
            yield f"{_are(len(self.resolved), 'diagnostic')} decided"
        if carried_out:
            yield f"{_are(carried_out, 'decision')} carried out: no conflict is left"


@dataclass(frozen=True)
class Decisions:
    """Decisions, one for each conflict, sorted by rule and fingerprint."""

    decisions: tuple[Decision, ...]

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Decisions:
        """Of several about one conflict the last one counts."""
        last = {(one.rule, one.fingerprint): one for one in decisions}
        return cls(tuple(one for _, one in sorted(last.items(), key=lambda item: item[0])))

    @classmethod
    def read(cls, path: Path) -> Decisions:
        """Reads a file.

        Raises:
            UsageError: It cannot be read, or a line is no decision; the message names file and line.
        """
        return cls.of(one for _, one in entries(path))

    def write(self, path: Path) -> None:
        """Writes a file, whole or not at all.

        Raises:
            UsageError: It cannot be written.
        """
        ledger_of(path).write(self.decisions)

    def check(self, diagnostics: Sequence[Diagnostic]) -> Checked:
        """Tells decided diagnostics from others."""
        contents = Contents(self.decisions)
        exact = {(one.rule, one.fingerprint): number for number, one in enumerate(self.decisions)}
        undecided, resolved, met, expired = [], [], set(), set()
        for found in diagnostics:
            same = exact.get((found.rule, found.fingerprint))
            knowing = contents.knowing(found) | (set() if same is None else {same})
            met |= knowing
            holding = [number for number in knowing if not has_passed(self.decisions[number].until)]
            if holding:
                nearest = same if same in holding else min(holding, key=self._breadth)
                resolved.append(Resolved(found, self.decisions[nearest]))
            else:
                undecided.append(found)
                expired |= knowing
        return Checked(
            tuple(undecided),
            tuple(resolved),
            tuple(one for number, one in enumerate(self.decisions) if number in expired),
            tuple(one for number, one in enumerate(self.decisions) if number not in met),
        )

    def _breadth(self, number: int) -> tuple[int, int]:
        return len(self.decisions[number].records), number


def _are(count: int, noun: str) -> str:
    return f"1 {noun} is" if count == 1 else f"{count} {noun}s are"


def entries(path: Path, known: Mapping[bytes, Decision] = MappingProxyType({})) -> list[tuple[bytes, Decision]]:
    """The lines of a file with what each says, in order.

    Args:
        path: The file.
        known: Lines that were read before, with what they say.

    Raises:
        UsageError: It cannot be read, or a line is no decision; the message names file and line.
    """
    ledger = ledger_of(path)
    lines = enumerate(ledger.read(), start=1)
    return [(line, known.get(line) or ledger.parse(number, line, Decision)) for number, line in lines if line.strip()]


def append(path: Path, decision: Decision) -> None:
    """Adds a decision to a file, which is made where there is none.

    Raises:
        UsageError: It cannot be written.
    """
    ledger_of(path).append(decision)


def ledger_of(path: Path) -> Ledger:
    """The file of decisions at a path."""
    keys = [field.encode_name for kind in (Decision, DecidedSide) for field in msgspec.structs.fields(kind)]
    return Ledger(path, "decisions file", [*keys, *get_args(Choice)])
