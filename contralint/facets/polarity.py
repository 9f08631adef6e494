"""Whether a response answers yes or no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.words import content_words, sentences

_YES = lazy_pattern(
    r"^[^\p{L}\p{N}]*(?:(?:oh|well|sure|indeed|in short|short answer|answer|final answer)\W+)?"
    r"(?P<said>yes|yeah|yep|yup|correct|true|absolutely|definitely|certainly|affirmative|of course"
    r"|that's (?:right|correct|true)|that is (?:right|correct|true)|it (?:is|does|can|will|should)(?=[.!,]|$)"
    r"|indeed)\b(?!\s*(?:and|or|&)\s+no\b)(?!\s*/)",
    IGNORECASE,
)
_NO = lazy_pattern(
    r"^[^\p{L}\p{N}]*(?:(?:oh|well|sorry|actually|in short|short answer|answer|final answer)\W+)?"
    r"(?P<said>no|nope|nah|not\s+(?:really|at all|quite|necessarily|exactly)|incorrect|false|never|negative"
    r"|that's (?:not|false|wrong|incorrect)|that is (?:not|false|wrong|incorrect)|it (?:isn['’]t|doesn['’]t"
    r"|can['’]t|won['’]t|is not|does not|cannot))\b(?!\s*(?:one|longer|matter|doubt|problem|worries|single|\d)\b)",
    IGNORECASE,
)
_NEGATED = lazy_pattern(
    r"\b(?:not|never|cannot|no longer|nor|neither|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|doesn['’]t|don['’]t"
    r"|didn['’]t|can['’]t|won['’]t|couldn['’]t|"
    r"shouldn['’]t|wouldn['’]t|hasn['’]t|haven['’]t|hadn['’]t|mustn['’]t)\b",
    IGNORECASE,
)
_BOTH = lazy_pattern(
    r"\b(?:depends?|it varies|sometimes|in some cases|both|partly|partially|unclear|not necessarily|not always|debated"
    r"|not (?:certain|sure|known)|no (?:consensus|evidence)|yes and no|hard to say)\b",
    IGNORECASE,
)
# These soften a statement; after a plain yes or no they only explain it.
_SOFTENED = lazy_pattern(r"\b(?:maybe|perhaps|possibly|may|might|could|some people)\b", IGNORECASE)
# What is said of the statement, rather than in it.
_REPORTED = lazy_pattern(
    r"\b(?:myths?|misconceptions?|believed?|thought|claim(?:s|ed)?|rumou?rs?|said to|supposed(?:ly)?|unless|except"
    r"|only (?:if|when))\b",
    IGNORECASE,
)
# What follows explains the statement; it may soften or negate something else.
_EXPLAINED = lazy_pattern(
    r"[:;]\s|\s[-–—]\s|,\s+(?:so|because|since|as|which|even|and)\b|\s(?:because|since)\s", IGNORECASE
)
# "Is it okay to ..." asks no more than "can one ...".
_ALLOWED = lazy_pattern(r"\bis\s+it\s+(?:okay|ok|possible|alright|all\s+right)\s+(?=to\b)", IGNORECASE)
_ECHO = 0.6  # share of the question's content words that an answer with no leading yes or no must repeat


@dataclass(frozen=True)
class Polarity:
    """Yes or no, and where the response says so.

    Attributes:
        explicit: Whether it says so in a word, rather than by a statement that repeats the question.
    """

    value: Literal["yes", "no"]
    start: int
    end: int
    explicit: bool = True


def polarity(request: str, response: str) -> Polarity | None:
    """Reads a response to a yes-no question; None where it says neither, or both."""
    spans = sentences(response)
    if not spans:
        return None
    start, end = spans[0]
    first = response[start:end]
    if _BOTH.search(first):
        return None
    for value, pattern in (("no", _NO), ("yes", _YES)):
        if said := pattern.search(first):
            return Polarity(value, start + said.start("said"), start + said.end("said"))  # type: ignore[arg-type] # one of the two words
    return _stated(request, first, start)


def _stated(request: str, sentence: str, start: int) -> Polarity | None:
    """A statement that repeats the question says yes, or no where it is negated and the question is not."""
    explained = _EXPLAINED.search(sentence)
    stated = sentence[: explained.start()] if explained else sentence
    if _SOFTENED.search(stated) or _REPORTED.search(sentence):
        return None
    request = _ALLOWED.sub("", request)
    asked, said = set(content_words(request)), set(content_words(sentence))
    if not asked or len(asked & said) < _ECHO * len(asked) or len(asked) < 2 or _NEGATED.search(request):
        return None
    negations = _NEGATED.findall(stated)
    if len(negations) > 1:
        return None
    return Polarity("no" if negations else "yes", start, start + len(sentence), explicit=False)


def negated(asked: str) -> bool:
    """Whether a question asks for the contrary; one that opens with "isn't" only expects a yes."""
    return bool(_NEGATED.search(asked, len(asked.split(" ", 1)[0])))
