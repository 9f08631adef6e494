"""Whose voice a response is in: the assistant's own, a persona's, or somebody else's (fiction, ghost-writing, quotation)."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from enum import Enum

import regex

from contralint.patterns import DOTALL, MULTILINE, lazy_pattern
from contralint.records import Record

_NATURE = r"(?:assistants?|ai|a\.i\.|models?|language model|bots?|chatbots?|agents?|copilot|machine|program|llm|system|helper|software|concierge|hub|controller)\b"
_PLAY = (
    r"pretend|role[- ]?play|act(?:ing)? (?:as|like) (?!soon)|imagine|play(?:ing)? the (?:role|part|character)"
    r"|as (?:if|though) you(?:'re| are| were| had)|(?:perspective|viewpoint|point of view|pov|voice|shoes|persona) of"
    r"|in character\b|in[- ]character|suppose (?:you|that you)|what if you were|if you (?:were|had been|had a)|impersonat\w+"
    r"|(?:take|assume|adopt|embody|become|inhabit|give me|channel|be)(?: on| up)? (?:the|a) (?:role|persona|identity|character|part)\b|(?:speak|answer|respond|reply|talk|speaking|writing|write) (?:to me )?(?:as|like) (?:if|though|an?|the|my|you)\b"
    r"|(?:hypothetical|fictional|fictitious|imaginary|made-up|make-believe)|let's (?:play|say you)|be my (?!alarm)|you play\b"
    r"|your character|text adventure|improvi[sz]e|dungeon|your persona|simulat(?:e|ing)|in the style of|introduce yourself as|you(?:'re| are) portraying|first[- ]person (?:story|narrative|account)"
)
_CAST = rf"\byou(?:'re| are|r role is| will be| shall be| act as)(?: now| going to be| to be)? (?:a|an|the|my|acting)\b(?!(?: [\w'-]+){{0,5}} {_NATURE})(?! (?:bit|little|lot|very|good|great|genius|star|lifesaver|best|one|liar))"
_AS_A = rf"(?:^|[.!?\n] ?)as an? (?!(?:[\w-]+ ){{0,3}}{_NATURE})[\w -]{{3,40}}, (?:how|what|describe|write|explain|tell|please|why|give|share|i want|where|recount|talk|who|introduce)"
_OPENS = (
    r"^\s*you(?:'re| are) (?!an? (?:helpful|useful|honest|friendly|smart|ai|virtual|home|personal|digital|assistant|large|language)\b|(?:the best|my hero|my favou?rite|in (?:trouble|luck)|on (?:fire|point))\b)"
    r"(?:now |also )?(?:an?|the|my|our|his|her|in|on|at|inside|trapped|stuck|born|living|standing|sitting|about to|going to be)\b[^?]{3,200}[.!\n]"
)
_ROLE = lazy_pattern(rf"\b(?:{_PLAY})|{_CAST}|{_AS_A}|{_OPENS}")
_KIND = (
    r"(?:stor(?:y|ies)|poem|essay|letter|e-?mail|message|text|note|post|tweet|caption|blog|article|speech|toast|review|diary|journal|entry"
    r"|dialogue|dialog|conversation|script|scene|song|lyrics|monologue|testimonial|bio|biography|resume|cv|statement|paragraph|sentence|haiku"
    r"|joke|quote|quotation|novel|chapter|vow|eulogy|announcement|memo|advertisement|ad|slogan|response|reply|apology|invitation|complaint|excuse"
    r"|anecdote|narrative|account|interview|voicemail|status|comment|line|proposal|limerick|rap|verse|thread|memoir|postcard|passage|piece|sms|copy"
    r"|introduction|feedback|play|fable|tale|skit|transcript|report|recap|log|plan|templates?|draft|version|instructions|translation|exchange)"
)
_WRITE = (
    r"(?:write|draft|compose|re-?write|generate|create|craft|pen|make up|invent|give me|tell (?:me|us)|help me|finish|continue|complete"
    r"|come up with|polish|make|produce|prepare|edit|improve|type up|provide|reply to|respond to|answer this|need|want)"
)
_TRANSFORM = (
    r"\b(?:translate|paraphrase|rephrase|reword|proofread|summari[sz]e|re-?write|transcribe|translation of|correct (?:the|this|these|any|my|all)|fix (?:the|my|any) (?:grammar|spelling|sentence|text)"
    r"|fill in|(?:finish|continue|complete|extend) (?:the|this|my)|how (?:would|do|can|should) (?:you|i|one|we) (?:say|reply|respond|phrase|word|translate)|what (?:should|do|can|would) i (?:say|write|reply|text)"
    r"|convert (?:the|this)|(?:combine|reorder|classify|extract|unscramble|punctuate|simplify) |(?:other|different) words|another way (?:to say|of saying)|synonyms|make (?:it|this|that|my \w+) (?:sound|more|less|\w+er\b)|passive voice|active voice|past tense|present tense|third person|role of the narrator|example sentences?"
    r"|use (?:the|this|these) (?:word|phrase|idiom)s?|in a sentence|(?:^|[.!?\n] ?)(?:please |can you |could you |hey,? )*(?:write|compose|draft|craft|rewrite|re-write|pen|generate) |(?:^|[.!?\n] ?)(?:please )?turn [^.\n]{1,80} into |(?:^|[.!?\n] ?)take (?:the|this|these|a) (?:following|sentence|text|paragraph|passage|word|list) |(?:rap|song|screenplay|monologue|backstory|lyrics)\b)"
)
# Requests that hold the text that they ask about.
_HELD = (
    r"\b(?:read|based on|given|according to|consider) (?:the|this) (?:following|below|above|context|conversation|passage|text|story|dialogue|paragraph)"
    r"|\b(?:context|passage|conversation|dialogue|paragraph|text|sentence|story|article)s? ?:|^\s*[a-z]: |\b(?:did|have|must have) i\b(?! (?:\w+ ){0,2}?(?:hurt|offend|upset|annoy|bother|scare|tell|ask|say to|mention to) you)"
)
_GHOST = lazy_pattern(
    rf"\b{_WRITE}\b(?:[\s,]+[\w'/-]+){{0,9}}?[\s,]+(?<!\byour ){_KIND}s?\b|{_TRANSFORM}|{_HELD}|^\W*(?:an? |the |some |first |opening |my |short |\d+ ){{0,3}}{_KIND}s? (?:of|about|for|from|in|on)\b",
    MULTILINE,
)
_LETTER = lazy_pattern(
    r"^(?:subject|dear|to|from|re)\b[^\n]{0,80}[:,]?\s*\n|^dear [^\n]{1,60}[,:]|^(?:sincerely|best regards|kind regards|yours truly|warm regards|love),?\s*$",
    MULTILINE,
)
_SCRIPT = lazy_pattern(r"^\s*[*_\[(]*[A-Za-z][\w .'-]{0,24}[\])*_]*:[*_]* .*$", MULTILINE)
_GLOSSED = lazy_pattern(r"(?<=\n|^)[ \t]*(?:[-*•]|\d+[.)]) [^\n]{1,60}? ?(?:[-–=] |: )[^\n]*")
# "As Prince Hamlet, I ...": a response that says in whose voice it is.
_AS_NAMED = lazy_pattern(r"\s*As (?:[A-Z][\w']+,? ){1,4}I\b")
_QUOTED = lazy_pattern(
    r"```.*?(?:```|\Z)|`[^`\n]+`|\"[^\"\n]{1,1500}\"|^>.*$|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){2,300}'(?!\w)",
    DOTALL | MULTILINE,
)
_STRAIGHT = (("\u2019", "'"), ("\u2018", "'"), ("\u02bc", "'"), ("\u201c", '"'), ("\u201d", '"'), ("\u00a0", " "))
_EDGE = 500  # characters at each end of a request in which it says what is wanted
_MATERIAL = 700  # characters of a request that cannot but hold text to work on


class Voice(Enum):
    """Who speaks in a response."""

    ITSELF = "itself"
    PERSONA = "persona"
    ANOTHER = "another"
    CHARACTER = "character"


def straight(text: str) -> str:
    """A text with straight quotes and plain spaces, of the same length."""
    if not text.isascii():
        for typographic, typed in _STRAIGHT:
            text = text.replace(typographic, typed)
    return text


def plain(text: str) -> str:
    """A text in lower case with straight quotes, of the same length, so that positions hold."""
    text = straight(text)
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(map(_lower, text))


def unquoted(text: str) -> str:
    """A plain text with quotations, code and script lines blanked, of the same length."""
    if (quoted := _QUOTED.fullmatch(text.strip())) and text.strip()[0] in "\"'":
        text = text.replace(quoted.group()[0], " ")
    text = _QUOTED.sub(_blank, text)
    if len(_SCRIPT.findall(text)) > 2:
        text = _SCRIPT.sub(_blank, text)
    if "\n" in text:
        text = _GLOSSED.sub(_blank, text)
    if letter := _LETTER.search(text):
        text = text[: letter.start()] + " " * (len(text) - letter.start())
    return text


def ends(request: str) -> str:
    """A request without the middle of a long one, which is material."""
    return request if len(request) <= 2 * _EDGE else f"{request[:_EDGE]}\n{request[-_EDGE:]}"


def voice(record: Record) -> Voice:
    """Who speaks in a record's response, as far as its request and its system prompt tell."""
    if record.input.text or len(record.request) > _MATERIAL:
        return Voice.ANOTHER
    request = plain(record.request)
    earlier = plain("\n".join(turn.field.text for turn in record.context if turn.role == "user"))
    if (
        _ROLE.search(request)
        or _ROLE.search(earlier)
        or _CAST_NAME.match(record.request)
        or _AS_NAMED.match(record.response.text)
    ):
        return Voice.CHARACTER
    # A question to the assistant itself ends what it was given to write before.
    if _GHOST.search(request) or (not _ADDRESSED.search(request) and _GHOST.search(earlier)):
        return Voice.ANOTHER
    return system_voice(record.system.text)


def system_voice(system: str) -> Voice:
    """Who a system prompt makes the assistant: a character, a person with a trade, or itself."""
    text = plain(system)
    if _PLAYED.search(text):
        return Voice.CHARACTER
    return Voice.PERSONA if _CAST_PATTERN.search(text) or _NAMED.search(system) else Voice.ITSELF


_CAST_NAME = lazy_pattern(rf"\s*You(?:'re| are) [A-Z][\w'.-]+(?![^.]*\b(?i:{_NATURE}))")
_ADDRESSED = lazy_pattern(r"\byou(?:r|rself)?\b")
_PLAYED = lazy_pattern(
    r"\b(?:pretend|role-?play|in character|act as|imagine|impersonat\w+|play the (?:role|part)|your persona|fictional|character (?:is|named)|speak(?:s|ing)? (?:as|like) an?)\b"
)
_CAST_PATTERN = lazy_pattern(_CAST)
_NAMED = lazy_pattern(rf"\b[Yy]ou are [A-Z][\w'.-]+(?: [A-Z][\w'.-]+)*(?![^.]*\b(?i:{_NATURE}))")


def _blank(match: regex.Match[str]) -> str:
    return " " * len(match.group())


def _lower(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character
