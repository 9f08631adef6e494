"""What a diagnostic says beneath its excerpts: what was asked, what was measured, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contralint.diagnostics import Diagnostic, Location, Passage, Side
from contralint.reports.contrast import Stretches, contrast
from contralint.reports.wording import asked_by_users
from contralint.rulebook import Rule

_DOING = re.compile(r'[^"]*?(?=: )')


@dataclass(frozen=True)
class Remark:
    """One remark, with text of records as they have it.

    Attributes:
        title: Word before the colon; "" where there is none.
        command: What to type, which stays on one line; "" where there is nothing.
    """

    title: str
    text: str
    command: str = ""


@dataclass(frozen=True)
class Request:
    """What a side was asked.

    Attributes:
        title: Such as "asked".
        differing: Stretches of the text that another side was not asked.
    """

    title: str
    text: str
    differing: Stretches = ()


def requests(diagnostic: Diagnostic) -> Iterator[Request]:
    """What the first record of each side was asked, each wording once; nothing where the excerpts show it."""
    places = [side.members[0] for side in diagnostic.sides]
    first, *others = list({_squeezed(place.asked): place.asked for place in places if _answers(place)}.values()) or [""]
    if not others:
        if first:
            yield Request("asked", first)
        return
    yield Request("asked here", first, contrast(Passage(first), Passage(others[0])).ours)
    for other in others:
        yield Request("asked there", other, contrast(Passage(other), Passage(first)).ours)


def remarks(diagnostic: Diagnostic, rule: Rule) -> Iterator[Remark]:
    """What was measured, what there is to note, and the way out."""
    yield Remark("", _measures(diagnostic))
    if diagnostic.weight:
        yield Remark("weight", asked_by_users(diagnostic.weight))
    for note in diagnostic.notes:
        yield Remark("note", note)
    yield Remark("help", f"{rule.help}:", f"contralint explain {diagnostic.fingerprint[:8]}")


def _answers(place: Location) -> bool:
    """Whether the excerpt of a place shows an answer, which is only understood with its request."""
    return bool(place.asked.strip()) and place.field != "instruction"


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _measures(diagnostic: Diagnostic) -> str:
    """What was measured, how sure that makes us, and how many records take each side."""
    measures = [f"{reason.kind} {reason.value:.2f}" for reason in diagnostic.evidence]
    measures.append(f"confidence {diagnostic.confidence:.2f}")
    if sum(len(side.members) for side in diagnostic.sides) > 1:
        measures += [_count(side, first=position == 0) for position, side in enumerate(diagnostic.sides)]
    return ", ".join(measures)


def _count(side: Side, *, first: bool) -> str:
    """Such as "3 records deny"; of further sides, "9 exercise"."""
    alone = len(side.members) == 1
    noun = ("record" if alone else "records") if first else ""
    doing = _DOING.match(side.label)
    singular = doing[0] if doing else side.label
    return " ".join(filter(None, [str(len(side.members)), noun, singular if alone else side.plural]))
