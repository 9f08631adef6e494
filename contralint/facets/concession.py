"""A response that declines in so many words and answers in part all the same."""

from __future__ import annotations

from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.words import sentences

_DECLINES = lazy_pattern(
    r"\bi(?:['’]m|\s+am)?\s+(?:sorry,?\s+(?:but\s+)?i\s+)?(?:can(?:['’]t|not|\s+not)|won['’]t|will\s+not"
    r"|not\s+able\s+to|unable\s+to"
    r"|must\s+decline\s+to|don['’]t\s+feel\s+comfortable|do\s+not\s+feel\s+comfortable)\s+(?:\w+ly\s+)?"
    r"(?:provid|giv|help|writ|recommend|list|shar|discuss|creat|go\s+into|offer|assist|generat|explain|describ"
    r"|suggest|produc|criticis|reveal|disclos|reprint|reproduc|translat|walk\s+you|spell\s+out"
    r"|tell\s+you\s+how|endors|promot|mak(?:e|ing)\s+(?:jokes|fun))",
    IGNORECASE,
)
# What leads over from declining to answering, and what looks like it but only offers other help or lectures on.
_TURNS = lazy_pattern(
    r"^\W*(?:however|that said|still|but|nevertheless|having said that|with that said|in general"
    r"|generally(?: speaking)?"
    r"|in general terms|broadly speaking|what i can (?:say|tell|share|offer)|i can,? (?:however|though|still)?,? ?"
    r"(?:say|tell|share|explain|describe)|as a general)\b",
    IGNORECASE,
)
_OFFERS = lazy_pattern(
    r"\b(?:i (?:can|could|would|am) (?:be |happy|glad|help|assist|offer|provide|suggest|recommend|encourage|like"
    r"|here|able)"
    r"|i['’](?:m|d) (?:happy|glad|here|be|like|willing|sorry)|i (?:strongly )?(?:encourage|urge|recommend|suggest"
    r"|advise|hope|must)"
    r"|feel free|let me know|would you like|please|if you|it(?:['’]s| is) (?:important|crucial|essential|always"
    r"|best|never|not)"
    r"|consider|instead|seek|consult|contact|reach out|remember|should (?:always|never|be)|ethical|illegal"
    r"|respect|harmful"
    r"|guidelines|my (?:purpose|role|programming|goal)|as an ai)\b",
    IGNORECASE,
)
# What greets, praises or pities whoever asks says nothing of what was asked.
_ADDRESSES = lazy_pattern(
    r"\b(?:you|your|you['’]re|thank|thanks|great|lovely|sounds|understand|idea)\b|[!?]", IGNORECASE
)
_QUOTED = lazy_pattern(r'"[^"\n]*"|“[^”\n]*”')
_SUBSTANCE = 7  # words of a sentence that says something


def concedes(response: str) -> bool:
    """Whether one sentence declines to give what was asked, and another gives a part of it."""
    said = [_QUOTED.sub("", response[start:end]) for start, end in sentences(response)]
    declining = next((number for number, sentence in enumerate(said) if _DECLINES.search(sentence)), None)
    if declining is None:
        return False
    before = any(_says_something(sentence) and not _ADDRESSES.search(sentence) for sentence in said[:declining])
    return before or any(_TURNS.search(sentence) and _says_something(sentence) for sentence in said[declining + 1 :])


def _says_something(sentence: str) -> bool:
    return len(sentence.split()) >= _SUBSTANCE and not _OFFERS.search(sentence) and not _DECLINES.search(sentence)
