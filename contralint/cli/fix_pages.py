"""What `contralint fix` says of what it did, or would do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contralint.counting import number_of

if TYPE_CHECKING:
    from contralint.resolve import Fix


def told(made: Fix, *, done: bool) -> Iterator[str]:
    """Lines about files, then about conflicts that stay, then one that counts."""
    from contralint.resolve.sidecar import sidecar_of

    for path, change in made.plan.changes.items():
        parts = [f"{number_of(len(change.drops), 'row')} dropped (to {sidecar_of(path)})"] if change.drops else []
        parts += [f"{number_of(len(change.edits), 'row')} changed"] if change.edits else []
        yield f"{path}: {', '.join(parts)}"
    if whole := _conversations(made):
        went = "went" if done else "would go"
        yield f"with {number_of(whole, 'row')} of these, further turns of the conversation {went} too"
    if made.decisions:
        verb = "added" if done else "to add"
        yield f"{made.decisions_file}: {number_of(len(made.decisions), 'decision')} {verb}"
    for left in made.plan.left:
        at = left.found.primary
        yield f"left: {at.path}:{at.line}: {left.found.rule} {left.found.fingerprint}: {left.reason}"
    yield ", ".join(_totals(made, done=done))


def _totals(made: Fix, *, done: bool) -> Iterator[str]:
    yield f"{number_of(len(made.plan.settled), 'conflict')} {'fixed' if done else 'to fix (--apply)'}"
    if made.plan.left:
        yield f"{len(made.plan.left)} left"
    if made.undecided:
        yield f"{len(made.undecided)} undecided (--strategy settles them)"


def _conversations(made: Fix) -> int:
    taught = made.rows.taught
    return sum(len(taught[key].records) > 1 for key in made.plan.dropped_for)
