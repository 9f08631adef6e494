"""What a request wants done: one of the acts that assistants are asked for every day, or none of them.

A small table of English: the act decides which requests are of one kind ("wake me at 7", "set an alarm for 7").
"""

# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

import regex

from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.words import stem

DONE = "do: "  # how the name of a deed begins that is named by its verb alone

_MAKE = r"(?:generate|create|make|design|produce|give me|show me|set|start|add|put|prepare|get me|i (?:want|need)|can i (?:get|have))\b"


def _made(things: str) -> str:
    """Words that ask for a thing to be made: "make me a nice picture"."""
    return rf"{_MAKE}(?:\W+(?!about\b|for\b|on\b|of\b|with\b)[\w'-]+){{0,4}}?\W+(?:{things})\b"


def _act(name: str, pattern: str) -> tuple[str, regex.Pattern[str]]:
    return name, lazy_pattern(pattern, IGNORECASE)


# The first that matches at the start of a request, manners set aside, is its act.
_ACTS = (
    _act(
        "picture",
        rf"(?:draw|paint|sketch|illustrate)\b|{_made('images?|pictures?|photos?|illustrations?|drawings?|logos?|icons?|wallpapers?')}",
    ),
    _act("chart", rf"(?:plot|graph|chart|visuali[sz]e)\b|{_made('charts?|graphs?|plots?|histograms?')}"),
    _act("remind", rf"(?:remind|nudge) me\b|{_made('reminders?')}|reminders? (?:to|for|at)\b"),
    _act("alarm", rf"wake me\b|{_made('alarms?')}|alarm (?:for|at)\b"),
    _act("timer", rf"(?:time me|count down)\b|{_made('timers?|countdowns?')}|timer\b"),
    _act(
        "memory",
        r"(?!.*\?\s*$).{0,120}\b(?:keep (?:that|this|it) in mind|remember (?:that|this|my|it|i)|don't forget (?:that|this|my)|make a note (?:of|that)|note that|for (?:next time|later chats))\b",
    ),
    _act(
        "agenda",
        r"(?:am i|are we) (?:free|busy|available)\b|do (?:i|we) have (?:time|anything|something|plans|(?:any )?(?:meetings?|appointments?))\b|(?:what(?:'s| is)|show me|check|read) .{0,15}\b(?:my|our) (?:calendar|schedule|agenda|diary)\b",
    ),
    _act(
        "schedule",
        rf"(?:schedule|block)\b|(?:put|add|block|create|enter)\b.{{0,60}}\b(?:calendar|diary|agenda)\b|{_made('meetings?|appointments?|events?|calls?|calendar|diary')}|book\b.{{0,40}}\b(?:meeting|appointment|call|slot|haircut)\b",
    ),
    _act(
        "send",
        r"(?:send|forward|reply to)\b|(?:e-?mail|text|message|dm|whatsapp)\s+(?!about|of\b|for\b|templates?|in\b)[\w'-]+\s+\w+",
    ),
    _act("play", r"(?:play|put on)\b|queue (?:up )?\w"),
    _act(
        "device",
        r"(?:turn|switch|dim|lock|unlock|lower|raise|set)\b.{0,40}\b(?:lights?|lamps?|heating|thermostat|heater|doors?|tv|blinds?|volume|fan|ac|brightness)\b|lights? (?:on|off)\b",
    ),
    _act(
        "translate",
        r"translate\b|how (?:do|would) (?:you|i) say\b|what(?:'s| is) .{0,60}\bin (?:english|french|german|spanish|italian|portuguese|dutch|russian|chinese|mandarin|japanese|korean|arabic|hindi|turkish|polish|swedish|norwegian|danish|finnish|greek|latin|hebrew|thai)\b",
    ),
    _act(
        "calculate",
        r"(?:calculate|compute|work out|multiply|divide|add up|evaluate|solve)\b|what(?:'s| is| are) (?:the )?(?:square root|sum|product|\W*\d[\d.,]*\s*(?:%|percent|[-+*/x×÷^]|times|plus|minus|divided|multiplied|squared))",
    ),
    _act("convert", r"(?:convert|exchange)\b|how (?:many|much) [\w ]{1,30}\b(?:is|are|in) [$€£]?\d"),
    _act("run", r"(?:run|execute|re-?run)\b"),
    _act(
        "weather",
        r".{0,40}\b(?:weather|forecast|raining|rain(?:y)? (?:today|tomorrow|tonight|this|later|on)|need an umbrella|will it (?:rain|snow)|going to (?:rain|snow))\b|is it (?:hot|cold|raining|snowing|sunny|windy)\b",
    ),
    _act(
        "news",
        r".{0,30}\b(?:news|headlines)\b|(?:what(?:'s| is| has)|anything) (?:new|happening|going on|happened)\b|what happened (?:today|yesterday|this|last)|.{0,20}\bupdates? (?:on|about|from)\b|(?:what(?:'s| is) )?(?:the )?latest (?:on|from|about|with|in)\b",
    ),
    _act(
        "summarise",
        r"(?:summari[sz]e|sum up|tl;?dr)\b|(?:give me|write|make) (?:a|the) (?:short |brief |quick )?summary\b",
    ),
    _act(
        "edit",
        r"(?:fix|change|correct|replace|rename|update|bump|insert|remove|delete|edit|modify|adjust|move|swap|annotate|refactor|sort|reorder|put|add|make (?:this|it|the|that|my)|turn (?:this|it|the)|set the|drop|cut|capitali[sz]e|spell|proofread|polish|improve|rewrite)\b",
    ),
    _act("explain", r"(?:explain|describe|define|teach|discuss|compare|tell me (?:about|how|why))\b"),
    _act("recommend", r"(?:recommend|suggest)\b|(?:give me|any|some) (?:ideas|tips|advice|suggestions)\b"),
    _act(
        "compose",
        r"(?:write|draft|compose|pen|type up|put together|prepare|create|generate|make|produce|build|design|code|i need (?:a|an|some)\b(?! (?:flight|room|table|taxi|hotel|recipe)))",
    ),
)
_DEED = lazy_pattern(
    r"(?:(?:remember|note|save|order|buy|cancel|transfer|pay|file|open|close|read|log|call|dial|ring|start|stop|pause|skip|mute|upload|download|subscribe|unsubscribe|install|deploy|restart|assign|invite|share|post|tweet|record|submit|approve|merge|commit|clone|archive|import|export|print|scan|forget|follow|pin|charge|refund|activate|deactivate|enable|disable|reset|react|vote|join|leave|register|sign)\b)",
    IGNORECASE,
)


def act_of(plain: str) -> str:
    """The act that a request asks for, manners set aside; "tell" for questions and whatever is not known."""
    named = next((name for name, pattern in _ACTS if pattern.match(plain)), None)
    deed = None if named or plain.rstrip().endswith("?") else _DEED.match(plain)
    return named or (DONE + stem(deed[0]) if deed else "tell")
