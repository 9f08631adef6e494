"""How new rows are: by a field that they have, or by the commit that wrote their lines."""

from __future__ import annotations

import datetime
from pathlib import Path

from contralint.diagnostics import Location
from contralint.errors import UsageError
from contralint.git import Repository
from contralint.readers.formats import format_of
from contralint.readers.json_document import Assembled
from contralint.readers.source import open_source
from contralint.resolve.rows import Rows
from contralint.resolve.strategy import UnsettledError


class FieldAges:
    """Ages by a field that holds ISO dates or numbers."""

    def __init__(self, name: str, rows: Rows) -> None:
        self._name = name
        self._rows = rows
        self._kinds: set[type] = set()

    def age(self, place: Location) -> float:
        """A date as seconds, a number as it is."""
        taught = self._rows.taught.get((place.path, place.index))
        value = taught.row.data.get(self._name) if taught and isinstance(taught.row.data, dict) else None
        if value is None or value == "":
            raise UnsettledError(f"{place.path}:{place.line} has no '{self._name}'")
        moment = _moment(value)
        if moment is None:
            raise UnsettledError(f"'{self._name}' of {place.path}:{place.line} is neither an ISO date nor a number")
        self._kinds.add(type(moment))
        if len(self._kinds) > 1:
            raise UsageError(
                f"'{self._name}' holds dates in some rows and numbers in others ({place.path}:{place.line})"
            )
        return moment.timestamp() if isinstance(moment, datetime.datetime) else moment


def _moment(value: object) -> datetime.datetime | float | None:
    """A point in time; dates without a zone are in UTC."""
    if isinstance(value, datetime.datetime):
        return value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day, tzinfo=datetime.timezone.utc)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return _finite(float(value))
    except ValueError:
        pass
    try:
        return _moment(datetime.datetime.fromisoformat(str(value).strip().replace("Z", "+00:00")))
    except ValueError:
        return None


def _finite(number: float) -> float | None:
    return number if number - number == 0 else None


class GitAges:
    """Ages by `git blame`: a row is as new as the last of its lines to be written."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._times: dict[str, list[float]] = {}

    def age(self, place: Location) -> float:
        """When the row was committed; what is not is newer than all else."""
        taught = self._rows.taught.get((place.path, place.index))
        if taught is None:
            raise UnsettledError(f"{place.path}:{place.line} cannot be read")
        first = taught.row.line - 1
        last = first + (taught.row.text or "").count("\n")
        if place.path not in self._times:
            self._times[place.path] = _line_times(place.path)
        return max(self._times[place.path][first : last + 1])


def _line_times(path: str) -> list[float]:
    source = open_source(path)
    raws = format_of(source).raws
    if source.compression or raws is None or isinstance(next(raws(source), None), Assembled):
        raise UnsettledError(
            f"{path} does not keep a row on lines of its own, so git cannot tell ages: use --newest-by"
        )
    repository = Repository.holding(path)
    if repository is None:
        raise UnsettledError(f"{path} is in no git repository: use --newest-by")
    try:
        return repository.line_times(repository.name(path) or Path(path).name)
    except UsageError as error:
        raise UnsettledError(f"{path}: {error}") from None
