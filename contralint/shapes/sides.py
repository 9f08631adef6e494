"""The two sides of a preference, as two conversations and the turn at which they part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contralint.records import Pointer, ToolCall, Turn
from contralint.shapes.columns import Columns, filled, is_given
from contralint.shapes.halves import read_answered
from contralint.shapes.transcript import is_transcript, read_transcript
from contralint.shapes.unknown import UnknownShape

# Columns of the two sides, in the order of detection.
COLUMNS = (
    ("chosen", "rejected"),
    ("chosen_response", "rejected_response"),
    ("preferred_output", "non_preferred_output"),
    ("chosen_conversations", "rejected_conversations"),
    ("messages", "rejected_response"),
    ("messages", "rejected_messages"),
)


@dataclass(frozen=True)
class Sides:
    """The wanted and the unwanted course of a conversation; both may leave out the prompt."""

    chosen: tuple[Turn, ...]
    rejected: tuple[Turn, ...]

    @property
    def lack_prompt(self) -> bool:
        """Whether neither says what it answers."""
        return not _is_whole(self.chosen) and not _is_whole(self.rejected)

    def after(self, prompt: tuple[Turn, ...]) -> Sides:
        """Both as whole conversations: a side that leaves the prompt out shares the other's, or else this one."""
        if _is_whole(self.chosen):
            prompt = self.chosen[: _last_answer(self.chosen)]
        elif _is_whole(self.rejected):
            prompt = self.rejected[: _last_answer(self.rejected)]
        chosen, rejected = (side if _is_whole(side) else (*prompt, *side) for side in (self.chosen, self.rejected))
        return Sides(chosen, rejected)

    @property
    def fork(self) -> int:
        """Position of the first turn in which whole sides differ; of the last answer where they do not.

        Raises:
            UnknownShape: They differ before the assistant speaks, or one has nothing to say.
        """
        pairs = zip(self.chosen, self.rejected, strict=False)
        differing = (position for position, (one, other) in enumerate(pairs) if _said(one) != _said(other))
        shorter = min(len(self.chosen), len(self.rejected))
        at = next(differing, _last_answer(self.chosen[:shorter]))
        if any(len(side) <= at or side[at].role != "assistant" for side in (self.chosen, self.rejected)):
            raise UnknownShape("the chosen and the rejected side do not answer the same request")
        return at


def has_sides(data: Columns) -> bool:
    """Whether a row has the columns of two sides, or ranked answers."""
    return _columns(data) is not None or bool(_ranks(data))


def read_sides(data: Columns) -> Sides:
    """Reads both sides as the row gives them, with or without what they answer.

    Raises:
        UnknownShape: One is missing, or neither text nor messages.
    """
    columns = _columns(data)
    if columns is not None:
        return Sides(*(_read_side(data[key], (key,)) for key in columns))
    ranks = _ranks(data)
    if ranks:
        # Rank 1 is the best.
        return Sides(_read_ranked(data, ranks.index(min(ranks))), _read_ranked(data, ranks.index(max(ranks))))
    raise UnknownShape("the row has no 'chosen' with a 'rejected' beside it")


def _columns(data: Columns) -> tuple[str, str] | None:
    """The pair of columns that both hold a value, and not both an empty text as CSV pads."""
    return next((pair for pair in COLUMNS if all(is_given(data, [key]) for key in pair) and filled(data, pair)), None)


def _read_side(value: object, pointer: Pointer) -> tuple[Turn, ...]:
    if isinstance(value, str) and is_transcript(value):
        return read_transcript(value, pointer)
    return read_answered(value, pointer)


def _ranks(data: Columns) -> list[int | float]:
    """The ranks of two or more answers that stand in one list; none where this is no such list."""
    answers = data.get("answers")
    if not isinstance(answers, (list, tuple)) or len(answers) < 2:
        return []
    ranks = [answer.get("rank") if isinstance(answer, Mapping) else None for answer in answers]
    numbers = [rank for rank in ranks if isinstance(rank, (int, float))]
    return numbers if len(numbers) == len(ranks) else []


def _read_ranked(data: Columns, position: int) -> tuple[Turn, ...]:
    answers: Any = data["answers"]
    return _read_side(answers[position].get("answer"), ("answers", position, "answer"))


def _is_whole(side: tuple[Turn, ...]) -> bool:
    """Whether a side says what it answers: a user speaks before the assistant does."""
    roles = [turn.role for turn in side]
    return "user" in roles and "assistant" not in roles[: roles.index("user")]


def _last_answer(turns: tuple[Turn, ...]) -> int:
    """Position of the last assistant turn; behind the end where there is none."""
    return max((position for position, turn in enumerate(turns) if turn.role == "assistant"), default=len(turns))


def _said(turn: Turn) -> tuple[str, str, tuple[ToolCall, ...]]:
    return turn.role, turn.field.text.strip(), turn.calls
