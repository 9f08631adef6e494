"""What the page asks to be decided, and the decision that it comes to."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from contralint.decision import Choice, Decision, Hash
from contralint.diagnostics import Diagnostic
from contralint.errors import UsageError
from contralint.records import Record
from contralint.resolve.edits import Editor, Task
from contralint.resolve.rows import short_hash
from contralint.resolve.strategy import UnsettledError
from contralint.review.book import BY
from contralint.review.exhibits import Exhibits

Line = Annotated[str, msgspec.Meta(max_length=2000)]
Asked = TypeVar("Asked")


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision as the page asks for it.

    Attributes:
        conflict: Key of the conflict.
        keep: Positions of the sides to keep.
        conditions: For each side, when it holds.
        edits: Hash of a record to its fields to their new texts.
    """

    conflict: str
    decision: Choice
    keep: list[int] = []
    conditions: list[Line] = []
    edits: dict[Hash, dict[Literal["response", "rejected"], str]] = {}
    reason: Line = ""


class Undo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision to take back: about a conflict, or the last one."""

    conflict: str | None = None


def asked(body: bytes, kind: type[Asked]) -> Asked:
    """Reads what the page sent.

    Raises:
        UsageError: It is not of the form, or holds half a character, which no file can hold.
    """
    try:
        made = msgspec.convert(json.loads(body.decode()), kind)
        msgspec.json.encode(made)
    except UnicodeError:
        raise UsageError("a text holds half a character, which no file can hold") from None
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise UsageError(f"the page asked for something unknown: {error}") from None
    return made


def decision_of(wish: Wish, found: Diagnostic, exhibits: Exhibits, columns: dict[str, str]) -> Decision:
    """The decision that a wish comes to.

    Args:
        wish: What is asked for.
        found: The diagnostic that it is about.
        exhibits: Its records.
        columns: Field to column, for rows of no known shape.

    Raises:
        UsageError: Something is missing, or could not be carried out.
    """
    try:
        made = Decision.of(found, wish.decision, keep=wish.keep, reason=wish.reason.strip(), by=BY)
        if wish.decision == "keep-both":
            return _conditional(made, [condition.strip() for condition in wish.conditions])
        if wish.decision == "edit":
            return _edited(made, wish, found, exhibits, columns)
    except ValueError as error:
        raise UsageError(str(error)) from None
    return made


def _conditional(made: Decision, conditions: list[str]) -> Decision:
    if not any(conditions) and not made.reason:
        raise UsageError("say when one of the sides holds, or give a reason why both may stay")
    given = [*conditions, *[""] * len(made.sides)]
    sides = tuple(
        msgspec.structs.replace(side, condition=condition) for side, condition in zip(made.sides, given, strict=False)
    )
    return msgspec.structs.replace(made, sides=sides)


def _edited(made: Decision, wish: Wish, found: Diagnostic, exhibits: Exhibits, columns: dict[str, str]) -> Decision:
    editor = Editor(exhibits.rows, columns, 1.0, "weight")
    edits: dict[str, dict[str, str]] = {}
    for side in found.sides:
        for place in side.members:
            record, teaching = exhibits.record(side, place), exhibits.teaching(place)
            if record is None or teaching is None or short_hash(record) not in wish.edits:
                continue
            texts = _changed(record, wish.edits[short_hash(record)])
            if texts:
                edits[short_hash(record)] = texts
                try:
                    editor.edits(teaching, Task({short_hash(record): texts}), as_text=False)
                except UnsettledError as error:
                    raise UsageError(str(error)) from None
    if not edits:
        raise UsageError("no text is changed")
    return msgspec.structs.replace(made, edits=edits)


def _changed(record: Record, texts: dict[Any, str]) -> dict[str, str]:
    """The texts that differ from what stands there; browsers write all line ends alike."""
    changed = {}
    for name, text in texts.items():
        old = texts_of(record).get(name)
        if old is None:
            raise UsageError(f"there is no field '{name}' to write anew")
        plain = text.replace("\r\n", "\n")
        if plain != old.replace("\r\n", "\n"):
            changed[name] = plain.replace("\n", "\r\n") if "\r\n" in old else plain
    return changed


def texts_of(record: Record) -> dict[str, str]:
    """The texts of a record that may be written anew, by the names that decisions give them."""
    fields = {"response": record.response, "rejected": record.rejected}
    return {name: field.text for name, field in fields.items() if field is not None and field.pointer}
