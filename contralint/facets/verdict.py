"""What a response thinks of a piece of work that it was shown: praise, fault, or a bit of both."""

# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.records import Record
from contralint.words import sentences

Judgement = Literal["praise", "fault"]

# Asks for a judgement as a whole.
_ASKS = lazy_pattern(
    r"\b(?:what (?:do|did) you (?:think|make)|thoughts\b|feedback|review|critique|criti[qc]i[sz]e|rate|grade|mark|score|evaluate|assess|judge|(?:your|an?) (?:honest )?opinion|how (?:good|is|was|does|do you (?:like|find|rate))|any good|good enough"
    r"|(?:is|are|does|do|was|did) (?:it|this|that|these|my|the|i)\b.{0,60}\b(?:good|ok|okay|right|correct|ready|fine|well|work|solid|clear|convincing|read well|sound)\b|check (?:my|this)|look over|take a look|have a look|how did i do|am i right)",
    IGNORECASE,
)
# Asks for one side only, or for a certain tone.
_ONE_SIDED = lazy_pattern(
    r"\b(?:strengths?|weakness(?:es)?|faults?|flaws?|problems?|mistakes?|errors?|bugs?|(?:what|where)(?:'s| is| are)? (?:good|bad|wrong|weak|strong|missing)|what (?:works|doesn't)|improve\w*|better|harsh\w*|brutal\w*|roast|ruthless\w*|tough|strict\w*|kind(?:ly)?|gent(?:le|ly)|encourag\w*|compliment\w*|praise|positive|negative|nice(?:st)? things?|pros|cons|devil's advocate|pick (?:it )?apart|tear (?:it )?apart|be (?:nice|honest))\b",
    IGNORECASE,
)
_PRAISE = lazy_pattern(
    r"\b(?:lovely|great|excellent\w*|wonderful\w*|strong(?:ly|er|est)?|well[- ](?:written|done|structured|argued|put|crafted|organi[sz]ed|paced|said|chosen|thought)|beautiful\w*|perfect\w*|impress\w*|brilliant\w*|superb\w*|fantastic|terrific|solid|clear(?:ly)?|clean|elegant\w*|outstanding|good|nice(?:ly)?|nailed|love[ds]?|spot[- ]on|correct(?:ly)?|right|flawless\w*|compelling|engaging|vivid\w*|polished|concise|charming|delightful|effective\w*|full marks|works(?: really| very)? well|ready to (?:send|publish|submit|go|ship|merge)|convincing|memorable|top[- ]notch|first[- ]class|congratulations|bravo|stunning|powerful|fresh|a pleasure|looks good|lgtm|as it (?:is|stands)|a joy)\b",
    IGNORECASE,
)
_FAULT = lazy_pattern(
    r"\b(?:weak(?:ly|est|er|ness(?:es)?)?|poor(?:ly)?|bad(?:ly)?|confus\w+|unclear|flat|clich\w+|dull|boring|awkward\w*|clumsy|clumsily|needs? (?:\w+ ){0,4}work|wrong(?:ly)?|incorrect\w*|mistaken|mistakes?|errors?|problems?|issues?|let(?:s|ting)? (?:it|you|the \w+) down|fails?|falls? (?:short|flat|apart)|lacks?|lacking|missing|melodramatic|stock phrase|rewrit\w+|redo|start over|disappoint\w+|generic|rambl\w+|vague\w*|too (?:long|short|vague|wordy|many|much|formal|informal|slow|abstract|general)|hard to (?:follow|read|understand)|unconvincing|slopp\w+|inconsistent\w*|bland|mediocre|amateurish|far from|unfortunately|contradict\w*|repetitive|redundant|bug(?:s|gy)?|unsafe|insecure|vulnerab\w+|crash\w*|ineffective|uninspir\w+|forced|cluttered|messy|wordy|stilted|struggl\w+|undermin\w+|distract\w+|drags?|rejected?|overwritten|pointless|misses|inaccura\w+|hollow|shallow|dated|stiff)\b",
    IGNORECASE,
)
_NEGATED = lazy_pattern(
    r"\b(?:not?|n't|never|hardly|without|nothing|isn't|aren't|doesn't|don't|wasn't|didn't|can't|cannot|couldn't|wouldn't|neither|nor|free of|zero|few|any|barely|lacks?)\b(?:\W+(?!but\b)[\w'’]+){0,3}\W*$",
    IGNORECASE,
)
_CONTENTED = lazy_pattern(
    r"\b(?:would(?:n't| not) change|nothing (?:to|i would|i'd|needs?) (?:change|fix|improve|add)|leave it|keep it (?:as|just)|don't change|no changes)\b",
    IGNORECASE,
)
_WISHED = lazy_pattern(
    r"\b(?:could|would|should|to|for|want|might|more|make it|if)\b(?:\W+[\w'’]+){0,3}\W*$", IGNORECASE
)
_MARK = lazy_pattern(r"(?P<points>\d{1,3}(?:\.\d+)?)\s*(?:/|out of)\s*(?P<most>5|10|20|100)\b|(?P<percent>\d{1,3})\s?%")
_READ = 4  # sentences of a response in which it says what it thinks
_GOOD, _POOR = 0.75, 0.55  # shares of a mark from which, and up to which, it praises or faults


@dataclass(frozen=True)
class Verdict:
    """What a response thinks of a work as a whole, and the sentence that shows it."""

    judgement: Judgement
    start: int
    end: int


def asks_for_verdict(ask: str) -> bool:
    """Whether a request wants a work judged as a whole, in no tone that it names."""
    return bool(_ASKS.search(ask)) and not _ONE_SIDED.search(ask)


def verdict(record: Record) -> Verdict | None:
    """The judgement of a response that is clearly of one mind."""
    text = record.response.text
    spans = sentences(text)[:_READ]
    scores = [_score(text[start:end]) for start, end in spans]
    praise, fault = sum(score[0] for score in scores), sum(score[1] for score in scores)
    if praise >= 2 and fault == 0:
        return Verdict("praise", *spans[next(at for at, score in enumerate(scores) if score[0])])
    if fault >= 2 and fault > praise:
        return Verdict("fault", *spans[next(at for at, score in enumerate(scores) if score[1])])
    return None


def _score(sentence: str) -> tuple[int, int]:
    """How many words of a sentence praise, and how many find fault."""
    praise, fault = _marked(sentence)
    if _CONTENTED.search(sentence):
        praise, sentence = praise + 2, _CONTENTED.sub(" ", sentence)
    for match in _PRAISE.finditer(sentence):
        before = sentence[: match.start()]
        if _NEGATED.search(before):
            fault += 1
        elif not _WISHED.search(before):
            praise += 1
    for match in _FAULT.finditer(sentence):
        if _NEGATED.search(sentence[: match.start()]):
            praise += 1
        else:
            fault += 1
    return praise, fault


def _marked(sentence: str) -> tuple[int, int]:
    found = _MARK.search(sentence)
    if not found:
        return 0, 0
    share = float(found["percent"]) / 100 if found["percent"] else float(found["points"]) / float(found["most"])
    return (2 if share >= _GOOD else 0), (2 if share <= _POOR else 0)
