"""Whether a response does nothing but ask for more: what is wanted, or what is missing."""

# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from functools import lru_cache

from contralint.facets.asking import asking
from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.words import sentences

_COURTESY = lazy_pattern(
    r"^(?:sure|of course|certainly|absolutely|gladly|happy to|yes|no problem|great|good|nice|okay|ok|a good|thanks|thank you|with pleasure|i(?:'d| would| can|'ll| will|'m)? (?:love|be (?:happy|glad|delighted)|can (?:help|do)|help|happy|glad|need|just need|don't see|do not see|want to make)|to (?:help|give|make|get|do|find|narrow|tailor|start)|before i|so (?:that )?i can|just (?:a|one|two|some)|let me|let's|please (?:let me know|tell|share|provide|paste|give|send|specify)|tell me|that (?:depends|will help)|it (?:depends|looks like|seems)|could use|one (?:quick )?(?:question|thing)|a few (?:questions|details|things))\b",
    IGNORECASE,
)
_SUGGESTS = lazy_pattern(
    r"^(?:how about|what about|why not|why don't|did you know|have you (?:tried|considered|thought|ever)|isn't|wouldn't it|shall (?:we|i)|may i suggest|or (?:maybe|perhaps))\b",
    IGNORECASE,
)
_ADDRESSED = lazy_pattern(r"\b(?:you|your|you'd|you're)\b", IGNORECASE)
_OPENS = lazy_pattern(
    r"^(?:(?:and|so|also|or|for|at|in|on|to|with|from|by|about|of|since) )*(?:what|which|how|when|where|who|whose|whom|is|are|do|does|did|will|would|can|could|should|any|has|have)\b",
    IGNORECASE,
)
# Requests to which a question may be the answer.
_QUESTION_WANTED = lazy_pattern(
    r"\b(?:ask|quiz|questions?|riddle|interview|pretend|act as|role|you are|you're|i say|let's|conversation|dialogue|icebreaker|trivia|joke|knock|caption|say|respond|reply|continue|complete|finish|paraphrase|rephrase|correct|rewrite|punctuate)\b",
    IGNORECASE,
)
_LONG = 22  # words of a sentence that says more than a courtesy
_MOST = 5  # sentences of a question back


@lru_cache(maxsize=65536)
def asks_back(request: str, response: str) -> bool:
    """Whether a response is a question back and nothing else."""
    said = [response[start:end].strip() for start, end in sentences(response)]
    asked = [sentence for sentence in said if sentence.rstrip(" )\"'").endswith("?")]
    if not asked or len(said) > _MOST or any(map(_SUGGESTS.match, asked)):
        return False
    if not all(sentence in asked or _is_courtesy(sentence) for sentence in said):
        return False
    if _QUESTION_WANTED.search(request) or asking(request).act == "translate":
        return False
    polite = len(asked) < len(said)
    addressed = any(map(_ADDRESSED.search, asked))
    if asking(request).act == "compose":
        return addressed
    return addressed or polite or all(_OPENS.match(sentence) for sentence in asked)


def suggests(response: str) -> bool:
    """Whether a response answers in the form of a question: "How about Pippin?"."""
    return bool(_SUGGESTS.match(response.strip()))


def _is_courtesy(sentence: str) -> bool:
    return bool(_COURTESY.match(sentence)) and len(sentence.split()) <= _LONG
