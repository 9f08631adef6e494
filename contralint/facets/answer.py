"""The answer proper of a response: what the sentence that answers says beyond repeating the question."""

from __future__ import annotations

from dataclasses import dataclass

from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.words import content_words, sentences

_UNSURE = lazy_pattern(
    r"\b(?:i(?:'m| am)? (?:don['’]t know|do not know|not sure|not certain|unsure)|it(?:'s| is) (?:unclear|unknown"
    r"|not known|hard to say|impossible to)|depends?|"
    r"unknown|not (?:specified|mentioned|given|enough information|stated|provided)|cannot be determined"
    r"|no (?:information|answer)|n/a)\b"
    # Further on in a sentence these count something else than what is asked for.
    r"|^(?:\W*\w+\W+){0,4}(?:various|several|many)\b",
    IGNORECASE,
)
_LEAD = lazy_pattern(
    r"^\W*(?:(?:the\s+)?(?:correct\s+|final\s+|short\s+)?answer(?:\s+is)?|a|response|output|sure|certainly"
    r"|of course)\s*[:!,]\s*",
    IGNORECASE,
)
# An answer that is still to be computed, or is a piece of code: its words say nothing about the world. A function that
# is named (`len()`), a tag, a placeholder in a command and a cost (O(n)) do.
_CODE = lazy_pattern(r"\b(?!O\()\w+\((?:['\"][^)]*|\w+)\)|```|</?\w+>|\b\w+\[\w+\]|[{};]\s*$|=>|->|==")
_TAG = lazy_pattern(r"(?<=`[^`<>\n]*)<[\w-]+>(?=`)")
_LONG = 400  # characters of a response that can still be one answer rather than an essay
_BRIEF = 6  # words up to which a first sentence is the bare answer, whatever the next ones repeat of the question
# A sentence about what the one before it named tells more of the answer, and does not give it.
_LEANING = lazy_pattern(r"\W*(?:he|she|it|they|this|that|these|those|there)(?=\s)", IGNORECASE)
# What hangs on the statement does not belong to the thing that it names.
_HANGING = lazy_pattern(
    r",\s+(?:after|when|which|who|because|since|so|while|although|though|as|where|until|before)\b", IGNORECASE
)


@dataclass(frozen=True)
class Answer:
    """What a response answers.

    Attributes:
        start, end: The sentence that answers, in the response.
        text: That sentence.
        core: Its content words, stemmed, that the question did not already hold; all of them where nothing is new.
        short: Whether the response is an answer and little more.
    """

    start: int
    end: int
    text: str
    core: tuple[str, ...]
    short: bool


def answer(request: str, response: str) -> Answer | None:
    """The answer of a response; None where it is empty, a question, code, or says that it does not know."""
    spans = sentences(response)
    if not spans:
        return None
    start, end = _answering(request, response, spans)
    if lead := _LEAD.match(response, start, end):
        start = lead.end()
    if start >= end and len(spans) > 1:
        start, end = spans[1]
    text = response[start:end]
    if not text.strip() or text.endswith("?") or _UNSURE.search(text) or _is_code(text):
        return None
    hanging = _HANGING.search(text)
    said = content_words(text[: hanging.start()] if hanging else text) or content_words(text)
    asked = set(content_words(request))
    core = tuple(word for word in said if word not in asked) or tuple(said)
    return Answer(start, end, text, core, len(response) <= _LONG)


def _answering(request: str, response: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """The first sentence, unless it only leads up to one that takes up more of the question and adds to it."""
    start, end = spans[0]
    if len(response) > _LONG or len(response[start:end].split()) <= _BRIEF:
        return spans[0]
    asked = set(content_words(request))

    def taken_up(span: tuple[int, int]) -> int:
        return len(asked.intersection(content_words(response[slice(*span)])))

    def adds(span: tuple[int, int]) -> bool:
        text = response[slice(*span)]
        return not _LEANING.match(text) and not asked.issuperset(content_words(text))

    return max([spans[0], *filter(adds, spans[1:])], key=taken_up)


def _is_code(text: str) -> bool:
    return bool(_CODE.search(_TAG.sub("", text)))
