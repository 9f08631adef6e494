"""Other ways to put a request: by the frames of rules/data/rewordings.yaml, checked by the model for same requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import msgspec
import regex

from contralint.facets.language import language
from contralint.facets.request import parts
from contralint.kinds.sameness import cosines, embedded, same_request
from contralint.models.suite import Models
from contralint.records import Record
from contralint.rulefiles import rules_folder
from contralint.words import END_PUNCTUATION, normalise
from contralint.yamlfile import read_yaml

SAME = 0.8  # probability from which a rewording still asks the same
_LONGEST = 300  # characters of a request that frames go around: a longer one holds material
_DEFAULT = "en"  # what a short request is taken for that does not tell its language


class Reorder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern for a whole request, and its parts in another order."""

    match: str
    into: str


class Frames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The frames of one language; the file says what each key holds."""

    question: list[str]
    other: list[str]
    order: list[str] = []
    orders: str = ""
    reorder: list[Reorder] = []


@dataclass(frozen=True)
class Rewording:
    """A request in other words, and how it was made."""

    text: str
    frame: str


@cache
def _frames() -> dict[str, Frames]:
    return read_yaml(rules_folder() / "data" / "rewordings.yaml").convert(dict[str, Frames])


def rewordings(record: Record, models: Models, frames: Sequence[str] = ()) -> list[Rewording]:
    """Other wordings of a record's request that still ask the same, those in another order of words first.

    Args:
        record: Whose request.
        models: Tell whether it still asks the same.
        frames: Further frames, tried before those of the request's language.

    None of what is given a label, or is too long to be a request alone; material beside the request stays as it is.
    """
    text = record.instruction.text.strip()
    if record.labelled or not text or len(text) > _LONGEST or "\n" in text:
        return []
    proposed = [one for one in _proposed(text, frames) if normalise(one.text) != normalise(text)]
    unlike = {normalise(one.text): one for one in reversed(proposed)}
    made = [one for one in proposed if unlike[normalise(one.text)] is one]
    probabilities = _same(record, [one.text for one in made], models)
    return [one for one, probability in zip(made, probabilities, strict=True) if probability >= SAME]


def reworded(record: Record, text: str) -> Record:
    """A record that asks in other words."""
    return replace(record, instruction=replace(record.instruction, text=text, pointer=(), offset=0))


def _proposed(text: str, given: Sequence[str]) -> Iterator[Rewording]:
    told = language(text)
    frames = _frames().get(told.code if told else _DEFAULT)
    for one in frames.reorder if frames else ():
        if found := regex.fullmatch(one.match, text, regex.IGNORECASE):
            yield Rewording(_filled(one.into, _parts(found)), one.into)
    bare = text.rstrip(END_PUNCTUATION)
    values = {"request": text, "bare": bare, "lower": _lowered(bare)}
    for frame in (*given, *(_fitting(frames, text) if frames else ())):
        yield Rewording(_filled(frame, values), frame)


def _parts(found: regex.Match[str]) -> dict[str, str]:
    """The groups of a match as they stand within a sentence, and under capitalised names at its start."""
    groups = {
        name: _lowered(value) if found.start(name) == 0 else value for name, value in found.groupdict().items() if value
    }
    return {**groups, **{name.capitalize(): value[:1].upper() + value[1:] for name, value in groups.items()}}


def _fitting(frames: Frames, text: str) -> Sequence[str]:
    if text.endswith(("?", "？", "؟")):
        return frames.question
    first = text.split(maxsplit=1)[0].strip(",:").lower()
    return frames.order if first in frames.orders.split() else frames.other


def _filled(frame: str, values: dict[str, str]) -> str:
    """A frame with its parts; braces of a request are text like any other."""
    return regex.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), frame)


def _lowered(text: str) -> str:
    """Its first letter small, unless the word is a name, an abbreviation or "I"."""
    word = text.split(maxsplit=1)[0] if text else ""
    as_it_is = word[1:] != word[1:].lower() or word == "I" or word.startswith(("I'", "I’"))
    return text if as_it_is else text[:1].lower() + text[1:]


def _same(record: Record, texts: Sequence[str], models: Models) -> Sequence[float]:
    if not texts:
        return []
    taken_apart = [(parts(record), parts(reworded(record, text))) for text in texts]
    similarity = cosines([(embedded(one), embedded(other)) for one, other in taken_apart], models.encoder)
    return [float(value) for value in same_request(taken_apart, similarity, models)]
