r"""Conversations written out as one string, as Anthropic's HH does: "\n\nHuman: ...\n\nAssistant: ..."."""

from __future__ import annotations

import re

from contralint.records import Field, Pointer, Role, Turn
from contralint.shapes.endings import without_end_marks

OPENING = re.compile(r"\s*Human:")
SPEAKER = re.compile(r"(?:\A\s*|\n\n)(Human|Assistant):")
ROLES: dict[str, Role] = {"Human": "user", "Assistant": "assistant"}
FIELD_NAMES = {"Human": "instruction", "Assistant": "response"}


def is_transcript(text: str) -> bool:
    """Whether a text is such a conversation, open or finished."""
    return OPENING.match(text) is not None and "\n\nAssistant:" in text


def read_transcript(text: str, pointer: Pointer) -> tuple[Turn, ...]:
    """The turns of such a conversation; a last "Assistant:" that only cues the answer is none."""
    found = list(SPEAKER.finditer(text))
    ends = [following.start() for following in found[1:]] + [len(text)]
    turns = [
        _turn(speaker.group(1), text[speaker.end() : end], pointer, speaker.end())
        for speaker, end in zip(found, ends, strict=True)
    ]
    return tuple(turns if turns[-1].field.text else turns[:-1])


def _turn(speaker: str, said: str, pointer: Pointer, start: int) -> Turn:
    offset = start + len(said) - len(said.lstrip())
    field = Field(FIELD_NAMES[speaker], said.strip(), pointer, offset)
    return Turn(ROLES[speaker], without_end_marks(field) if speaker == "Assistant" else field, trained=False)
