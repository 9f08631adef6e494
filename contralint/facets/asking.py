"""What kind of thing a request asks for: the act, what it is to make, and whether it is about the present or in general.

Two requests of one kind call for the same behaviour: "MSFT price?" and "what's AMD trading at?".
"""

# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from contralint.facets.errands import DONE, act_of
from contralint.facets.masked import Masked, masked
from contralint.models.lexicon import FRAMES, may_be_framed
from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.words import content_words, sentences, stem

Time = Literal["live", "past", ""]

_OPEN_ACTS = frozenset(("edit", "explain", "recommend", "tell", "summarise", "run"))

_PLANNED = lazy_pattern(
    r"^(?:\w+\W+){0,3}?(?:write|draft|compose|pen|type up|put together|prepare|create|generate|make|produce|build|design|code|need|give)\b(?: up| together| out)?(?:\W+(?:me|us|him|her))?\W+(?:(?:an?|the|my|our|some|another|it|\d+)\W+)*"
    r"(?P<kind>(?:[\w'/+-]+\s+){0,4}?[\w'/+-]+?)(?=\s+(?:about|on|for|that|to|which|of|in|with|from|as|by|using|and|where|who|explaining|describing|comparing|covering|saying|asking|telling|announcing|inviting|introducing|it)\b|\s*[.,:;!?(\n-]|\s*$)",
    IGNORECASE,
)
_SIZE = lazy_pattern(
    r"\b(?:short|shorter|brief|briefly|long|longer|lengthy|detailed|quick|tiny|full|in-depth|comprehensive|mini|concise|thorough|(?:one|two|three|four|five|single|few|some|couple)[- ](?:of )?(?:word|line|sentence|paragraph|page|verse)s?|(?:some|\d+)[- ]?(?:words?|lines?|sentences?|paragraphs?|pages?)|one-liner|in a (?:word|sentence|nutshell))\b",
    IGNORECASE,
)
_GENERAL = lazy_pattern(
    r"^(?:so |and |but )?(?:how (?:do|does|can|could|should|would|to|come)\b(?! (?:i get (?:to|from)|it look))|why\b|what(?:'s| is| are| was| were) (?:an? (?!latest|current)|the (?:difference|meaning|definition|purpose|point|history|origin|best way|typical|usual|average|role|rule|goal)|it\W*$)|what (?:does|do|did) .{1,60}\b(?:mean|do|stand for|measure|describe|refer to|involve|consist)\b|(?:which|what) (?:command|function|formula|method|shortcut|button|setting|syntax|keyword)\b|what should .{0,30}\b(?:contain|include)|explain|describe|define|teach me|tell me (?:about|how|why)|who (?:founded|invented|discovered|wrote|built|painted|created|first)\b|when (?:was|were|did) .{0,60}\b(?:founded|invented|discovered|written|built|born|introduced|start|begin|end)\b|should i|can (?:i|we)\b(?! (?:get|have|see)\b)|is it (?:safe|ok|okay|legal|possible|better|worth|normal)|can you explain|what (?:makes|causes|determines)\b|do you (?:like|think|prefer|have)|(?:what|which|how) .{0,30}\bdo you (?:keep|offer|sell|accept|ship|support|collect|provide)\b|how (?:many|much) [\w ]+ (?:do|does) (?!we\b|i\b|our\b|my\b|you\b)|(?:what|which|who)(?:'s| is| are) your\b|is [\w ]+ hard to\b|how (?:long|often|much) (?:does|do|should)\b)"
    r"|\b(?:usually|typically|generally|normally|on average|in general|traditionally|historically|in theory|pros and cons|difference between|how .{0,30} works?)\b",
    IGNORECASE,
)
_LIVE = lazy_pattern(
    r"\b(?:right now|now|currently|current|today|today's|tonight|tomorrow|yesterday|yesterday's|this (?:week|weekend|morning|afternoon|evening|month|year|quarter)|latest|recent|recently|newest|last (?:night|week)|at the moment|so far|live|up to date|breaking|upcoming|next (?:week|weekend)|still|as of|these days|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend)\b",
    IGNORECASE,
)
_PAST = lazy_pattern(
    r"\b(?:1\d{3}|200\d|201\d)\b|\b(?:first|original|ancient|medieval|century|historical|ever|invented|founded|former)\b",
    IGNORECASE,
)
_STATES = lazy_pattern(
    r"(?:it|it's|its|there|they|we|i|i'm|i've|he|she|the|this|that|my|our|today|tomorrow|according|as)\b(?!\W+(?:would like|want|need|wonder))|[\p{Lu}\d][\w.'’-]*(?:\s+[\w.'’-]+){0,4}?\s+(?:is|are|was|were|has|have|had|says|said|costs|closed|won|lost)\b",
    IGNORECASE,
)
_ALSO = lazy_pattern(
    r"\band (?:then )?(run|execute|test|send|save|email|post|plot|book|open|print|upload|share|translate|summari[sz]e)\b",
    IGNORECASE,
)
_OWN = lazy_pattern(r"\b(?:my|our|i|we|me|us)\b", IGNORECASE)
_GIVEN = lazy_pattern(
    r"\b(?:given|assuming|suppose|provided|based on|considering|knowing)\b|^(?:at|with|if|for) [^,?]+,",
    IGNORECASE,
)
_SERIES = 3  # numbers that are data to work on
_STATEMENT = 4  # words of a sentence that tells something
_BARE_SPACE = lazy_pattern(r"\s+")
_OPENING = 240  # characters of a request that say what kind it is


@dataclass(frozen=True)
class Asking:
    """What kind of thing a request asks for.

    Attributes:
        act: Such as "translate", "compose" or, of a question or a search, "tell".
        kind: The request as it is compared with others: for an act that says it all the act alone, for a text to
            write the sort of text, else the request with its material masked.
        head: Stem of the sort of text to write, such as "letter"; empty for other acts.
        size: Words on how long the answer should be.
        general: Whether knowledge in general is asked for rather than one present case.
        time: Whether the request speaks of the present, of the past, or of neither.
        topic: Stems that carry its meaning once the material is masked.
        slots: Sorts of material in it, as `masked` names them, and "series" for several numbers.
        also: Further acts that it asks for, as in "write a script and run it".
        own: Whether it is about something of the user's own.
        told: How many sentences tell something rather than ask for it: they may hold the answer.
    """

    act: str
    kind: str
    head: str
    size: frozenset[str]
    general: bool
    time: Time
    topic: frozenset[str]
    slots: frozenset[str]
    also: frozenset[str]
    own: bool
    told: int

    @property
    def telling(self) -> bool:
        """Whether the act alone says what kind of request it is."""
        return self.act not in _OPEN_ACTS and self.act != "compose" and not self.act.startswith(DONE)


@lru_cache(maxsize=65536)
def asking(request: str) -> Asking:
    """Reads what kind of thing is asked for from the wording of a request, without its material."""
    plain = _mannerless(request[:_OPENING])
    hidden = masked(request[:_OPENING])
    act = act_of(plain)
    general = bool(_GENERAL.search(plain)) or (act == "tell" and bool(_GENERAL.search(_mannerless(hidden.text))))
    genre = _genre(plain) if act == "compose" else ""
    return Asking(
        act="tell" if act == "translate" and general and not plain.lower().startswith("how") else act,
        kind=_kind(act, genre, hidden),
        head=stem(genre.split()[-1]) if genre else "",
        size=frozenset(match.lower() for match in _SIZE.findall(hidden.text)),
        general=general and act not in ("translate", "convert", "calculate"),
        time=_time(plain),
        topic=frozenset(content_words(_LIVE.sub(" ", hidden.text))) - {"some"},
        slots=frozenset(hidden.slots) | ({"series"} if hidden.slots["number"] >= _SERIES else set()),
        also=frozenset(match.lower() for match in _ALSO.findall(plain)),
        own=bool(_OWN.search(plain)),
        told=_told(request[:_OPENING]),
    )


def _kind(act: str, genre: str, hidden: Masked) -> str:
    if act == "compose":
        return f"write a {genre}" if genre else hidden.text
    return _BARE_SPACE.sub(" ", _LIVE.sub("", hidden.text)) if act in _OPEN_ACTS or act.startswith(DONE) else act


def _genre(plain: str) -> str:
    found = _PLANNED.match(plain)
    return _SIZE.sub(" ", found["kind"]).strip().lower() if found else ""


def _time(plain: str) -> Time:
    if _LIVE.search(plain):
        return "live"
    return "past" if _PAST.search(plain) else ""


def _told(text: str) -> int:
    spoken = [text[start:end] for start, end in sentences(text)]
    statements = [said for said in spoken if len(said.split()) >= _STATEMENT and not said.rstrip().endswith("?")]
    given = bool(_GIVEN.search(text))
    return given + (sum(bool(_STATES.match(said)) for said in statements) if len(spoken) > 1 else 0)


def _mannerless(text: str) -> str:
    plain = _BARE_SPACE.sub(" ", text).strip()
    for frame in FRAMES if may_be_framed(plain) else ():
        plain = frame.sub("", plain)
    return plain or text
