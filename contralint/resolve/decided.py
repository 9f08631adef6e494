"""Decisions and the records that they were made about: those in the data, and those that a fix took out of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from contralint.decision import DecidedSide, Decision
from contralint.decisions import Checked, Decisions, Resolved
from contralint.diagnostics import Diagnostic
from contralint.errors import UsageError
from contralint.escape import visible
from contralint.intake import Intake
from contralint.readers import Row
from contralint.records import Field, Record
from contralint.resolve.rows import short_hash, teachings
from contralint.resolve.sidecar import sidecar_of


@dataclass(frozen=True)
class Part:
    """Records of one side, and what was decided about them.

    Attributes:
        label: The side.
        records: Of what stays, as it is once the decision is carried out.
        kept: Whether they stay.
        condition: When they hold.
    """

    label: str
    records: tuple[Record, ...]
    kept: bool
    condition: str = ""


@dataclass(frozen=True)
class Decided:
    """A decision and what it is about."""

    decision: Decision
    parts: tuple[Part, ...]

    @property
    def kept(self) -> list[Part]:
        """What stays."""
        return [part for part in self.parts if part.kept]

    @property
    def dropped(self) -> list[Part]:
        """What goes."""
        return [part for part in self.parts if not part.kept]


@dataclass(frozen=True)
class LeftOut:
    """A decision that gives no case, and why."""

    decision: Decision
    reason: str


class Archive:
    """Records by the hash under which decisions know them.

    Args:
        records: Those of the data.
        paths: The files that they come from: beside each may lie what a fix took out of it.
        intake: Makes what reads rows under the configuration.

    Attributes:
        records: Those of the data.
        unreadable: Lines of such files that hold no record, counted.

    Raises:
        UsageError: A file of dropped rows cannot be read.
    """

    def __init__(self, records: Sequence[Record], paths: Iterable[str], intake: Callable[[], Intake]) -> None:
        self.records = records
        self.unreadable = 0
        self._of_hash: dict[str, list[Record]] = {}
        for record in (*records, *(one for path in sorted(set(paths)) for one in self._taken_out(path, intake))):
            self._of_hash.setdefault(short_hash(record), []).append(record)

    def find(self, content: str) -> Sequence[Record]:
        """The records of a hash, those in the data first."""
        return self._of_hash.get(content, ())

    def rewritten(self, texts: Mapping[str, str]) -> list[Record]:
        """Records of the data that hold the texts that a decision writes."""
        return [one for one in self.records if all(_text(one, name) == text for name, text in texts.items())]

    def _taken_out(self, path: str, intake: Callable[[], Intake]) -> Iterator[Record]:
        sidecar = Path(sidecar_of(path))
        if not sidecar.is_file():
            return
        try:
            lines = sidecar.read_bytes().splitlines()
        except OSError as error:
            raise UsageError(f"{sidecar}: cannot be read: {error.strerror}") from None
        for line in filter(None, lines):
            row = _row(line)
            found = teachings(row, intake) if row else ()
            self.unreadable += not found
            yield from found


def _row(line: bytes) -> Row | None:
    try:
        told = orjson.loads(line)
        return Row(str(told["path"]), int(told["index"]), int(told["line"]), told["row"], None)
    except (ValueError, LookupError, TypeError):
        return None


def decided(
    decisions: Decisions, diagnostics: Sequence[Diagnostic], archive: Archive
) -> tuple[list[Decided], list[LeftOut]]:
    """What decisions are about, and those of which that cannot be told.

    Args:
        decisions: All of them.
        diagnostics: What a fresh scan finds, decided or not.
        archive: Where records are looked up.
    """
    checked = decisions.check(diagnostics)
    found: list[Decided] = []
    left: list[LeftOut] = [LeftOut(one, "it has expired") for one in checked.expired]
    for one in _all(checked):
        made = _about(one, archive)
        reason = made if isinstance(made, str) else _reopened(one, checked)
        if isinstance(made, str) or reason:
            left.append(LeftOut(one.decision, reason))
        else:
            found.append(made)
    return found, sorted(left, key=lambda one: (one.decision.rule, one.decision.fingerprint))


@dataclass(frozen=True)
class _Held:
    """A decision, and the conflict that it is about where the scan still finds it."""

    decision: Decision
    diagnostic: Diagnostic | None


def _all(checked: Checked) -> list[_Held]:
    held = [_Held(one.decision, one.diagnostic) for one in _first_of_each(checked.resolved)]
    held += [_Held(one, None) for one in checked.gone]
    return sorted(held, key=lambda one: (one.decision.rule, one.decision.fingerprint))


def _first_of_each(resolved: Iterable[Resolved]) -> Iterator[Resolved]:
    """Several conflicts of which one decision tells are parts of the conflict that it was made about."""
    seen: set[tuple[str, str]] = set()
    for one in resolved:
        key = (one.decision.rule, one.decision.fingerprint)
        if key not in seen:
            seen.add(key)
            yield one


def _reopened(one: _Held, checked: Checked) -> str:
    """Why a conflict that is gone is not settled: it was found again, with other records."""
    if one.diagnostic:
        return ""
    known = set(one.decision.records)
    again = (found for found in checked.undecided if found.rule == one.decision.rule)
    reopened = any(found.fingerprint == one.decision.fingerprint or known & set(found.contents) for found in again)
    return "a record changed or joined since, so that it is undecided again" if reopened else ""


def _about(held: _Held, archive: Archive) -> Decided | str:
    """The records of a decision; why there are none."""
    decision = held.decision
    parts = [part for side in _sides(held) for part in _parts(side, decision, archive)]
    told = tuple(part for part in parts if part.records)
    if not told:
        return "none of its records is left in the data, or beside it"
    return Decided(decision, told)


def _sides(held: _Held) -> Sequence[DecidedSide]:
    """The sides with their records; those of the conflict itself where the decision does not name them."""
    decision, found = held.decision, held.diagnostic
    if found is None or (all(side.records for side in decision.sides or ()) and decision.sides):
        return decision.sides
    words = {side.label: side for side in decision.sides}
    named = [(visible(side.label), side.contents) for side in found.sides]
    return [DecidedSide(name, contents, *_words_of(words.get(name))) for name, contents in named]


def _words_of(side: DecidedSide | None) -> tuple[bool, str]:
    return (side.keep, side.condition) if side else (False, "")


def _parts(side: DecidedSide, decision: Decision, archive: Archive) -> Iterator[Part]:
    kept = side.keep if decision.decision == "keep-side" else decision.decision != "drop"
    plain = [content for content in side.records if content not in decision.edits]
    yield Part(side.label, tuple(_found(plain, archive)), kept, side.condition)
    edited = [content for content in side.records if content in decision.edits]
    yield Part(side.label, tuple(_found(edited, archive)), kept=False)
    after = (one for content in edited for one in _after(content, decision.edits[content], archive))
    yield Part(side.label, tuple(after), kept=True)


def _found(contents: Sequence[str], archive: Archive) -> Iterator[Record]:
    """One record for each hash: copies of it teach the same."""
    return (archive.find(content)[0] for content in contents if archive.find(content))


def _after(content: str, texts: Mapping[str, str], archive: Archive) -> Sequence[Record]:
    """A record as a decision writes it: made of the old one, or found where that is done already."""
    old = archive.find(content)
    if not old:
        return archive.rewritten(texts)[:1]
    changes: dict[str, Any] = {}
    for name, text in texts.items():
        if attribute := _attribute(old[0], name):
            changes[attribute] = dataclasses.replace(getattr(old[0], attribute), text=text, pointer=(), offset=0)
    return [dataclasses.replace(old[0], **changes)]


def _text(record: Record, name: str) -> str | None:
    attribute = _attribute(record, name)
    return getattr(record, attribute).text if attribute else None


def _attribute(record: Record, name: str) -> str | None:
    """Which field of a record is called so, by reports or by what it is."""
    for attribute in ("response", "instruction", "system", "input", "rejected"):
        field: Field | None = getattr(record, attribute)
        if field and name in (field.name, attribute):
            return attribute
    return None
