"""All that a review works on: the conflicts of a scan, what is decided about them, and their records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from contralint.config import DECISIONS_FILE, Config
from contralint.decision import Decision
from contralint.errors import UsageError
from contralint.linter import Linter
from contralint.progress import Progress
from contralint.readers import discover, state_of
from contralint.review.book import Book
from contralint.review.conflict import Conflict, ranked
from contralint.review.exhibits import Exhibits
from contralint.review.filters import Filter
from contralint.review.wish import Wish, decision_of
from contralint.rulebook import Rule


@dataclass(frozen=True)
class View:
    """What a page shows.

    Attributes:
        position: Of the conflict that is shown, among all; None where none is.
        listed: Positions of the conflicts that the filter lists, in order.
    """

    filter: Filter
    position: int | None
    listed: Sequence[int]

    @cached_property
    def place(self) -> int | None:
        """Where the conflict stands in the list; None where it is not listed."""
        return self.listed.index(self.position) if self.position in set(self.listed) else None

    def step(self, by: int) -> int | None:
        """Position of a conflict so many places on; None beyond the ends."""
        if self.place is None:
            return self.listed[0] if by > 0 and self.listed else None
        at = self.place + by
        return self.listed[at] if 0 <= at < len(self.listed) else None


class Desk:
    """A review.

    Attributes:
        conflicts: All of them, in order.
        book: What is decided.
        exhibits: Their records.
        rules: The rules that found them.
        columns: Field to column, for rows of no known shape.
        notes: What there is to know of the scan as a whole.
    """

    def __init__(
        self,
        conflicts: Sequence[Conflict],
        book: Book,
        exhibits: Exhibits,
        rules: Mapping[str, Rule],
        columns: dict[str, str],
        notes: Sequence[str] = (),
    ) -> None:
        self.conflicts = conflicts
        self.book = book
        self.exhibits = exhibits
        self.rules = rules
        self.columns = columns
        self.notes = notes
        self._positions = {conflict.key: position for position, conflict in enumerate(conflicts)}

    @classmethod
    def of(cls, config: Config, paths: Sequence[str], progress: Progress | None = None) -> Desk:
        """Scans; what is decided already is found too.

        Raises:
            UsageError: As `Linter.lint_paths`, or the decisions cannot be read.
        """
        states = {path: state_of(path) for path in (*discover(paths), *discover(config.against))}
        linter = Linter(msgspec.structs.replace(config, decisions=None), progress=progress)
        report = linter.lint_paths(paths)
        conflicts = ranked(report.diagnostics)
        diagnostics = [conflict.found for conflict in conflicts]
        book = Book(Path(config.decisions or DECISIONS_FILE), diagnostics)
        exhibits = Exhibits.of(diagnostics, states, linter.intake)
        return cls(conflicts, book, exhibits, linter.rules, config.map, report.summary.notes)

    def view(self, chosen: Filter, key: str | None = None) -> View:
        """What the page of a conflict shows, or the first undecided one that is listed.

        Raises:
            UsageError: There is no such conflict.
        """
        self.book.refresh()
        listed = self._listed(chosen)
        if key is not None:
            return View(chosen, self._position(key), listed)
        undecided = (position for position in listed if position not in self.book.decided)
        return View(chosen, next(undecided, next(iter(listed), None)), listed)

    def decide(self, wish: Wish, chosen: Filter) -> int | None:
        """Writes a decision down, and says which conflict is next; None where all that are listed are decided.

        Raises:
            UsageError: It cannot be made, or written down, or its records are not what they were.
        """
        self.book.refresh()
        position = self._position(wish.conflict)
        listed = self._listed(chosen)
        found = self.conflicts[position].found
        if drift := self.exhibits.drift(found):
            raise UsageError(f"{drift}: nothing was saved; end this review and start it again")
        self.book.add(decision_of(wish, found, self.exhibits, self.columns))
        after = [*(each for each in listed if each > position), *(each for each in listed if each < position)]
        return next((each for each in after if each not in self.book.decided), None)

    def take_back(self, key: str | None) -> tuple[int, Decision] | None:
        """Takes a decision back, of a conflict or the last one; None where there is none.

        Raises:
            UsageError: There is no such conflict, or the file cannot be written.
        """
        self.book.refresh()
        before = dict(self.book.decided)
        decision = self.book.take_back(None if key is None else self._position(key))
        if decision is None:
            return None
        about = (position for position, one in before.items() if one == decision)
        return next(about, 0), decision

    def _position(self, key: str) -> int:
        if key not in self._positions:
            raise UsageError("there is no such conflict: the data was scanned anew since")
        return self._positions[key]

    def _listed(self, chosen: Filter) -> list[int]:
        decided = self.book.decided
        return [
            position
            for position, conflict in enumerate(self.conflicts)
            if chosen.lists(conflict, decided=position in decided)
        ]
