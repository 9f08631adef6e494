"""JSON here, a table, XML or prose there, though nothing asks for the difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contralint.facets.described import Described
from contralint.facets.form import DATA, Form
from contralint.facets.task import task
from contralint.facets.wished_form import asks_for_code, asks_for_data, names_forms, names_programming
from contralint.kinds.candidate import Candidate, Clash, Position
from contralint.kinds.comparisons.aids import Aids, both_answer
from contralint.patterns import lazy_pattern

_TWO_DATA, _DATA_AND_WORDS, _ONLY_DATA, _CODE = (
    0.95,
    0.9,
    0.85,
    0.85,
)  # how sure a reader is that both forms cannot be wanted
_FOR_PROGRAMS = ("JSON", "XML")
# A tool call that is written out is no format but a deed.
_CALL = lazy_pattern(
    r"\W*[\"'](?:name|function|tool|tool_name|action|function_call|tool_call|arguments|parameters)[\"']\s*:"
)
_IN_WORDS = ("prose", "list")
# What prose holds where it only leads over to the other form.
_TRACES = {"JSON": "{[", "XML": "<", "table": "|", "TOML": "=", "LaTeX": "\\"}
_PHRASES = {"list": "a list", "table": "a table"}


def compare(candidates: Sequence[Candidate], parameters: Mapping[str, Any], aids: Aids) -> list[Clash | None]:  # noqa: ARG001 - a comparison's signature
    """Clashes where the same is asked for, and given in two forms that are no two ways of saying it."""
    return [_clash(candidate) for candidate in candidates]


def side(described: Described) -> str | None:
    """The form of a record; None of code, since each material may call for a language of its own."""
    return None if described.form.name == "code" else described.form.shown


def _clash(candidate: Candidate) -> Clash | None:
    first, second = candidate.first, candidate.second
    confidence = _difference(candidate)
    if not confidence or not _nothing_asks(candidate) or not both_answer(candidate):
        return None
    return Clash(_position(first), _position(second), confidence, "format")


def _difference(candidate: Candidate) -> float:
    """How sure it is that the forms of two responses to what is asked differ; 0 where they do not."""
    forms = (candidate.first.form, candidate.second.form)
    asked = asked_of(candidate)
    if all(form.name in DATA for form in forms):
        return _TWO_DATA if forms[0] != forms[1] else 0.0
    if all(form.name == "code" for form in forms):
        return _CODE if _other_languages(forms[0], forms[1], candidate.question) else 0.0
    for one, other in ((candidate.first, candidate.second), (candidate.second, candidate.first)):
        if other.form.name not in _IN_WORDS:
            continue
        if one.form.name in DATA and not _leads_over(one.form, other):
            return _data_and_words(one, asked)
        if one.form.name == "code" and other.form.name == "prose" and asks_for_code(asked):
            return _CODE if not _holds_code(other) else 0.0
    return 0.0


def _data_and_words(data: Described, asked: str) -> float:
    """How sure it is that data and words are two answers: what only a program reads is none for a person."""
    if asks_for_data(asked):
        return _DATA_AND_WORDS
    return _ONLY_DATA if data.form.name in _FOR_PROGRAMS and not _CALL.match(data.record.response.text) else 0.0


def asked_of(candidate: Candidate) -> str:
    """What both are asked: the task that they share, or the whole request."""
    told = task(candidate.first.record)
    return told if told and told == task(candidate.second.record) else candidate.question


def _other_languages(first: Form, second: Form, request: str) -> bool:
    return bool(first.language and second.language) and first != second and not names_programming(request)


def _leads_over(form: Form, words: Described) -> bool:
    """Whether a response in words holds the other form too, or is an outline that is hardly told from it."""
    text = words.record.response.text
    if form.name == "YAML":
        return words.form.name == "list"
    return any(trace in text for trace in _TRACES.get(form.name, ""))


def _holds_code(words: Described) -> bool:
    text = words.record.response.text
    return any(mark in text for mark in ("`", "()", "{", "=", ";"))


def _nothing_asks(candidate: Candidate) -> bool:
    requests = [described.record.request for described in (candidate.first, candidate.second)]
    return names_forms(requests[0]) == names_forms(requests[1])


def _position(described: Described) -> Position:
    form = described.form
    shown = _PHRASES.get(form.name, form.shown)
    return Position(form.shown, f"answers in {shown}", f"answer in {shown}", 0, len(described.record.response.text))
