"""The records of a conflict as they stand in their rows, and whether they still do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from contralint.diagnostics import Diagnostic, Location, Side
from contralint.intake import Intake
from contralint.readers import Row, Unreadable, read, read_some, state_of
from contralint.records import Record
from contralint.resolve.rows import Rows, Teaching, short_hash, teachings

_NAMED = 3  # files that a message names


class Exhibits:
    """Records by their places.

    Args:
        states: What each file was before it was scanned.
        rows: The rows of all conflicts.
    """

    def __init__(self, states: dict[str, tuple[int, ...]], rows: Rows) -> None:
        self._seen = states
        self.rows = rows
        self._contents: dict[str, tuple[tuple[int, ...], frozenset[str]]] = {}

    @classmethod
    def of(
        cls, diagnostics: Iterable[Diagnostic], states: dict[str, tuple[int, ...]], intake: Callable[[], Intake]
    ) -> Exhibits:
        """Reads the rows of diagnostics again.

        Raises:
            UsageError: A file cannot be read any more.
        """
        return cls(states, Rows.of(diagnostics, intake))

    def record(self, side: Side, place: Location) -> Record | None:
        """The record that stands at a place; None where none can be read there, or another one by now."""
        alike = [record for record in self._records(place) if short_hash(record) in side.contents]
        asked = [record for record in alike if record.request.startswith(place.asked)]
        return next(iter(asked or alike), None)

    def teaching(self, place: Location) -> Teaching | None:
        """The row at a place, where it can be read."""
        return self.rows.taught.get((place.path, place.index))

    def drift(self, found: Diagnostic) -> str:
        """Says which files do not hold any more what was scanned, as far as a conflict goes; "" where all do."""
        changed = sorted({place.path for side in found.sides for place in side.members if self._changed(place.path)})
        if not changed or self._stands(found, changed):
            return ""
        named = ", ".join(changed[:_NAMED]) + (" ..." if len(changed) > _NAMED else "")
        return f"{named} changed since the scan, and so did records of this conflict"

    def _records(self, place: Location) -> tuple[Record, ...]:
        found = self.teaching(place)
        return found.records if found else ()

    def _changed(self, path: str) -> bool:
        return path in self._seen and state_of(path) != self._seen[path]

    def _stands(self, found: Diagnostic, changed: list[str]) -> bool:
        """Whether changed files still hold the records of a conflict, at their places or elsewhere."""
        wanted: dict[str, set[int]] = {path: set() for path in changed}
        contents: dict[str, set[str]] = {path: set() for path in changed}
        for side in found.sides:
            for place in side.members:
                if place.path in wanted:
                    wanted[place.path].add(place.index)
                    known = {short_hash(record) for record in self._records(place)}
                    # Rows that cannot be read teach nothing that could change.
                    contents[place.path] |= (
                        (known.intersection(side.contents) or set(side.contents)) if known else set()
                    )
        return all(
            contents[path] <= self._hashes(read_some(path, wanted[path])) or contents[path] <= self._all(path)
            for path in changed
        )

    def _all(self, path: str) -> frozenset[str]:
        """Hashes of all that a file teaches; looked up once for each of its states."""
        state = state_of(path)
        if path not in self._contents or self._contents[path][0] != state:
            self._contents[path] = (state, self._hashes(read(path)))
        return self._contents[path][1]

    def _hashes(self, rows: Iterable[Row | Unreadable]) -> frozenset[str]:
        return frozenset(
            short_hash(record) for row in rows if isinstance(row, Row) for record in teachings(row, self.rows.intake)
        )
