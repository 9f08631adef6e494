"""A fix shown as a diff, or carried out: nothing is lost, wherever it may be interrupted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from contralint.decisions import append
from contralint.errors import UsageError
from contralint.readers import Row, read
from contralint.readers.formats import DELIMITED, format_of
from contralint.readers.source import open_source
from contralint.resolve import sidecar
from contralint.resolve.change import Change, RowKey, applied
from contralint.resolve.diff import unified
from contralint.resolve.fixing import Fix
from contralint.resolve.pieces import Piece, pieces
from contralint.resolve.rewriting import Rewritten, rewritten
from contralint.resolve.rows import Rows
from contralint.resolve.settling import Settlement


def diff(fix: Fix) -> Iterator[str]:
    """All changes of files as a unified diff; of files that are not text, of their rows as JSON.

    Raises:
        UsageError: A file cannot be changed.
    """
    for path, change in fix.plan.changes.items():
        source = open_source(path)
        is_text = format_of(source).raws is not None
        yield from unified(path, pieces(source, change) if is_text else _rows_as_pieces(path, change))


def carry_out(fix: Fix) -> None:
    """Changes the files: first all new ones are written and checked, then what is dropped is kept, then they change.

    Raises:
        UsageError: A file cannot be changed; the message says which are changed, if any.
    """
    ready: list[Rewritten] = []
    try:
        ready += [rewritten(path, change, fix.states[path]) for path, change in fix.plan.changes.items()]
        for one in ready:
            one.check()
        for path, lines in _dropped(fix).items():
            sidecar.add(path, lines)
        _replace(ready)
    finally:
        for one in ready:
            one.discard()
    try:
        for decision in fix.decisions:
            append(fix.decisions_file, decision)
    except UsageError as error:
        raise UsageError(f"{error}; changed: {_names(ready)}; what was done is not noted there") from error


def _replace(ready: Sequence[Rewritten]) -> None:
    done: list[Rewritten] = []
    try:
        for one in ready:
            one.replace()
            done.append(one)
    except (OSError, UsageError) as error:
        left = ready[len(done) :]
        told = f"changed: {_names(done)}; not changed: {_names(left)}"
        raise UsageError(f"{left[0].path}: {getattr(error, 'strerror', None) or error}; {told}") from error


def _names(files: Sequence[Rewritten]) -> str:
    return ", ".join(one.path for one in files) or "none"


def _dropped(fix: Fix) -> dict[str, list[bytes]]:
    """Lines for the sidecar of each file."""
    lines: dict[str, list[bytes]] = defaultdict(list)
    as_json = {path: _is_json(path) for path in fix.plan.changes}
    for (path, index), settlements in fix.plan.dropped_for.items():
        lines[path].append(_entry(fix.rows, (path, index), settlements, as_json=as_json[path]))
    return lines


def _is_json(path: str) -> bool:
    return format_of(open_source(path)) is not DELIMITED


def _entry(rows: Rows, key: RowKey, settlements: Sequence[Settlement], *, as_json: bool) -> bytes:
    taught = rows.taught[key]
    reasons = [
        sidecar.Reason(one.found.rule, one.found.fingerprint, one.reason, one.means)
        for one in sorted(settlements, key=lambda one: one.found.sort_key)
    ]
    identity = taught.records[0].origin.id if taught.records else None
    return sidecar.entry(taught.row, identity, reasons, as_json=as_json)


def _rows_as_pieces(path: str, change: Change) -> Iterator[Piece]:
    for row in read(path):
        old = new = ""
        if isinstance(row, Row):
            old = new = sidecar.line(row.data)
            if row.index in change.edits:
                new = sidecar.line(applied(row.data, change.edits[row.index]))
        yield Piece(old, "" if row.index in change.drops else new)
