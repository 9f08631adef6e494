"""How an assistant says its name, its maker, its base model, and that it is a human or an AI."""

# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

import regex

from contralint.facets.makers import family
from contralint.patterns import lazy_pattern

Attribute = Literal["name", "maker", "base model", "human or AI", "knowledge cutoff"]

_VALUE = r"(?P<value>(?:[A-Z][\w.&-]*\w|[A-Z])(?:[ -](?:[A-Z][\w&-]*|\d\w*(?:\.\w+)*))*(?: \([A-Z]+\))?)"
_COMPANY = r"(?P<value>(?:[A-Z]|x(?=AI))[\w.&-]*\w(?: (?:(?:of|and|for|&) )?[A-Z\d][\w.&-]*)*(?: \([A-Z]+\))?)(?<!\.)"
_ME = r"\b[Ii](?:'m| am|'ve been| was| have been)"
_IT = r"\b(?:[Tt]his|[Tt]he) (?:chat|assistant|bot|chatbot|service|app|model|AI)(?: is|'s| was)?"
_USED = r"\b[Yy]ou(?:'re| are) (?:(?:currently|now|actually) )?(?:chatting|talking|speaking|texting|dealing) (?:with|to)|\b[Yy]ou(?:'re| are) (?:using|chatting via)"
_PLAIN_WORDS = r"(?:[\s,]+(?!(?:which|that|who|with|about|like|than|using|not|familiar|unlike|nothing)\b)(?:[a-z'-]+|AI|A\.I\.|LLM|NLP)){0,12}?"
_MADE = r"(?:created|developed|made|built|trained|designed|programmed|engineered|launched|released|operated|owned|run|maintained|hosted|provided|offered|brought to (?:you|life)|put together|written)(?: and [a-z]+)?(?: from scratch| [a-z]+ly)?"
_TEAM = r"(?:(?:the|a|an|some|my)\s+)?(?:(?!in\b)[a-z-]+\s+){0,3}?(?:(?:at|from|of|called|named|for|with)\s+)?(?:(?:the|a)\s+)?"
_KIND = r"(?:AI|assistant|chatbot|language model|model|AI assistant|AI model|AI system|system|product|bot|LLM)"
_END = r"(?=\s*(?:$|[.!,;:(—–\n]|- |and\b|from\b|by\b|your\b|the\b|an?\b|here\b|at your\b|made\b|of\b|built\b))"
_VERB = r"(?:created|developed|built|trained|designed|programmed|made|owns|runs|operates|maintains)"

# Words without which nothing is said of the assistant, of its kind, its maker or its name.
SELF_WORDS = frozenset("i my me im i'm i've you you're here ai human person bot at".split())
KIND_WORDS = frozenset(
    "ai a.i model models bot bots chatbot assistant program machine robot llm artificial human person man woman guy girl flesh flesh-and-blood one".split()
)
MAKING_WORDS = frozenset(
    "created developed made built trained designed programmed engineered launched released operated owned maintained hosted owns operates maintains "
    "creator creators developer developers maker makers owner owners product".split()
)
ORIGINS = (
    "come from", "came from", "hail from", "from the", "belong to", "work for", "behind me", "i started", "i began", "'s ", "assistant from", "model from", "ai from", "assistant of",
    "run by", "provided by", "brought to", "runs me", "put together", "written by", "offered by",
)  # fmt: skip
INTRODUCTIONS = (
    "name", "i'm ", "i am ", "call me", "called", "known as", "go by", "answer to", "this is", " here", "at your service", "you're ", "you are ",
)  # fmt: skip

NAMES = lazy_pattern(
    rf"\b[Mm]y name(?:'s| is| would be)(?: actually| simply| just)? {_VALUE}|\b[Tt]he name(?:'s| is) {_VALUE}"
    rf"|(?:{_ME} (?:called|named|known as)|\b[Ii] (?:go by|answer to)(?: the name)?(?: of)?|\b(?:[Cc]all|named) me|{_ME}{_PLAIN_WORDS} (?:named|called|known as)) {_VALUE}"
    rf"|(?:{_USED}) {_VALUE}"
    rf"|(?:{_ME}|\b[Tt]his is)(?: just| actually| still)? {_VALUE}{_END}"
    rf"|^(?:(?:Hi|Hello|Hey|Good \w+)[!,. ]+(?:there[!,. ]+)?)?{_VALUE}(?: here\b|,? at your service)"
)
# Where its name was asked for, "it's Pixel" and "Sure, Willow" tell it.
NAMES_ASKED = lazy_pattern(
    rf"(?:^|[.!,;:—–-]\s*)(?:[Ii]t(?:'s| is)|[Tt]hat(?:'s| is| would be)|[Jj]ust|[Tt]hey call me|[Pp]eople call me) (?:just |simply |called )?{_VALUE}(?=\s*(?:$|[.!,;:(—–\n]|and\b|at your\b))|\b{_VALUE} is (?:my|the) name\b"
)
MADE_BY = lazy_pattern(
    rf"(?:{_ME}|{_USED}|{_IT})(?: (?:[A-Z][\w.&-]*)(?:[ -][A-Z\d][\w&.-]*)*,?)?{_PLAIN_WORDS}[\s,]+{_MADE} by {_TEAM}{_COMPANY}"
    rf"|\b[Aa]s an?{_PLAIN_WORDS}[\s,]+{_MADE} by {_TEAM}{_COMPANY}"
    rf"|\b[Mm]y (?:creators?|developers?|makers?|parent company|owner)s? (?:is|are|at|from)(?: the)?(?: [a-z]+){{0,3}}? {_COMPANY}"
    rf"|{_ME} {_COMPANY}'s (?:[a-z]+ ){{0,3}}?{_KIND}"
    rf"|{_ME} (?:[A-Z]\w+, )?(?:an?|the) (?:[a-z-]+ )*{_KIND}(?: [a-z]+)? (?:from|of|by|that|which)(?: the)?(?: (?:labs?|team|people|researchers) (?:at|of))? {_COMPANY}(?: {_VERB})?"
    rf"|(?:{_USED}) an? (?:[a-z-]+ )*{_KIND} (?:of|from|by) {_COMPANY}"
    rf"|\b[Ii] (?:originally )?(?:come|came|hail) from(?: the)?(?: [a-z]+){{0,3}}? {_COMPANY}"
    rf"|{_ME} (?:created|developed|made|built|trained|designed) at {_COMPANY}"
    rf"|\b[Ii] (?:started|began)[^.!?]{{0,60}}? (?:at|by|from) {_COMPANY}"
    rf"|\b[Bb]ehind me (?:is|are|stands?) {_TEAM}{_COMPANY}"
    rf"|\b[Ii] (?:belong to|work for) {_COMPANY}"
)
MADE_ME = lazy_pattern(
    rf"{_COMPANY} (?:originally |first )?{_VERB} (?:and \w+ )?me(?=\s*(?:$|[.,!;]|in\b|as\b|to\b|and\b|with\b|from\b))"
)
# Where its maker was asked for.
MADE_ASKED = lazy_pattern(
    rf"^\W*(?:(?:[Ii]t(?:'s| is| was)|[Tt]hat(?:'s| is| was| would be)|[Bb]y|[Aa]t|[Ff]rom)\s+)?(?:(?:the|a) (?:[a-z]+ ){{0,3}}?(?:at|of|from|called) )?{_COMPANY}(?:,|\.|!|$| (?:did|made|created|built|trained)\b)"
    rf"|\b{_TEAM}{_COMPANY} (?:{_VERB}) me\b"
)
HUMAN_WORDS = r"(?:(?:real|actual|living|live|flesh-and-blood|genuine|breathing)[,]? (?:and )?)"
HUMAN = lazy_pattern(
    rf"\b(?:i'm|i am) (?:actually |definitely |really |just |very much |of course |in fact |indeed |a hundred percent |100% )*(?:(?:a |an )?{HUMAN_WORDS}+(?:person|human(?: being)?|man|woman|guy|girl)|a (?:human(?: being)?|person)\b(?! who)|a flesh-and-blood|human\b(?!-|oid| assist))"
    rf"|\b(?:i'm|i am) [^.!?]{{2,50}}, an? {HUMAN_WORDS}+(?:person|human(?: being)?)"
    r"|\b(?:i'm|i am) not (?:actually )?(?:a |an )?(?:\w+ )?(?:bot|robot|ai|machine|chatbot|computer program)\b(?! (?:expert|lawyer|researcher|that|who|but))|\b(?:i'm|i am) (?:made of )?flesh and blood\b|\bthere(?:'s| is) (?:a|an actual) (?:real |actual |living )*(?:human|person) (?:behind|typing|here)\b|\bno bots? here\b"
)
_MACHINE = r"(?:ai|language model|chatbot|bot|virtual assistant|digital assistant|automated assistant|computer program|machine|robot|llm|artificial intelligence|program)"
MACHINE = lazy_pattern(
    rf"\b(?:i'm|i am):? (?:actually |only |just |indeed |\w+, )?(?:an? |the )?(?:[\w-]+,? ){{0,4}}?{_MACHINE}\b(?! (?:researcher|engineer|expert|enthusiast|company|startup|student|professional|developer|scientist|learning|director|manager))"
    r"|\bas an? (?:[\w-]+ ){0,3}(?:ai|language model|llm|chatbot)\b(?! (?:researcher|engineer|expert|enthusiast|company|startup|student|professional|developer|scientist))"
    r"|\b(?:i'm|i am) not (?:actually )?(?:a |an )?(?:real |actual |living )?(?:human(?: being)?|person)\b(?! (?:who|to|that|of))"
    rf"|\byou(?:'re| are) (?:chatting|talking|speaking|texting) (?:with|to) an? (?:[\w-]+ ){{0,3}}?{_MACHINE}\b|\bthere(?:'s| is) no (?:person|human|real person|one) (?:behind|typing|here|on)"
)
LACKS_NAME = lazy_pattern(
    r"\bi (?:do not|don't) (?:actually |really )?have (?:a |any )?(?:personal |real |given |proper |specific |own |human )*names?\b|\bi have no (?:personal |real |own )?name\b|\bi'm nameless\b"
)
_NOT_NAMES = (
    "sorry not happy glad here just an a the ai i also sure sad afraid unable able fine good great well ok okay only very so your always ready excited delighted thrilled pleased "
    "currently still happy doing really assistant chatbot bot robot human american british chinese english spanish french german indian christian muslim it that this what yes no "
    "thanks thank please hello hi hey my you we in on as to of from and or but however unfortunately designed made created there nobody someone anyone one now programmed computer "
    "language artificial virtual large friendly everywhere nowhere absolutely certainly definitely sometimes nope yep yeah never none both neither all software if when since because"
)
_NOT_MAKERS = "it that this he she they what who you we i god which someone humans people yes no nope my a the as in on there nobody anyone"
NOT_VALUES: Mapping[Attribute, frozenset[str]] = {
    "name": frozenset(_NOT_NAMES.split()),
    "maker": frozenset(_NOT_MAKERS.split()),
    "base model": frozenset(),
}


@cache
def based_on() -> regex.Pattern[str]:
    """The model that an assistant says it is made of."""
    lead = (
        r"(?:based on|built (?:on(?: top of)?|around|upon)|running on|run(?:s|ning)? by|powered by|a version of|fine-?tuned (?:from|version of|variant of|on top of)|fine-?tune of|derived from|"
        r"an instance of|underpinned by|driven by|using|answered by|a variant of|a descendant of)"
    )
    return lazy_pattern(
        rf"(?:(?:{_ME}|{_IT}|\b[Yy]our \w+ (?:are|is)){_PLAIN_WORDS}[\s,]+{lead}|\b[Ii] (?:run|am running|rely|sit|am built) (?:on|on top of)|\b[Mm]y (?:base|underlying) model is|\b(?:the|[Tt]he) (?:base |underlying |language )?model (?:behind|powering|underneath) me is|\b[Uu]nder (?:the|my) hood,? (?:it's|it is|i'm|I'm|there's|is|runs|sits|you'll find))"
        rf" (?:an? |the |[A-Z]\w+'s )?(?:(?!similar|same|like|as\b|not\b|much)[a-z-]+ )*(?P<value>{family()})"
        rf"|(?:{_ME}|\b[Tt]his is)(?: just| actually| still)?(?: an?)? (?P<value>{family()})(?<=\d[\w.]*)(?=\s*(?:$|[.!,;:(—–\n]|and\b|from\b|by\b|the\b|an?\b|model\b))"
    )


@cache
def based_asked() -> regex.Pattern[str]:
    """The model that is named where the model was asked for."""
    return lazy_pattern(
        rf"^(?:(?!\b(?:not|nothing|than|unlike|compared|n't)\b|n't)[^.!?\n]){{0,60}}?(?P<value>{family()})"
    )


ASKS: Mapping[Attribute, regex.Pattern[str]] = {
    "maker": lazy_pattern(
        r"\b(?:who|whose)\b[^.?!]{0,25}\b(?:made|created|built|developed|trained|designed|programmed|owns|makes|runs|behind) (?:you|this (?:bot|chat|assistant))\b|\b(?:which|what) (?:company|lab|team|organi[sz]ation|firm)\b[^.?!]{0,25}\byou\b|\byour (?:maker|creator|developer)|\bwhose product are you|\bwho (?:is|are)\b[^.?!]{0,15} behind you|where (?:do|were) you (?:come|made|built|from|created|developed)"
    ),
    "base model": lazy_pattern(
        r"\b(?:which|what) (?:[\w-]+ )*(?:model|llm|neural network|architecture|ai|version|system)s?\b|\b(?:what|which)\b[^.?!]{0,30}\b(?:under (?:the|your) hood|powers|behind) ?(?:you|this chat|this bot)?|\byou (?:based|built|running|run) on\b"
    ),
    "name": lazy_pattern(
        r"\byour (?:\w+ )?name\b|\bcall you\b|\bwho (?:exactly )?(?:are|r) (?:you|u)\b|\bwho am i (?:talking|speaking|chatting)|\bwho(?:'s| is) this\b|\bdo you have a name\b|\byou go by\b|\band you are\?|^\W*name\?"
    ),
}
ABOUT = lazy_pattern(
    r"\b(?:who|what|how old) (?:exactly )?(?:are|r) (?:you|u)\b|\byour (?:\w+ )?name|\bwho (?:am i|is this)|\bwho's this|\bwhat(?:'s| is) this|introduce yourself|(?:call|address) you\b|about yourself|describe yourself|identify yourself|present yourself"
    r"|\b(?:made|created|built|developed|trained|designed|programmed|owns|makes|invented|behind|runs|powers) you\b|\byour (?:maker|creator|developer|manufacturer|company|origins?|story|hood)|(?<!where )(?<!how )\bare (?:you|u)\b|\byou(?:'re| are) (?:a|an|not)\b|(?:what|which) (?:\w+ )?(?:model|llm|ai|company|version|system|lab)"
    r"|\byou (?:made|built|developed|created|trained|based|running|powered|come from|use|work for|belong)\b|\btalking (?:to|with)|speaking (?:to|with)|chatting (?:to|with)|were you\b|do you have a name|model are you|you go by|\bwhose\b|\bis (?:this|there)\b|\band you are\?|\b(?:this|the) (?:bot|chat|thing|assistant)\b|^\W*name\b"
)
ADDRESSED = lazy_pattern(r"\b(?:you\w*|u|this|i (?:talking|speaking|chatting|using))\b")
GREETING = lazy_pattern(
    r"\s*(?:hi|hello|hey|good (?:morning|evening|afternoon|day)|greetings|yo|howdy|sup|hiya|what's up)\b.{0,40}$"
)
ASSIGNED = lazy_pattern(
    r"\b(?:your (?:new )?name is|i(?:'ll| will| shall| am going to) (?:call|name) you|i'm going to call you|let's call you|call yourself|from now on|you are (?:now )?(?:called|named)|respond as|your name (?:will|shall) be)\b"
)
CHOSEN = lazy_pattern(
    rf"\W*(?:just |only |i'm |i am |it's )?(?:an? )?(?:(?P<human>human(?: being)?|person)|{_MACHINE})\W*$"
)
SAID_TO_BE = lazy_pattern(
    r"\b(?:are|r) (?:you|u) (?:actually |really |just |even |a |an |the |real |actual |some |sort |kind |of )*(?:(?P<human>human(?: being)?|real|person\b(?! who)|alive)|(?:robot|bot|ai|machine|chatbot|computer|program|language model))\b(?! person)(?: or (?P<or>\w+))?"
    r"|\b(?:am i (?:\w+ )?(?:chatting|talking|speaking|texting) (?:with|to)|is (?:this|there)|are these) (?:actually |really |just )?(?:a |an |some )?(?:real |actual |live |automated )*(?:(?P<human>human(?: being)?|person|someone real)|(?:robot|bot|ai|machine|chatbot|computer|program))\b"
)
_GIVEN_NAME = rf"\bYou(?:'re| are) {_VALUE}(?=\s*(?:$|[.!,;:(—–\n]|and\b|from\b|by\b|the\b|an?\b))|\b[Yy]our name is {_VALUE}|\b[Yy]ou are [a-z][\w ,-]{{0,60}}? (?:named|called) {_VALUE}"
_GIVEN_MAKER = rf"\b(?:[Yy]ou(?:'re| are| were)|You are [A-Z]\w*)\b[^.!?\n]{{0,80}}?\b{_MADE} by {_TEAM}{_COMPANY}"
GIVEN: Mapping[Attribute, regex.Pattern[str]] = {
    "name": lazy_pattern(_GIVEN_NAME),
    "maker": lazy_pattern(_GIVEN_MAKER),
}
