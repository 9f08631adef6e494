"""Whether the contexts of two records allow one answer to serve both.

Requests are compared by models; system prompts, earlier turns and material by what they say, since any of them
may call for another answer to the same words.
"""

from __future__ import annotations

from collections.abc import Iterator

from contralint.facets.request import parts
from contralint.patterns import DOTALL, IGNORECASE, lazy_pattern
from contralint.records import Record
from contralint.words import content_words, normalise, words

# A system prompt that says nothing but that there is an assistant, and that it should be good.
_GENERIC = lazy_pattern(
    r"\b(?:assistant|chatbot|ai|llm|language|model|helpful|harmless|honest|friendly|kind|polite|respectful|smart"
    r"|intelligent|"
    r"user|users|question|questions|request|answer|answers|respond|response|responses|help|best|ability|always"
    r"|accurate|accurately|detailed|concise|"
    r"clear|clearly|correct|knowledgeable|chat|conversation|below|instruction|task|complete|appropriately"
    r"|describes|carefully|possible|useful|good|great|"
    r"safe|safely|truthful|truthfully|trained|large|virtual|digital|expert|general|purpose|curious|human"
    r"|artificial|intelligence|follow|instructions|provide)\b",
    IGNORECASE,
)
_GENERIC_LENGTH = 40  # words; a longer prompt says more than that

# Words by which a request leans on what was said before it.
_LEANING = lazy_pattern(
    r"\b(?:it|its|they|them|their|that|those|these|this|he|she|his|her|him|above|previous|earlier|again|instead"
    r"|same|former|latter|first one|"
    r"second one|else|more|another|other|also|too|continue|go on|both|either|neither|shorter|longer|better"
    r"|and you|what about|how about|why not|yes|no|ok|okay|sure|thanks)\b",
    IGNORECASE,
)
_SELF_CONTAINED = 2  # content words that a request needs to mean the same at any point of a conversation
SPELT_OUT = 40  # words of material that a request can hold without its being a text of its own
_QUOTED = lazy_pattern(r"```.*?```|\"[^\"\n]{3,}\"|“[^”\n]{3,}”|`[^`\n]+`", DOTALL)


def same_context(first: Record, second: Record) -> bool:
    """Whether nothing in the contexts of two records calls for different answers."""
    return next(differing(first, second), None) is None


def differing(first: Record, second: Record) -> Iterator[str]:
    """Parts of the contexts of two records that call for different answers."""
    if not same_system(first.system.text, second.system.text):
        yield "system prompt"
    if not _alike_turns(first, second):
        yield "earlier turns"
    if {tool.name for tool in first.tools} != {tool.name for tool in second.tools}:
        yield "tools"
    if not same_material(_material(first), _material(second)):
        yield "material"


def same_system(first: str, second: str) -> bool:
    """Whether two system prompts are the same, or both say no more than "you are a helpful assistant"."""
    if normalise(first) == normalise(second):
        return True
    return _is_generic(first) and _is_generic(second)


def _is_generic(system: str) -> bool:
    said = words(system)
    if len(said) > _GENERIC_LENGTH:
        return False
    return all(_GENERIC.fullmatch(word) for word in said if content_words(word))


def same_turns(first: Record, second: Record) -> bool:
    """Whether the same was said before both requests."""
    before = [tuple(normalise(turn.field.text) for turn in record.context) for record in (first, second)]
    return before[0] == before[1]


def _alike_turns(first: Record, second: Record) -> bool:
    return same_turns(first, second) or all(_stands_alone(record.request) for record in (first, second))


def _stands_alone(request: str) -> bool:
    return not _LEANING.search(request) and len(content_words(request)) >= _SELF_CONTAINED


def _material(record: Record) -> str:
    """The input, and what the instruction holds or quotes: what is worked on, not what is asked."""
    taken_apart = parts(record)
    return "\n".join([taken_apart.material, *_QUOTED.findall(taken_apart.ask)]).strip()


def same_material(first: str, second: str) -> bool:
    """Whether two requests are given the same words to work on: in a long text, one word can turn the answer."""
    ours, theirs = normalise(first), normalise(second)
    if ours == theirs:
        return True
    if not ours or not theirs:
        # One side spells out in its request what the other gives as input: the requests' own comparison decides.
        return max(ours.count(" "), theirs.count(" ")) < SPELT_OUT
    return words(ours) == words(theirs)
