"""What a request, or a system prompt, says outright of how it is to be met: with or without a tool, in part or in whole."""

# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from functools import lru_cache

import regex

from contralint.patterns import IGNORECASE, lazy_pattern

_MEANS = r"(?:tools?|functions?|search(?:es|ing)?|web|internet|online|google|brows(?:e|er|ing)|look(?:ing)? (?:it |this |that |anything )?up|canvas|document|doc|editor|artifact|code|python|calculator|sandbox|interpreter|api|database|query|calls?|plugin|app|terminal|lookup)"
_NOT = r"(?:don't|do not|dont|without|no need to|needn't|never|not|rather than|instead of|skip|avoid|no)"
_WITHOUT = lazy_pattern(
    rf"\b{_NOT}\b(?:\W+(?:using|use|open|opening|call|calling|run|running|doing|do|need|to|a|an|any|the|your|bother|creat\w+|mak\w+|put\w*|it|in|into)\b)*\W+{_MEANS}\b"
    r"|\bfrom memory\b|\boff the top of your head\b|\bin your head\b|\byour (?:own )?(?:best )?(?:guess|knowledge|gut)\b|\bwithout (?:checking|looking|executing|sending|saving|running)\b"
    r"|\b(?:just|right|only|straight|directly)? ?(?:here |write (?:it )?)?(?:in|into) (?:the|this|our|your) (?:chat|conversation|message|reply|answer|response)\b|\bin chat\b|\bas (?:plain )?text\b|\bin words\b"
    r"|\b(?:don't|do not|dont) (?:actually )?(?:run|execute|send|search|google|browse|look|check|book|create|save|open|call|set|add|make|draw|schedule)\b|\broughly\b|\broughly speaking\b|\bballpark\b|\bquick guess\b|\bhypothetical(?:ly)?\b"
    r"|\b(?:show|give|write|tell) me (?:just |only )?the (?:query|sql|code|command|script|call|steps|text|wording|draft)\b|\bwhat would the (?:query|command|code|call)\b|\bhow would you\b|\bno tools?\b|\bbefore you\b",
    IGNORECASE,
)
_WITH = lazy_pattern(
    rf"\b(?:use|using|with|via|through|in|on|from|open|call|run) (?:the |your |a |an |my |our )?(?:[\w-]+ ){{0,2}}?{_MEANS}\b"
    r"|\b(?:search|google|browse)\b(?: (?:the web|online|for|it|up|the internet))?|\blook (?:it|this|that) up\b|\bdouble-?check\b|\bverify\b|\bcheck (?:online|the web|first|live)\b|\b(?:canvas|artifact)\b|\bas a (?:document|file|doc)\b|\bin a (?:new |separate )?(?:document|file|doc)\b|\bsave (?:it|this)\b",
    IGNORECASE,
)
_CONDITION = lazy_pattern(
    r"\b(?:only|unless|if|when|whenever|except|before|after|until|more than|less than|longer|shorter|over|under|at least|at most|instead|otherwise|first|ask|asks|asked|avoid|never|don't|do not|sparingly|needed|necessary|rather than)\b",
    IGNORECASE,
)
# No condition that tells one request from another.
_AS_NEEDED = lazy_pattern(
    r"\b(?:if|when|whenever|where|as|only if|only when)\b(?: (?:it is|it's|they are|you|is|are))? ?(?:needed|necessary|required|appropriate|helpful|useful|relevant|applicable|possible|need to|need them|need it)\b",
    IGNORECASE,
)
_PART = lazy_pattern(
    r"\b(?:only|just) (?:(?:give|show|send|return|output|post|paste|reply with|write|tell|need|want)\b(?: me| us)? ?)?(?:the|that|those|what|this|your|a|one|my)\b|\b(?:just|only) (?:the )?(?:changed?|line|lines|part|fragment|snippet|sentence|section|paragraph|function|diff|fix|value|row|entry|corrected|new)\b"
    r"|\b(?:diff|patch|snippet|fragment|excerpt|hunk)\b|\b(?:the|which|what) (?:changed|new|corrected|updated|edited|fixed|replacement|relevant|affected) (?:line|part|sentence|row|section|paragraph|bit|piece|value|entry|function|clause|rule|word)s?\b|\b(?:i'll|i will|i can|to) paste\b|\bpaste (?:it )?in\b|\bdon't (?:repeat|rewrite|resend|send|give|return|paste|print|need|want)\b|\bno need (?:to|for)\b|\bwithout (?:repeating|rewriting|the rest)\b|\brest (?:is|stays|can)\b|\bwhat (?:would|do i|should i|line|needs?) \w+|\bwhich (?:line|word|part)\b|\bhow (?:do|can|should|would) (?:i|we)\b",
    IGNORECASE,
)
_WHOLE = lazy_pattern(
    r"\b(?:whole|entire|full|complete|completely|in full|everything|all of it|entirety|ready to (?:paste|copy|use|send|print)|copy-?paste|start to finish|from scratch|rewrite|re-write|redo|return the (?:updated|corrected|edited|new|modified|fixed|revised)|(?:updated|final|finished|corrected|clean|revised|edited) (?:version|file|text|document|list|draft|copy))\b",
    IGNORECASE,
)
_SCOPE_RULE = lazy_pattern(
    r"\b(?:diff|patch|fragment|snippet|whole|entire|full|complete|changed|unchanged|rewrite|edit(?:s|ed|ing)?|targeted|minimal|replace(?:ment)?)\b",
    IGNORECASE,
)


@lru_cache(maxsize=65536)
def tool_wishes(text: str) -> frozenset[str]:
    """Whether a text asks outright for a tool ("with"), or to do without one ("without")."""
    said = []
    if _WITHOUT.search(text):
        said.append("without")
    if _WITH.search(_WITHOUT.sub(" ", text)):
        said.append("with")
    return frozenset(said)


@lru_cache(maxsize=65536)
def scope_wishes(text: str) -> frozenset[str]:
    """Whether a text asks for the changed part alone ("part"), or for all of a document ("whole")."""
    return frozenset(name for name, pattern in (("part", _PART), ("whole", _WHOLE)) if pattern.search(text))


@lru_cache(maxsize=4096)
def conditional_policy(system: str, names: frozenset[str]) -> bool:
    """Whether a system prompt says when tools are to be used: a rule that may part requests which look alike."""
    words = [name.replace("_", " ").replace("-", " ").split()[-1] for name in names]
    means = lazy_pattern(
        rf"\b(?:{_MEANS}|{'|'.join(map(regex.escape, sorted([*names, *words]))) or 'tool'})", IGNORECASE
    )
    return any(means.search(line) and _CONDITION.search(line) for line in _lines(_AS_NEEDED.sub(" ", system)))


def scope_policy(system: str) -> bool:
    """Whether a system prompt says when a part and when the whole of a document is to be given."""
    return any(_SCOPE_RULE.search(line) and _CONDITION.search(line) for line in _lines(system))


def _lines(text: str) -> list[str]:
    return [line for line in regex.split(r"(?<=[.!?;])\s+|\n", text) if line.strip()]
