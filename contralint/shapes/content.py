"""The content of one message: a string, or parts of which some are text."""

from __future__ import annotations

from collections.abc import Mapping

from contralint.records import Field, Pointer
from contralint.shapes.unknown import UnknownShape, kind, place

TEXT_KEYS = ("text", "refusal", "content")
# What Anthropic writes as parts and others as calls and turns of their own.
CALL_PART, RESULT_PART = "tool_use", "tool_result"
# Reasoning is not what the user is told; calls and their results are read apart.
HIDDEN_PARTS = frozenset({"thinking", "reasoning", "redacted_thinking", CALL_PART, RESULT_PART})
MARKS = {"image_url": "[image]", "input_image": "[image]", "audio_url": "[audio]", "input_audio": "[audio]"}


def read_content(name: str, value: object, pointer: Pointer) -> Field:
    """Reads a text that may be null, a string or a list of content parts.

    Several parts become one text, a line each; a part that is no text is marked, as in "[image]".
    The pointer leads to the first part that is text.

    Raises:
        UnknownShape: The value is anything else.
    """
    if value is None:
        return Field(name, "", pointer)
    if isinstance(value, str):
        return Field(name, value, pointer)
    if isinstance(value, (list, tuple)):
        parts = [_read_part(part, (*pointer, position)) for position, part in enumerate(value)]
        return _join(name, [part for part in parts if part is not None], pointer)
    raise UnknownShape(f"{place(pointer)} is {kind(value)}, not text")


def parts_of(value: object, kind_of_part: str) -> list[tuple[int, Mapping[str, object]]]:
    """The parts of one type in a content, each with its position."""
    parts = enumerate(value) if isinstance(value, (list, tuple)) else ()
    return [(at, part) for at, part in parts if isinstance(part, Mapping) and part.get("type") == kind_of_part]


def _join(name: str, parts: list[Field], pointer: Pointer) -> Field:
    texts = [part.pointer for part in parts if part.name == "text"]
    return Field(name, "\n".join(part.text for part in parts), texts[0] if texts else pointer)


def _read_part(part: object, pointer: Pointer) -> Field | None:
    """A field named "text" or "mark"; None where the part is not shown to the user."""
    if isinstance(part, str):
        return Field("text", part, pointer)
    if not isinstance(part, Mapping):
        raise UnknownShape(f"{place(pointer)} is {kind(part)}, not a content part")
    if part.get("type") in HIDDEN_PARTS:
        return None
    key = next((key for key in TEXT_KEYS if isinstance(part.get(key), str)), None)
    if key is not None:
        return Field("text", part[key], (*pointer, key))
    medium = str(part.get("type"))
    return Field("mark", MARKS.get(medium, f"[{medium}]"), pointer)
