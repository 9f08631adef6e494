"""The file of decisions as it stands on disk, whoever else writes to it, held against the conflicts of a scan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from contralint.decision import Decision
from contralint.decisions import Checked, Decisions, append, entries, ledger_of
from contralint.diagnostics import Diagnostic
from contralint.readers import state_of

BY = "review"


class Book:
    """What is decided about some diagnostics.

    Nothing is held back: a decision is on the disk when `add` returns, and what stands on the disk is what holds.

    Args:
        path: The file; it need not be there yet.
        diagnostics: What may be decided.

    Raises:
        UsageError: The file cannot be read, or a line is no decision. So may all methods.
    """

    def __init__(self, path: Path, diagnostics: Sequence[Diagnostic]) -> None:
        self.path = path
        self._diagnostics = diagnostics
        self._state: tuple[int, ...] | None = None
        self._entries: list[tuple[bytes, Decision]] = []
        self._decided: dict[int, Decision] = {}
        self._expired: dict[tuple[str, str], Decision] = {}
        self.refresh()

    def refresh(self) -> None:
        """Reads the file again, if it is not as it was."""
        state = state_of(str(self.path))
        if state == self._state:
            return
        self._entries = entries(self.path, dict(self._entries)) if state else []
        checked = Decisions.of(one for _, one in self._entries).check(self._diagnostics)
        self._decided = _by_position(self._diagnostics, checked)
        self._expired = {(one.rule, one.fingerprint): one for one in checked.expired}
        self._state = state

    def decision(self, position: int) -> Decision | None:
        """What is decided about the diagnostic at a position; None where nothing is."""
        return self._decided.get(position)

    def expired(self, position: int) -> Decision | None:
        """A decision about the diagnostic at a position that holds no longer."""
        found = self._diagnostics[position]
        return self._expired.get((found.rule, found.fingerprint))

    @property
    def decided(self) -> Mapping[int, Decision]:
        """What is decided, by positions of diagnostics."""
        return self._decided

    def add(self, decision: Decision) -> None:
        """Writes a decision down; of several about one conflict the last one counts."""
        append(self.path, decision)
        self.refresh()

    def take_back(self, position: int | None = None) -> Decision | None:
        """Takes the last line of a decision out of the file, so that what was decided before holds again.

        Args:
            position: The diagnostic that it is about; None takes the last that a review decided.

        Returns:
            What the line said; None where there was none.
        """
        self.refresh()
        if position is None:
            about = {(one.rule, one.fingerprint) for one in self._decided.values()}
            asked = [each for each in self._entries if each[1].by == BY]
        else:
            holding = self._decided.get(position)
            about = {(holding.rule, holding.fingerprint)} if holding else set()
            asked = self._entries
        for line, decision in reversed(asked):
            if (decision.rule, decision.fingerprint) in about:
                ledger_of(self.path).take_out(line)
                self.refresh()
                return decision
        return None


def _by_position(diagnostics: Sequence[Diagnostic], checked: Checked) -> dict[int, Decision]:
    decided = {id(one.diagnostic): one.decision for one in checked.resolved}
    return {position: decided[id(found)] for position, found in enumerate(diagnostics) if id(found) in decided}
