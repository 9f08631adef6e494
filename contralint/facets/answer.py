"""The answer proper of a response: what its first sentence says beyond repeating the question."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from contralint.words import content_words, sentences

_UNSURE = regex.compile(
    r"\b(?:i(?:'m| am)? (?:don['’]t know|do not know|not sure|not certain|unsure)|it(?:'s| is) (?:unclear|unknown"
    r"|not known|hard to say|impossible to)|depends?|"
    r"unknown|not (?:specified|mentioned|given|enough information|stated|provided)|cannot be determined"
    r"|no (?:information|answer)|n/a|various|several|many)\b",
    regex.IGNORECASE,
)
_LEAD = regex.compile(
    r"^\W*(?:(?:the\s+)?(?:correct\s+|final\s+|short\s+)?answer(?:\s+is)?|a|response|output|sure|certainly"
    r"|of course)\s*[:!,]\s*",
    regex.IGNORECASE,
)
# An answer that is still to be computed, or is a piece of code: its words say nothing about the world.
_CODE = regex.compile(r"\b\w+\((?:['\"][^)]*|\w*)\)|```|</?\w+>|\w+\[\w+\]|[{};]\s*$|=>|->|==")
_LONG = 400  # characters of a response that can still be one answer rather than an essay


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
    start, end = spans[0]
    if lead := _LEAD.match(response, start, end):
        start = lead.end()
    if start >= end and len(spans) > 1:
        start, end = spans[1]
    text = response[start:end]
    if not text.strip() or text.endswith("?") or _UNSURE.search(text) or _CODE.search(text):
        return None
    said = content_words(text)
    asked = set(content_words(request))
    core = tuple(word for word in said if word not in asked) or tuple(said)
    return Answer(start, end, text, core, len(response) <= _LONG)
