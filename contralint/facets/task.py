"""The task of a request, apart from the material that it is to be done on."""

from __future__ import annotations

from contralint.patterns import lazy_pattern
from contralint.records import Record
from contralint.words import content_words

_SPLIT = lazy_pattern(r"\n\s*\n|:\s|\n")
_WORDS = 2  # content words that a task needs to say what is to be done
_LONG = 300  # characters of a task; more hold material that no colon or blank line sets off


def task(record: Record) -> str:
    """What is to be done, in plain words; "" where a request has no material, or does not set it off."""
    told = record.instruction.text.strip()
    if not record.input.text.strip():
        split = _SPLIT.search(told)
        if split is None or not told[split.end() :].strip():
            return ""
        told = told[: split.start()]
    if len(told) > _LONG or len(content_words(told)) < _WORDS:
        return ""
    return " ".join(told.split()).rstrip(" .:").casefold()
