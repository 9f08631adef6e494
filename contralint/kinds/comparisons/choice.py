"""Two answers to a question with options: the options taken are compared, whatever they are called."""

from __future__ import annotations

from contralint.facets.choices import Choice
from contralint.kinds.candidate import Candidate, Clash, Position
from contralint.kinds.comparisons.aids import SLOT_CONFIDENCE


def agree(candidate: Candidate) -> bool:
    """Whether both take the same option, or one of them a name that only its own list of options explains."""
    first, second = candidate.first.choice, candidate.second.choice
    if first and second:
        return first.text == second.text or not _one_list(first, second)
    alone = first or second
    return alone is not None and alone.by_name


def clash(candidate: Candidate) -> Clash | None:
    """That both choose among the same options, and differently."""
    first, second = candidate.first.choice, candidate.second.choice
    if not (first and second) or first.text == second.text or not _one_list(first, second):
        return None
    return Clash(_position(first), _position(second), SLOT_CONFIDENCE, "choice")


def _one_list(first: Choice, second: Choice) -> bool:
    return first.options == second.options and bool(first.text and second.text)


def _position(taken: Choice) -> Position:
    return Position(taken.text, f'chooses "{taken.text}"', f'choose "{taken.text}"', taken.start, taken.end)
