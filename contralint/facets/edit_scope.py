"""How much of a text an edit gives back: the part that changes, or the whole."""

# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from contralint.facets.material import Material, blocks, materials, strings_of
from contralint.patterns import IGNORECASE, MULTILINE, lazy_pattern
from contralint.records import Record
from contralint.words import content_words

Scope = Literal["part", "whole"]
Sort = Literal["code", "prose"]

_TOKEN = lazy_pattern(r"\w+|[^\w\s]")
_LINES, _WORDS, _TOKENS = 3, 20, 12  # a text of fewer lines and words, or tokens, is its own fragment
_KEPT_WHOLE = 0.75  # share of the text that a whole gives back
_KEPT_PART = 0.7  # share up to which a fragment does
_KEPT_SHORTENED = 0.4  # the same where the edit takes something out, which leaves less of a whole too
_CHANGED = 0.4  # share of a whole that a small edit may change
_TAKEN = 68.0  # rapidfuzz partial ratio (0-100) from which a fragment is taken from the text
_FROM_ASK = 0.6  # share of the words of a piece to be added that the request says
_ENDS = 3  # tokens at both ends by which a shortened whole is known
_FROM_TEXT = 0.9  # share of its tokens that it has from the text
_SEARCHED = 20_000  # characters of a text that are compared
_SHORT = 200  # characters of a response that may only tell what to change

# Where an order begins: at the start of a sentence or clause, or after words of manner.
_ORDER = r"(?:(?:^|[.!?:;,\n])\W*|\b(?:please|and|then|just|now|so|also|to|you)\s+)"
# Verbs that order an edit, and words that tell of one wherever they stand.
_OPERATIONS = {
    "correct": (
        r"correct|fix|proofread|repair|mend|spell",
        r"typos?|misspell\w*|spelling (?:mistake|error)s?|apostrophe mistakes?|(?:is|are) (?:spelled|spelt|wrong|really called)",
    ),
    "remove": (
        r"remove|delete|drop|take out|get rid of|strip|cut (?:the|that|this)|leave out|omit",
        r"(?:is|are) no longer needed",
    ),
    "add": (r"add|insert|include|append|annotate|put", r"needs? an? |(?:is|are) missing|type hints?"),
    "change": (
        r"change|replace|set|update|bump|rename|swap|make (?:this|it|the|that|my|them)|switch|turn|raise|lower|increase|decrease|adjust|sort|reorder|point|link|move|edit|modify|use|upgrade|shift|call",
        r"should (?:be (?!\w+ed\b)|(?!be\b)\w+)|(?:is|are) (?:now|actually)\b|it'?s .{1,30} now\b|now (?:is|needs|requires|reads)\b|instead of\b|now\W*$|, not \p{L}+\W*$",
    ),
}
_OPERATION = {
    name: lazy_pattern(rf"{_ORDER}(?:{orders})\b|\b(?:{words})", IGNORECASE)
    for name, (orders, words) in _OPERATIONS.items()
}
# What asks for a new text, for less of it, or for an answer about it.
_NO_EDIT = lazy_pattern(
    r"^\W*(?:what|which|who|where|when|why|how)\b|\b(?:summari[sz]e|summary|shorten|condense|extract|quote|list (?:the|all|every)|explain|translat\w*|paraphras\w*|rephras\w*|rewrit\w*|rework\w*|tone|in the style of|polish|improve|refactor|professional\w*|friendl\w+|formal|casual|expand|continue|classify|count (?:the|how|all|every)"
    r"|what(?:'s| is| are| does| would| do)\b|which\b|who\b|when\b|why\b|how (?:many|much|do|does|can|would)|find (?:the|all)|describe|give me (?:the|a)|(?:cut|bring|get|trim|boil) .{0,30}\bdown\b|one (?:sentence|line|paragraph)|review|critique|feedback|opinion|think of)",
    IGNORECASE,
)
_CODE_LINE = lazy_pattern(
    r"[;{}]\s*$|^\s*[\w.\"'-]+\s*[=:]\s*\S|^\s*(?:def|class|import|from|return|if|for|while|function|const|let|var|SELECT|FROM|WHERE|ORDER|GROUP|JOIN|LEFT|RUN|COPY|CMD|WORKDIR|ENV|#|//|<|@|public|private)\b|\w\(.*\)|^\s*<[^>]+>|^\s*\|.*\||^\s*- ?\w+:"
)
_HUNK = lazy_pattern(r"^@@|^(?:---|\+\+\+) \S|^diff ", MULTILINE)
_TAKEN_OUT, _PUT_IN = (
    lazy_pattern(r"^-(?!--)\s*\S", MULTILINE),
    lazy_pattern(r"^\+(?!\+\+)\s*\S", MULTILINE),
)
_TELLS = lazy_pattern(
    r"\b(?:change|replace|swap|set|use|write|add|remove|delete|rename|update|insert|should|becomes?|->|→)\b|→|->",
    IGNORECASE,
)
_PIECE = lazy_pattern(r"`([^`\n]+)`|\"([^\"\n]+)\"|“([^”\n]+)”|(?<!\w)'([^'\n]+)'(?!\w)")
_ANNOUNCED = lazy_pattern(r"\A\s*\p{Lu}[^\n(){}=<>]{1,120}:[ \t]*\n[ \t]*\n+")
# Names that tools give to what is looked for and what takes its place.
_PATCH_KEYS = lazy_pattern(
    r"^(?:pattern|old|find|search|original|target|replacement|replace|new|diff|patch|edits?|hunk|line|range|anchor)(?:_|$|[A-Z])",
    IGNORECASE,
)
_EVERYTHING = lazy_pattern(r"^[\^(]*(?:\.\*|\[\\s\\S\]\*|\(\?s\)\.\*)[)$]*$")


@dataclass(frozen=True)
class Edit:
    """A small edit of a text that a record was given.

    Attributes:
        scope: Whether the response gives back the part that changes, or the whole.
        operation: What is done to the text: "correct", "add", "remove" or "change".
        ask: The request without the text.
        material: The text.
    """

    scope: Scope
    operation: str
    ask: str
    material: str

    @cached_property
    def sort(self) -> Sort:
        lines = [line for line in self.material.split("\n") if line.strip()]
        code = sum(bool(_CODE_LINE.search(line)) for line in lines)
        return "code" if code >= len(lines) / 2 else "prose"


def edit(record: Record) -> Edit | None:
    """The edit that a record makes, if it is asked for a small one and its scope can be told."""
    for material in materials(record):
        operation = _operation(material.ask)
        if operation and _long_enough(material.text):
            part = _KEPT_SHORTENED if operation == "remove" else _KEPT_PART
            scope = _scope(record, material.text[:_SEARCHED], part)
            if scope is None and operation == "add":
                scope = _added(record, material)
            if scope:
                return Edit(scope, operation, material.ask, material.text)
    return None


def _operation(ask: str) -> str | None:
    if _NO_EDIT.search(ask):
        return None
    found = {name: match.start() for name, pattern in _OPERATION.items() if (match := pattern.search(ask))}
    return min(found, key=lambda name: found[name], default=None)


def _long_enough(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    return (len(lines) >= _LINES or len(text.split()) >= _WORDS) and len(_TOKEN.findall(text)) >= _TOKENS


def _scope(record: Record, text: str, part: float) -> Scope | None:
    if record.calls:
        return _of_calls(record, text, part)
    response = record.response.text
    fenced = blocks(response)
    if _is_patch(response) and not _is_patch(text):
        return "part"
    payload = max(fenced, key=len) if fenced else _ANNOUNCED.sub("", response)
    return _of_text(payload, text, part) or (None if fenced else _told(response, text))


def _of_calls(record: Record, text: str, part: float) -> Scope | None:
    strings = [pair for call in record.calls for pair in strings_of(call.arguments)]
    wholes = [value for _, value in strings if _of_text(value, text, part) == "whole"]
    if wholes:
        return "whole"
    patches = [value for name, value in strings if _PATCH_KEYS.search(name)]
    if patches:
        return None if any(map(_EVERYTHING.match, patches)) else "part"
    return "part" if any(_of_text(value, text, part) == "part" for _, value in strings) else None


def _of_text(payload: str, text: str, part: float) -> Scope | None:
    ours, theirs = _TOKEN.findall(text), _TOKEN.findall(payload[:_SEARCHED])
    if not theirs:
        return None
    kept = _in_common(ours, theirs)
    if part == _KEPT_SHORTENED and _same_ends(ours, theirs) and kept >= _FROM_TEXT * len(theirs):
        return "whole"
    if kept >= _KEPT_WHOLE * len(ours):
        return "whole" if len(theirs) - kept <= _CHANGED * len(theirs) else None
    short = kept <= part * len(ours) and len(theirs) <= _KEPT_WHOLE * len(ours)
    return "part" if short and len(theirs) > 2 and fuzz.partial_ratio(payload.strip(), text) >= _TAKEN else None


def _added(record: Record, material: Material) -> Scope | None:
    """Whether a response is the piece that was to be added, and little else."""
    fenced = blocks(record.response.text)
    payload = max(fenced, key=len) if fenced else _ANNOUNCED.sub("", record.response.text)
    said, wanted = content_words(payload), set(content_words(material.ask))
    if record.calls or len(said) < 2 or len(payload) > len(material.text) / 2:
        return None
    return "part" if sum(word in wanted for word in said) >= _FROM_ASK * len(said) else None


def _same_ends(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a text begins and ends as another: what is missing between was taken out."""
    return len(theirs) >= 2 * _ENDS and ours[:_ENDS] == theirs[:_ENDS] and ours[-_ENDS:] == theirs[-_ENDS:]


def _in_common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    return int(LCSseq.similarity(ours, theirs))


def _is_patch(response: str) -> bool:
    return bool(_HUNK.search(response)) or bool(_TAKEN_OUT.search(response) and _PUT_IN.search(response))


def _told(response: str, text: str) -> Scope | None:
    """Whether a response only tells what to change: "Replace `8080` with `9090`"."""
    if len(response) > max(_SHORT, len(text) / 2) or not _TELLS.search(response):
        return None
    pieces = ["".join(found) for found in _PIECE.findall(response)]
    return "part" if any(piece in text for piece in pieces) else None
