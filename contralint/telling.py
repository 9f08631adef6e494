"""What of the conflicts found a reader is told: not what was decided, is known, or is too unsure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from contralint.baseline import Baseline, Checked
from contralint.changes import Changes
from contralint.config import Config
from contralint.decisions import Decisions
from contralint.diagnostics import Diagnostic, Report
from contralint.found import Found
from contralint.locating import diagnostics, row_diagnostic
from contralint.rulebook import Rule
from contralint.scope import Scope
from contralint.selection import names
from contralint.suppression import Silenced
from contralint.unused import Audit, Run


class Teller:
    """Makes reports under one configuration.

    Raises:
        UsageError: The baseline or the decisions that it names cannot be read.
    """

    def __init__(self, config: Config, known: Mapping[str, Rule], selected: Mapping[str, Rule]) -> None:
        self._config = config
        self._known = known
        self._selected = selected
        self._baseline = Baseline.read(Path(config.baseline)) if config.baseline else None
        self._decisions = Decisions.read(Path(config.decisions)) if config.decisions else None

    def report(self, found: Found, scope: Scope, notes: tuple[str, ...] = (), changes: Changes | None = None) -> Report:
        """The report of a scan.

        Args:
            found: What the scan found.
            scope: What it read.
            notes: What the reader should know besides.
            changes: The rows that will be told of; what only others take part in gets no exact places.

        Raises:
            UsageError: A file cannot be read any more.
        """
        told, hushed = self._broken(found)
        told += diagnostics(found.groups, changes.rows if changes else None)
        notes = (*found.notes, *notes, *scope.notes, *self._sourceless(found))
        audit = Audit(Run(self._known, self._selected, found.evaluated), scope, found.ignores, hushed)
        decided = self._decisions.check(told) if self._decisions else None
        if decided:
            told = list(decided.undecided)
            notes += tuple(decided.notes(audit.gone(decided)))
        told = [one for one in told if one.confidence >= self._config.min_confidence]
        if self._baseline:
            checked = self._baseline.check(told)
            told = list(checked.new)
            notes += (_baseline_note(checked),)
        return Report.of(
            told,
            files=len(scope.files),
            records=found.rows - len(found.broken),
            unread=len(found.broken),
            notes=(*notes, *audit.notes(decided, self._config.decisions)),
        )

    def _sourceless(self, found: Found) -> Iterator[str]:
        """Tells of a column for sources that none of the rows has whose sources are shown."""
        field = self._config.source_field
        if field is None or not found.groups:
            return
        members = (member for group in found.groups for side in group.sides for member in side.members)
        if all(member.source is None for member in members):
            yield f"no row of a conflict has the source-field '{field}': files are taken for their sources"

    def _broken(self, found: Found) -> tuple[list[Diagnostic], Silenced]:
        """The rows that give no record; and all that is kept silent, those among them whose path asks for it."""
        told: list[Diagnostic] = []
        hushed = Silenced(set, {place: set(rules) for place, rules in found.silenced.items()})
        for broken in found.broken:
            rule = self._selected.get(broken.rule)
            if rule and names(found.ignores.of_path(broken.row.path), rule):
                hushed[broken.row.path, broken.row.index].add(broken.rule)
            elif rule:
                told.append(row_diagnostic(rule, broken.row))
        return told, hushed


def _baseline_note(checked: Checked) -> str:
    """What a reader is told of the baseline."""
    left = f"; {len(checked.gone)} of its entries are gone: contralint baseline brings it up to date"
    known = "1 diagnostic is" if checked.known == 1 else f"{checked.known} diagnostics are"
    return f"{known} known to the baseline{left if checked.gone else ''}"
