"""What formats without room for excerpts say of a diagnostic: who does what, where."""

from __future__ import annotations

from contralint.counting import number_of
from contralint.diagnostics import Diagnostic, Location, Side, Weight
from contralint.escape import visible

_LEAST_PERCENT = 0.01  # that is told in numbers
_NAMED = 3  # places of a side that are named one by one
SIDES_KEPT = 5
"""A line names this many sides beside the first: what hosts show has no room for a hundred answers."""


def asked_by_users(weight: Weight) -> str:
    """Such as "3.1 % of 12,000 requests"."""
    return f"{percent(weight.requests / weight.of)} of {number_of(weight.of, 'request', ',')}"


def percent(share: float) -> str:
    """A share in two digits, such as "3.1 %"."""
    value = 100 * share
    if 0 < value < _LEAST_PERCENT:
        return f"under {_LEAST_PERCENT} %"
    return f"{value:.0f} %" if value >= 9.95 else f"{value:.2g} %"


def summary_line(found: Diagnostic) -> str:
    """The message, and the other places that take part, and how often users ask it: one line of plain text."""
    return f"{_parties(found)}{f' ({asked_by_users(found.weight)})' if found.weight else ''}"


def _parties(found: Diagnostic) -> str:
    if len(found.sides) == 1:
        others = found.sides[0].members[1:]
        return f"{visible(found.message)}{f'; also {_places(others)}' if others else ''}"
    here, *there = found.sides
    stands = [f"here {_stand(here)}", *(f"{_places(side.members)} {_stand(side)}" for side in there[:SIDES_KEPT])]
    if (more := len(there) - SIDES_KEPT) > 0:
        stands.append(f"{more} more sides")
    return f"{visible(found.message)}: {', '.join(stands)}"


def _stand(side: Side) -> str:
    return visible(side.label if len(side.members) == 1 else f"{len(side.members)} {side.plural}")


def _places(members: tuple[Location, ...]) -> str:
    named = ", ".join(f"{visible(place.path)}:{place.line}" for place in members[:_NAMED])
    return named if len(members) <= _NAMED else f"{named} and {len(members) - _NAMED} more"
