"""What `contralint fix` says of what it did, or would do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contralint.resolve import Fix


def told(made: Fix, *, done: bool) -> Iterator[str]:
    """Lines about files, then about conflicts that stay, then one that counts."""
    from contralint.reports.escape import visible
    from contralint.resolve.sidecar import sidecar_of

    for path, change in made.plan.changes.items():
        parts = [f"{_rows(len(change.drops))} dropped (to {sidecar_of(path)})"] if change.drops else []
        parts += [f"{_rows(len(change.edits))} changed"] if change.edits else []
        yield visible(f"{path}: {', '.join(parts)}")
    if whole := _conversations(made):
        yield f"with {_rows(whole)} of these, further turns of the conversation {'went' if done else 'would go'} too"
    if made.decisions:
        verb = "added" if done else "to add"
        yield visible(f"{made.decisions_file}: {_count(len(made.decisions), 'decision')} {verb}")
    for left in made.plan.left:
        at = left.found.primary
        yield visible(f"left: {at.path}:{at.line}: {left.found.rule} {left.found.fingerprint}: {left.reason}")
    yield ", ".join(_totals(made, done=done))


def _totals(made: Fix, *, done: bool) -> Iterator[str]:
    yield f"{_count(len(made.plan.settled), 'conflict')} {'fixed' if done else 'to fix (--apply)'}"
    if made.plan.left:
        yield f"{len(made.plan.left)} left"
    if made.undecided:
        yield f"{len(made.undecided)} undecided (--strategy settles them)"


def _conversations(made: Fix) -> int:
    taught = made.rows.taught
    return sum(len(taught[key].records) > 1 for key in made.plan.dropped_for)


def _rows(count: int) -> str:
    return _count(count, "row")


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")
