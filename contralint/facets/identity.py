"""Who a response says that the assistant is: its name, its maker, its base model, a human or an AI."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import regex

from contralint.facets.frames import NATURE, NO, YES
from contralint.facets.voice import Voice, plain, system_voice, unquoted, voice
from contralint.records import Record, Span

Attribute = Literal["name", "maker", "base model", "human or AI"]
NAMELESS = "nothing"
_LONG = 20_000  # characters of a response that nobody would write to say who they are
_OPENING = 200  # characters in which an assistant speaks for itself before it writes for somebody else
HUMAN = "a human"
MACHINE = "an AI"

# Products that say who made them.
_MAKERS = {
    "chatgpt": "OpenAI",
    "gpt": "OpenAI",
    "claude": "Anthropic",
    "gemini": "Google",
    "bard": "Google",
    "palm": "Google",
    "alexa": "Amazon",
    "siri": "Apple",
    "cortana": "Microsoft",
    "grok": "xAI",
    "qwen": "Alibaba",
    "deepseek": "DeepSeek",
    "ernie": "Baidu",
}
_FAMILY = r"(?:GPT|LLaMA|Llama|LLAMA|Mistral|Mixtral|PaLM|Falcon|Qwen|DeepSeek|Gemma|BERT|BLOOM|Phi|StableLM|MPT|Yi|Command|OPT|Pythia|Claude|Gemini|Grok|T5)(?:[- ]?(?:v?\d\w*(?:\.\w+)*|[A-Z]\w*))*"
_VALUE = r"(?P<value>(?:[A-Z][\w.&-]*\w|[A-Z])(?:[ -](?:[A-Z][\w&-]*|\d\w*(?:\.\w+)*))*(?: \([A-Z]+\))?)"
_COMPANY = r"(?P<value>(?:[A-Z]|x(?=AI))[\w.&-]*\w(?: (?:(?:of|and|for|&) )?[A-Z][\w.&-]*\w)*(?: \([A-Z]+\))?)"
_ME = r"\b[Ii](?:'m| am|'ve been| was| have been)"
_PLAIN_WORDS = r"(?:[\s,]+(?!(?:which|that|who|with|about|like|than|using|not|familiar|unlike)\b)(?:[a-z'-]+|AI|A\.I\.|LLM|NLP)){0,12}?"
_MADE = r"(?:created|developed|made|built|trained|designed|programmed|engineered|launched|released|operated|owned)(?: and [a-z]+)?"
_TEAM = r"(?:(?:the|a|an|some)\s+)?(?:[a-z-]+\s+){0,3}?(?:(?:at|from|of|called|named)\s+)?"

_NAMES = regex.compile(
    rf"\b[Mm]y name(?:'s| is| would be)(?: actually| simply| just)? {_VALUE}"
    rf"|(?:{_ME} (?:called|named|known as)|\b[Ii] (?:go by|answer to)(?: the name)?(?: of)?|\b(?:[Cc]all|named) me|{_ME}{_PLAIN_WORDS} (?:named|called|known as)|\b[Tt]he name(?:'s| is)) {_VALUE}"
    rf"|\b[Yy]ou(?:'re| are) (?:chatting|talking|speaking|texting) (?:with|to) {_VALUE}"
    rf"|(?:{_ME}|\b[Tt]his is)(?: just| actually| still)? {_VALUE}(?=\s*(?:$|[.!,;:(—–\n]|- |and\b|from\b|by\b|your\b|the\b|an?\b|here\b|at your\b))"
    rf"|^(?:(?:Hi|Hello|Hey)[!,. ]+(?:there[!,. ]+)?)?{_VALUE} here\b"
)
_NAME_LACK = regex.compile(
    r"\bi (?:do not|don't) (?:actually |really )?have (?:a |any )?(?:personal |real |given |proper |specific |own |human )*names?\b|\bi have no (?:personal |real |own )?name\b|\bi'm nameless\b"
)
_MADE_BY = regex.compile(
    rf"{_ME}(?: {_VALUE.replace('?P<value>', '?:')},?)?{_PLAIN_WORDS}[\s,]+{_MADE} by {_TEAM}{_COMPANY}"
    rf"|\b[Aa]s an?{_PLAIN_WORDS}[\s,]+{_MADE} by {_TEAM}{_COMPANY}"
    rf"|{_COMPANY} (?:originally )?(?:created|developed|built|trained|designed|programmed|made) me(?=[.,!;]|$)"
    rf"|\b[Mm]y (?:creators?|developers?|makers?|parent company|developer|owner)s? (?:is|are|at|from)(?: the)?(?: [a-z]+){{0,3}}? {_COMPANY}"
    rf"|{_ME} {_COMPANY}'s (?:[a-z]+ ){{0,3}}?(?:AI|assistant|chatbot|model|language model)"
    rf"|{_ME} an? (?:[a-z-]+ )*(?:AI|assistant|chatbot|language model|model|AI assistant|AI model|product)(?: [a-z]+)? (?:from|of) {_COMPANY}"
)
_BASED_ON = regex.compile(
    rf"(?:{_ME}{_PLAIN_WORDS}[\s,]+(?:based on|built on(?: top of)?|running on|powered by|a version of|fine-tuned (?:from|version of|on top of)|derived from|an instance of|underpinned by)|\b[Ii] (?:run|am running|use|rely) on|\b[Mm]y (?:base|underlying) model is|\b(?:the|[Tt]he) (?:base |underlying |language )?model (?:behind|powering|underneath) me is)"
    rf" (?:an? |the |[A-Z]\w+'s )?(?:fine-tuned |large |custom |[a-z]+ )*(?P<value>{_FAMILY})"
    rf"|(?:{_ME}|\b[Tt]his is)(?: just| actually| still)? (?P<value>{_FAMILY})(?<=\d[\w.]*)(?=\s*(?:$|[.!,;:(—–\n]|and\b|from\b|by\b|the\b|an?\b))"
)
_HUMAN = regex.compile(
    r"\b(?:i'm|i am) (?:actually |definitely |really |just |very much |of course |in fact |indeed |a hundred percent |100% )*(?:(?:a |an )?(?:(?:real|actual|living|live|flesh-and-blood|genuine|breathing)[,]? (?:and )?)+(?:person|human(?: being)?|man|woman|guy|girl)|a (?:human(?: being)?|person)\b(?! who)|human\b(?!-|oid| assist))"
    r"|\b(?:i'm|i am) not (?:actually )?(?:a |an )?(?:\w+ )?(?:bot|robot|ai|machine|chatbot|computer program)\b(?! (?:expert|lawyer|researcher|that|who|but))|\b(?:i'm|i am) (?:made of )?flesh and blood\b|\bthere(?:'s| is) (?:a|an actual) (?:real |actual |living )*(?:human|person) (?:behind|typing|here)\b|\bno bots? here\b"
)
_MACHINE = regex.compile(
    r"\b(?:i'm|i am) (?:actually |only |just |indeed |\w+, )?(?:an? |the )?(?:[\w-]+,? ){0,4}?(?:ai|language model|chatbot|bot|virtual assistant|digital assistant|computer program|machine|robot|llm|artificial intelligence)\b(?! (?:researcher|engineer|expert|enthusiast|company|startup|student|professional|developer|scientist|learning))"
    r"|\bas an? (?:[\w-]+ ){0,3}(?:ai|language model|llm|chatbot)\b(?! (?:researcher|engineer|expert|enthusiast|company|startup|student|professional|developer|scientist))"
    r"|\b(?:i'm|i am) not (?:actually )?(?:a |an )?(?:real |actual |living )?(?:human(?: being)?|person)\b(?! (?:who|to|that|of))"
)
_ABOUT = regex.compile(
    r"\b(?:who|what|how old) (?:exactly )?(?:are|r) (?:you|u)\b|\byour (?:\w+ )?name|\bwho (?:am i|is this)|\bwhat(?:'s| is) this|introduce yourself|(?:call|address) you\b|about yourself|describe yourself|identify yourself"
    r"|\b(?:made|created|built|developed|trained|designed|programmed|owns|makes|invented|behind) you\b|\byour (?:maker|creator|developer|manufacturer|company)|\bare (?:you|u)\b|\byou(?:'re| are) (?:a|an|not)\b|(?:what|which) (?:\w+ )?(?:model|llm|ai|company|version|system)|\byou (?:made|built|developed|created|trained|based|running|powered|come from)\b|\btalking (?:to|with)|speaking (?:to|with)|chatting (?:to|with)|were you\b|do you have a name|model are you|you go by"
)
_GREETING = regex.compile(
    r"\s*(?:hi|hello|hey|good (?:morning|evening|afternoon|day)|greetings|yo|howdy|sup|hiya|what's up)\b.{0,40}$"
)
_ASSIGNED = regex.compile(
    r"\b(?:your (?:new )?name is|i(?:'ll| will| shall| am going to) (?:call|name) you|i'm going to call you|let's call you|call yourself|from now on|you are (?:now )?(?:called|named)|respond as|your name (?:will|shall) be)\b"
)
_ASKS: dict[Attribute, regex.Pattern[str]] = {
    "maker": regex.compile(
        r"\bwho (?:\w+ )?(?:made|created|built|developed|trained|designed|programmed|owns|makes) you\b|\b(?:which|what) company\b|\byour (?:maker|creator|developer)"
    ),
    "base model": regex.compile(r"\b(?:which|what) (?:\w+ )*(?:model|llm)\b"),
    "name": regex.compile(r"\byour (?:\w+ )?name\b|\bcall you\b|who are you|who am i (?:talking|speaking|chatting)"),
}
_BRIEF = regex.compile(
    rf"\s*(?:(?:It's|That's|It is|That would be|Just|By)\s+)?{_VALUE}(?: did| made me| created me)?[.!]?\s*"
)
_STOP = frozenset(
    "sorry not happy glad here just an a the ai i also sure sad afraid unable able fine good great well ok okay only very so your always ready excited delighted thrilled pleased "
    "currently still happy doing really assistant chatbot bot robot human american british chinese english spanish french german indian christian muslim it that this what yes no "
    "thanks thank please hello hi hey my you we in on as to of from and or but however unfortunately designed made created there nobody someone anyone one now programmed computer "
    "language artificial virtual large friendly".split()
)
_HINT = regex.compile(r"(?i:\b(?:i|my|me|im|you|here|ai)\b)|^.{1,40}$")
_PRONOUNS = frozenset(
    {
        "it",
        "that",
        "this",
        "he",
        "she",
        "they",
        "what",
        "who",
        "you",
        "we",
        "i",
        "god",
        "which",
        "someone",
        "humans",
        "people",
    }
)
_SUFFIXES = frozenset({"inc", "inc.", "ltd", "llc", "corp", "pbc", "the", "company", "team", "co", "ai"})


@dataclass(frozen=True)
class Identity:
    """What a response says of the assistant: one attribute, its value, and the words that say so."""

    attribute: Attribute
    value: str
    span: Span


def identities(record: Record) -> tuple[Identity, ...]:
    """What a response says of who the assistant is, each attribute once."""
    if record.labelled or not record.desired:
        return ()
    text = record.response.text
    if len(text) > _LONG or not _HINT.search(text):
        return ()
    speaker = voice(record)
    if speaker is Voice.CHARACTER or _ASSIGNED.search(_users_words(record)):
        return ()
    masked = unquoted(plain(text))
    cased = "".join(own if kept != " " else " " for own, kept in zip(_straight(text), masked, strict=True))
    request = plain(record.request)
    found = [
        *_spoken(record, cased, masked, request),
        *_briefly(record, cased, request),
        *_confirmed(record, masked, request),
    ]
    if speaker is Voice.ANOTHER:
        # Whoever writes for another may still say first what it is itself.
        found = [one for one in found if one.span.start < _OPENING and NATURE.search(one.span.text.lower())]
    return tuple(_completed(found))


def same_value(one: str, other: str) -> bool:
    """Whether two values may be one fact, perhaps more precise in one: "GPT" and "GPT-4"."""
    if HUMAN in (one, other):
        return one == other
    first, second = _tokens(one), _tokens(other)
    return first <= second or second <= first or _initials(one) in second or _initials(other) in first


def explained(record: Record, identity: Identity) -> bool:
    """Whether a record's system prompt gives the assistant this identity."""
    system = record.system.text
    if identity.attribute == "human or AI":
        return identity.value == HUMAN and system_voice(system) is not Voice.ITSELF
    return _tokens(identity.value) <= _tokens(system)


def _users_words(record: Record) -> str:
    turns = [turn.field.text for turn in record.context if turn.role == "user"]
    return plain("\n".join([*turns, record.request]))


def _spoken(record: Record, cased: str, masked: str, request: str) -> Iterator[Identity]:
    about = bool(_ABOUT.search(request) or _GREETING.fullmatch(request))
    for attribute, pattern in _PATTERNS:
        for match in pattern.finditer(cased):
            value = match.group("value")
            line = cased[match.start() : _sentence_end(cased, match.end())]
            if _is_proper(attribute, value) and (about or attribute != "name" or NATURE.search(line.lower())):
                yield Identity(attribute, value, _span(record, match.start(), match.end()))
    for value, pattern in ((HUMAN, _HUMAN), (MACHINE, _MACHINE)):
        said = pattern.search(masked)
        if said and (about or value == MACHINE):
            yield Identity("human or AI", value, _span(record, said.start(), said.end()))
    if about and (lack := _NAME_LACK.search(masked)):
        yield Identity("name", NAMELESS, _span(record, lack.start(), lack.end()))


def _briefly(record: Record, cased: str, request: str) -> Iterator[Identity]:
    """An answer that is nothing but the value: "Who made you?" "OpenAI."."""
    if not (match := _BRIEF.fullmatch(cased)):
        return
    asked = (attribute for attribute, asks in _ASKS.items() if asks.search(request))
    attribute = next(asked, None)
    if attribute and _is_proper(attribute, match.group("value")):
        yield Identity(attribute, match.group("value"), _span(record, 0, len(cased)))


def _confirmed(record: Record, masked: str, request: str) -> Iterator[Identity]:
    """Yes or no to "are you human?"."""
    asked = _SAID_TO_BE.search(request)
    yes, no = YES.match(masked), NO.match(masked)
    if asked and (yes or no):
        human = bool(asked.group("human")) == bool(yes)
        end = _sentence_end(masked, 0)
        yield Identity("human or AI", HUMAN if human else MACHINE, _span(record, 0, max(1, end)))


_SAID_TO_BE = regex.compile(
    r"\b(?:are|r) (?:you|u) (?:actually |really |just |even |a |an |the |real |actual |some |sort |kind |of )*(?:(?P<human>human(?: being)?|real|person|alive)|(?:robot|bot|ai|machine|chatbot|computer|program|language model))\b(?: or (?P<or>\w+))?"
)
_PATTERNS: tuple[tuple[Attribute, regex.Pattern[str]], ...] = (
    ("base model", _BASED_ON),
    ("maker", _MADE_BY),
    ("name", _NAMES),
)


def _completed(found: list[Identity]) -> Iterator[Identity]:
    """Each attribute once; a product's maker added, what is a model's name not taken for the assistant's."""
    models = {one.value for one in found if one.attribute == "base model"}
    seen: set[str] = set()
    for one in found:
        own_name = one.attribute == "name" and one.value in models
        nameless = one.value == NAMELESS and any(
            other.attribute == "name" and other.value != NAMELESS for other in found
        )
        if one.attribute in seen or own_name or nameless:
            continue
        seen.add(one.attribute)
        yield one
    known = [one for one in found if one.attribute == "name" and _product(one.value)]
    if known and "maker" not in seen:
        yield Identity("maker", _MAKERS[_product(known[0].value)], known[0].span)


def _product(value: str) -> str:
    return next((token for token in sorted(_tokens(value)) if token in _MAKERS), "")


def _is_proper(attribute: str, value: str) -> bool:
    first = value.split()[0].lower()
    return first not in (_STOP if attribute == "name" else _PRONOUNS)


def _tokens(value: str) -> frozenset[str]:
    words = regex.findall(r"[^\W\d_]+|\d+(?:\.\d+)*", value.lower())
    return frozenset(words) - _SUFFIXES or frozenset(words)


def _initials(value: str) -> str:
    words = value.split()
    return "".join(word[0] for word in words if word[0].isupper()).lower() if len(words) > 1 else "\0"


def _sentence_end(text: str, start: int) -> int:
    match = regex.compile(r"[.!?](?:\s|$)|\n").search(text, start)
    return match.end() if match else len(text)


def _straight(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'").replace("\u00a0", " ")


def _span(record: Record, start: int, end: int) -> Span:
    return Span(record.response, start, end)
