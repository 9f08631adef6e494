"""What one training example teaches: the leaf types that every stage passes on.

A row of a file becomes one `Record` for each assistant turn that is trained on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from contralint.ignore import Ignore

Role = Literal["system", "user", "assistant", "tool"]
Split = Literal["training", "evaluation"]
Pointer = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One text of a row, and where in the row it stands.

    Attributes:
        name: What the text is to the record: "instruction", "response", "system", "rejected", ...
        text: The text itself, decoded.
        pointer: Keys and positions that lead from the row to the text, such as
            `("messages", 2, "content")`. Empty where the row has no such text.
        offset: Where the text begins within the string at `pointer`: a turn of a transcript is a part of it.
    """

    name: str
    text: str
    pointer: Pointer = ()
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one field, in characters of its decoded text, end exclusive."""

    field: Field
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.field.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that the model may call: its name and its schema as canonical JSON."""

    name: str
    schema: str = "{}"


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call of a tool: its name and its arguments as canonical JSON (sorted keys, nulls dropped)."""

    name: str
    arguments: str = "{}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Role
    field: Field
    calls: tuple[ToolCall, ...] = ()
    trained: bool = True


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row stands.

    Attributes:
        path: As it is shown: relative to the working directory, with forward slashes.
        index: Number of the row in its file, from 0.
        line: Line on which the row starts, from 1; for formats without lines, `index + 1`.
        id: The row's own id, where it has one.
        ignored: Rules that it is not held to, whoever asks for that.
        wish: What the row itself asks for.
        split: What the row is for: to be trained on, or to evaluate with (`--against`).
        source: What the row says that it comes from; None where it says nothing.
    """

    path: str
    index: int
    line: int
    id: str | None = None
    ignored: frozenset[str] = frozenset()
    wish: Ignore | None = None
    split: Split = "training"
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One teaching: asked this, in this context, answer that.

    Attributes:
        origin: The row it came from.
        shape: Name of the shape that read the row, such as "alpaca".
        instruction: The request: the last user turn before the response.
        response: What the model is taught to say. Of a preference, the chosen side.
        system: The system prompt ("" text where there is none).
        input: Material given beside the instruction (alpaca's `input`), "" where there is none.
        context: Earlier turns of the conversation, system prompt apart.
        tools: Tools at hand.
        calls: Tool calls in the response.
        rejected: The rejected side of a preference.
        rejected_calls: Tool calls in the rejected side.
        desired: False where the row says that the response is not wanted (unpaired preference).
        labelled: True where the response is a class label (the `text-label` shape).
        turn: Number of the assistant turn within its row, from 0.
    """

    origin: Origin
    shape: str
    instruction: Field
    response: Field
    system: Field = Field("system", "")
    input: Field = Field("input", "")
    context: tuple[Turn, ...] = ()
    tools: tuple[Tool, ...] = ()
    calls: tuple[ToolCall, ...] = ()
    rejected: Field | None = None
    rejected_calls: tuple[ToolCall, ...] = ()
    desired: bool = True
    labelled: bool = False
    turn: int = 0

    @property
    def request(self) -> str:
        """Instruction and input as one text: what the model is asked.

        Made anew each time: a second copy of every text would take more room than making it takes time.
        """
        asked, given = self.instruction.text.strip(), self.input.text.rstrip()
        return f"{self.instruction.text}\n{given}".strip() if given.strip() else asked

    @property
    def answers(self) -> bool:
        """Whether there is a response, in words or as a tool call."""
        return bool(self.response.text.strip() or self.calls)

    @property
    def teaches(self) -> bool:
        """Whether there is an answer to learn from: a response, and one that is wanted."""
        return self.desired and self.answers

    @property
    def key(self) -> tuple[str, int, int]:
        """Total order over all records of a scan."""
        return (self.origin.path, self.origin.index, self.turn)
