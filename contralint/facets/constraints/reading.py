"""The constraints that a text tells, apart from what it quotes, what it only wishes and what holds on a condition."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import regex

from contralint.facets.constraints import casing, choice, items, length, marks, serial, speech, units, wording
from contralint.facets.constraints.constraint import Constraint, Told
from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.words import sentences

Reader = Callable[[Told], Iterator[Constraint]]

_CONDITIONAL = lazy_pattern(
    r"^\W*(?:(?:and|but|then|however|also)\W+)?(?:if|when|whenever|unless|in case|should|where|for (?:any|every|all)? ?(?:questions?|requests?|topics?|users? who))\b"
    r"|\b(?:if|unless|whenever|in case|depending|when (?:the|a|an|you|asked|someone|they|he|she|it|necessary|possible|appropriate|asking|user)"
    r"|where (?:possible|appropriate|needed|necessary)|otherwise|ideally|preferably|optionally|prefer|try to|usually|generally|typically|as needed|feel free|for example"
    r"|can you (?:tell|explain)|would be nice|as an example)\b"
)
# What is told of another text: of a rule, of a prompt to be written, of what somebody says.
_REPORTED = lazy_pattern(
    r"\b(?:saying|telling|stating|asking|explaining|reminding|announcing|reminder that|says? that|tell(?:s|ing)? (?:\w+ )?that|about (?:how|why|whether|a rule)|rule that|requires? that|why|how (?:do|can|to|does|should|would))\b[^.;,]*"
)
_WORK_ON = lazy_pattern(
    r"\b(?:summari[sz]e|translate|rewrite|rephrase|paraphrase|proofread|correct|fix|edit|classify|analy[sz]e|improve|shorten|simplify|convert|review|critique|continue|complete|extract|evaluate|grade|explain|describe|read|answer|tag|label|identify)\b[^:\n]{0,160}:\s*\S"
)
_BLANK = lazy_pattern(r"\n\s*\n")
_EDGE = 500  # characters at both ends of a long request in which it says what is wanted
_LONGEST = 4000  # characters of a sentence that anyone would hold to
_MATERIAL = 120  # characters after a colon that are text to work on
_LASTING = lazy_pattern(
    r"\b(?:from (?:now|here) on|from this point|going forward|henceforth|for the rest of|always|every (?:answer|reply|response|message)|all (?:your )?(?:answers|replies|responses|messages)|never|ab jetzt|in future|until i)\b",
    IGNORECASE,
)
# Whatever tells a constraint says one of these; most sentences say none, and are not read further. They are sought in
# lower case, which is a third of the work of ignoring case.
_READERS: tuple[tuple[regex.Pattern[str], Reader], ...] = tuple(
    (lazy_pattern(hint), read)
    for hint, read in (
        (r"word|sentence|paragraph|line|verse|character|bullet", length.read),
        (
            r"list|name|give|provide|suggest|generat|create|recommend|identify|mention|share|offer|tell|brainstorm|come up|think of|write|what are|which",
            items.read,
        ),
        (
            r"\bno\b|not\b|n['’]t\b|never|avoid|without|refrain|placeholder|highlight|section|emoji|hashtag|title|question|quot|subject|postscript|p\.s\.",
            marks.read,
        ),
        (r"case|caps\b|capital|small letters", casing.read),
        (r"\b(?:in|auf|en|em|use|speak)\b", speech.read),
        (r"json|yaml|xml|csv|table|bullet|numbered", serial.read),
        (r"[\"“„«`'‘’]|\bletter|\bsign|\bcall|mention|avoid|never|not\b|without", wording.read),
        (r"metric|celsius|24.?h", units.read),
        (r"\byes\b|[\"'“]|\b[a-e](?:,| or) ?[a-e]\b|word|letter|number|figure|integer|yyyy|iso", choice.read),
    )
)


@lru_cache(maxsize=8192)
def constraints(text: str) -> tuple[Constraint, ...]:
    """The constraints that a request tells of its response."""
    return tuple(dict.fromkeys(found for sentence in _sentences(text) for found in _read(sentence)))


@lru_cache(maxsize=8192)
def lasting(text: str) -> tuple[Constraint, ...]:
    """Those of a request that hold for later turns too: "from now on, answer in French"."""
    told = (sentence for sentence in _sentences(text) if _LASTING.search(sentence))
    return tuple(dict.fromkeys(found for sentence in told for found in _read(sentence)))


@lru_cache(maxsize=4096)
def standing(system: str) -> tuple[Constraint, ...]:
    """The constraints that a system prompt tells of every response."""
    told = sentences(system)
    found = (one for start, end in told for one in _read(system[start:end]))
    return tuple(dict.fromkeys(one for one in found if one.topic not in ("items",)))


@lru_cache(maxsize=8192)
def _read(sentence: str) -> tuple[Constraint, ...]:
    if len(sentence) > _LONGEST:
        return ()
    folded = sentence.casefold()
    readers = [read for hint, read in _READERS if hint.search(folded)]
    told = Told.of(sentence) if readers else None
    if told is None or _CONDITIONAL.search(told.plain):
        return ()
    shortened = Told(told.text, _REPORTED.sub(lambda match: " " * len(match.group()), told.plain))
    return tuple(found for read in readers for found in read(shortened))


def _sentences(text: str) -> Iterator[str]:
    for part in _parts(text):
        for start, end in sentences(part):
            yield part[start:end]


def _parts(text: str) -> Iterator[str]:
    """Where a request says what is wanted: both ends of a long one, without the material that follows a colon."""
    text = text.strip()
    ends = (text,) if len(text) <= 2 * _EDGE else (text[:_EDGE].rsplit("\n", 1)[0], text[-_EDGE:].split("\n", 1)[-1])
    for end in ends:
        yield from (_without_material(block) for block in _BLANK.split(end))


def _without_material(block: str) -> str:
    match = _WORK_ON.search(block.lower()) if ":" in block and len(block.lower()) == len(block) else None
    if match and len(block) - match.end() > _MATERIAL:
        return block[: match.end() - 1]
    return block
