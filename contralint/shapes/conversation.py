"""A conversation as teachings: one record for each assistant turn that is trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contralint.records import Field, Origin, Record, Tool, Turn
from contralint.shapes.columns import NO_MATERIAL


@dataclass(frozen=True)
class Conversation:
    """What one row says, turn by turn.

    Attributes:
        origin: The row it stands in.
        shape: Name of the shape that read the row.
        turns: All turns in order, system prompt included.
        tools: Tools at hand.
        material: What is given beside the last request.
    """

    origin: Origin
    shape: str
    turns: tuple[Turn, ...]
    tools: tuple[Tool, ...] = ()
    material: Field = NO_MATERIAL

    def teachings(self) -> list[Record]:
        """One record for each trained assistant turn, what came before it as context."""
        answers = [position for position, turn in enumerate(self.turns) if turn.role == "assistant"]
        return [
            self._teaching(position, number) for number, position in enumerate(answers) if self.turns[position].trained
        ]

    def _teaching(self, position: int, number: int) -> Record:
        answer, earlier = self.turns[position], self.turns[:position]
        spoken = [turn for turn in earlier if turn.role != "system"]
        asked = _last_request(spoken)
        is_last = all(turn.role != "user" for turn in self.turns[position:])
        return Record(
            origin=self.origin,
            shape=self.shape,
            instruction=_join("instruction", spoken[asked]),
            response=replace(answer.field, name="response"),
            system=_join("system", [turn for turn in earlier if turn.role == "system"], at=0),
            input=self.material if is_last else NO_MATERIAL,
            context=(*spoken[: asked.start], *spoken[asked.stop :]),
            tools=self.tools,
            calls=answer.calls,
            turn=number,
        )


def _last_request(turns: Sequence[Turn]) -> slice:
    """Where the last user turn stands, with the user turns directly before it: one request in several messages."""
    stop = len(turns)
    while stop > 0 and turns[stop - 1].role != "user":
        stop -= 1
    start = stop
    while start > 0 and turns[start - 1].role == "user":
        start -= 1
    return slice(start, stop)


def _join(name: str, turns: Sequence[Turn], at: int = -1) -> Field:
    """The texts of several turns as one, at the place of one of them."""
    if not turns:
        return Field(name, "")
    return Field(name, "\n".join(turn.field.text for turn in turns), turns[at].field.pointer)
