"""Sources in an order of trust: a row's own `source`, else the file it stands in."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence
from pathlib import Path

from contralint.diagnostics import Location
from contralint.resolve.rows import Rows

FIELD = "source"


class SourceRanks:
    """Ranks of rows by a list of sources, the most trusted first; each is a name or a glob."""

    def __init__(self, sources: Sequence[str], rows: Rows) -> None:
        self._sources = sources
        self._rows = rows

    def rank(self, place: Location) -> int:
        """The position in the list; behind its end where the source is not in it."""
        names = self._names(place)
        matching = (
            position
            for position, wanted in enumerate(self._sources)
            if any(name == wanted or fnmatch.fnmatchcase(name, wanted) for name in names)
        )
        return next(matching, len(self._sources))

    def _names(self, place: Location) -> tuple[str, ...]:
        taught = self._rows.taught.get((place.path, place.index))
        own = taught.row.data.get(FIELD) if taught and isinstance(taught.row.data, dict) else None
        if isinstance(own, str) and own:
            return (own,)
        file = Path(place.path)
        return (place.path, file.name, file.name.partition(".")[0])
