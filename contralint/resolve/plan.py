"""The whole of a fix, known before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contralint.diagnostics import Diagnostic
from contralint.errors import UsageError
from contralint.readers.formats import DELIMITED, format_of
from contralint.readers.json_document import Assembled
from contralint.readers.source import open_source
from contralint.resolve.change import Change, Edit, RowKey
from contralint.resolve.columnar import columns_of
from contralint.resolve.edits import Editor, Task
from contralint.resolve.settling import Settlement
from contralint.resolve.strategy import UnsettledError


@dataclass(frozen=True)
class Left:
    """A conflict that stays as it is, and why."""

    found: Diagnostic
    reason: str


@dataclass(frozen=True)
class Plan:
    """What is to be done.

    Attributes:
        changes: What becomes of each file that changes.
        settled: Conflicts that are fixed.
        left: Conflicts that a decision or the strategy is for, and that stay all the same.
        dropped_for: Which settlements a dropped row is dropped for.
    """

    changes: Mapping[str, Change]
    settled: tuple[Settlement, ...]
    left: tuple[Left, ...]
    dropped_for: Mapping[RowKey, tuple[Settlement, ...]]


class Planner:
    """Puts settlements together.

    Args:
        editor: Makes the edits of rows.
        refusal: Why a file must not be changed; None where it may be.
    """

    def __init__(self, editor: Editor, refusal: Callable[[str], str | None]) -> None:
        self._editor = editor
        self._refusal = refusal
        self._tables: dict[str, Table] = {}

    def plan(self, settlements: Sequence[Settlement], left: Iterable[Left]) -> Plan:
        """The plan that carries out all settlements that do not stand in each other's way.

        Raises:
            UsageError: A file cannot be read any more.
        """
        reasons = {id(one): self._obstacle(one) for one in settlements}
        possible = [one for one in settlements if not reasons[id(one)]]
        staying = _staying(possible)
        reasons |= {id(one): _contested(one, staying) for one in possible}
        settled = tuple(one for one in settlements if not reasons[id(one)])
        waiting = [Left(one.found, reason) for one in settlements if (reason := reasons[id(one)])]
        dropped: dict[RowKey, list[Settlement]] = defaultdict(list)
        for one in settled:
            for key in one.wishes.drop:
                dropped[key].append(one)
        edits = self._edits(settled, dropped.keys())
        return Plan(
            changes=self._changes(dropped.keys(), edits),
            settled=tuple(one for one in settled if _counts(one, dropped.keys() | edits.keys())),
            left=tuple(sorted([*left, *waiting], key=lambda one: one.found.sort_key)),
            dropped_for={key: tuple(dropped[key]) for key in sorted(dropped)},
        )

    def _obstacle(self, settlement: Settlement) -> str:
        """Why a settlement cannot be carried out by itself; "" where it can be."""
        wishes = settlement.wishes
        for path in sorted({path for path, _ in wishes.changing}):
            if refusal := self._refusal(path):
                return f"{path} is not changed: {refusal}"
        for path, index in sorted(wishes.changing):
            if (path, index) not in self._editor.rows.taught:
                return f"row {index + 1} of {path} cannot be read: mend it by hand"
        try:
            for key, task in _tasks([settlement]).items():
                self._row_edits(key, task)
        except UnsettledError as error:
            return str(error)
        return ""

    def _edits(self, settled: Sequence[Settlement], dropped: Iterable[RowKey]) -> dict[RowKey, tuple[Edit, ...]]:
        gone = set(dropped)
        tasks = {key: task for key, task in _tasks(settled).items() if key not in gone}
        try:
            edits = {key: self._row_edits(key, task) for key, task in sorted(tasks.items())}
        except UnsettledError as error:
            raise UsageError(f"decisions about one row do not go together: {error}") from None
        return {key: made for key, made in edits.items() if made}

    def _row_edits(self, key: RowKey, task: Task) -> tuple[Edit, ...]:
        table = self._table(key[0])
        return self._editor.edits(self._editor.rows.taught[key], task, as_text=table.as_text)

    def _changes(self, dropped: Iterable[RowKey], edits: Mapping[RowKey, tuple[Edit, ...]]) -> dict[str, Change]:
        drops: dict[str, set[int]] = defaultdict(set)
        for path, index in dropped:
            drops[path].add(index)
        by_path: dict[str, dict[int, tuple[Edit, ...]]] = defaultdict(dict)
        for (path, index), made in edits.items():
            by_path[path][index] = made
        return {
            path: Change(frozenset(drops[path]), by_path[path], self._table(path).lacking(by_path[path].values(), self))
            for path in sorted({*drops, *by_path})
        }

    def filler(self, column: str, table: Table) -> Any:  # noqa: ANN401 (a cell of any type)
        """What rows that are not edited hold in a new column."""
        if column == self._editor.weight_column:
            return "1" if table.as_text else 1
        return "" if table.as_text else None

    def _table(self, path: str) -> Table:
        if path not in self._tables:
            self._tables[path] = Table.of(path)
        return self._tables[path]


@dataclass(frozen=True)
class Table:
    """The columns of a file, where all its rows have the same.

    Attributes:
        columns: Their names; None where each row has keys of its own.
        as_text: Whether all cells are text.
    """

    columns: tuple[str, ...] | None
    as_text: bool

    @classmethod
    def of(cls, path: str) -> Table:
        """Looks into a file.

        Raises:
            UsageError: It cannot be opened.
        """
        source = open_source(path)
        form = format_of(source)
        if form.raws is None:
            return cls(tuple(columns_of(source)), as_text=False)
        first = next(form.raws(source), None)
        if isinstance(first, Assembled):
            return cls(tuple(cell.name for cell in first.cells), as_text=False)
        header = getattr(first, "header", ())
        return cls(header if form is DELIMITED else None, as_text=form is DELIMITED)

    def lacking(self, edits: Iterable[Sequence[Edit]], planner: Planner) -> dict[str, Any]:
        """Columns that edits need and the table has not, with what other rows hold in them."""
        if self.columns is None:
            return {}
        named = {str(edit.pointer[0]) for made in edits for edit in made}
        return {name: planner.filler(name, self) for name in sorted(named.difference(self.columns))}


def _tasks(settlements: Sequence[Settlement]) -> dict[RowKey, Task]:
    tasks: dict[RowKey, Task] = defaultdict(Task)
    for one in settlements:
        for key in one.wishes.weigh:
            tasks[key].weigh = True
        for key, condition in one.wishes.say.items():
            if condition not in tasks[key].conditions:
                tasks[key].conditions.append(condition)
        for key, texts in one.wishes.rewrite.items():
            tasks[key].texts.update(texts)
    return tasks


def _counts(settlement: Settlement, touched: Container[RowKey]) -> bool:
    """Whether there is anything to do for a settlement: what is decided may be carried out already."""
    changing = settlement.wishes.changing
    return bool(changing) and (settlement.decision is None or any(key in touched for key in changing))


def _staying(settlements: Sequence[Settlement]) -> dict[RowKey, list[Settlement]]:
    """By row, the settlements for which it is to stay."""
    staying: dict[RowKey, list[Settlement]] = defaultdict(list)
    for one in settlements:
        for key in one.wishes.staying:
            staying[key].append(one)
    return staying


def _contested(settlement: Settlement, staying: Mapping[RowKey, Sequence[Settlement]]) -> str:
    """Why a settlement must wait for another; what somebody decided goes before what a strategy makes of it."""
    for path, index in sorted(settlement.wishes.losing):
        for other in staying.get((path, index), ()):
            if other.decision is not None or settlement.decision is None:
                named = f"{other.found.rule} {other.found.fingerprint}"
                return f"row {index + 1} of {path}, which would lose here, is to stay for {named}"
    return ""
