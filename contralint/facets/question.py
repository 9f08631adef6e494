"""What kind of answer a request asks for: yes or no, a quantity, one fact, a label, or anything (open)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contralint.models.gate import load_gate
from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.words import sentences, words

QuestionKind = Literal["polar", "quantity", "fact", "label", "open"]

# "Can you tell me ...", "Do you happen to know ...", "I'd like to know ...": manners around the question proper.
_MANNERS = lazy_pattern(
    r"^(?:(?:hi|hello|hey|ok|okay|so|please|kindly|quick question|question|q)\b[\s,:!.]*)*"
    r"(?:(?:can|could|would|will|do)\s+you\s+(?:please\s+|kindly\s+|happen\s+to\s+|perhaps\s+)*"
    r"(?:tell|know|say|explain|let|remind|inform|confirm|answer)(?:\s+(?:me|us|to\s+me))?(?:\s+know)?(?:\s+(?:if"
    r"|whether))?\s*"
    r"|(?:please\s+)?(?:tell|remind|inform)\s+(?:me|us)\s*(?:if\s+|whether\s+)?"
    r"|i(?:'d| would)\s+like\s+to\s+know\s*(?:if\s+|whether\s+)?|i\s+(?:want|need)\s+to\s+know\s*(?:if\s+"
    r"|whether\s+)?|i\s+wonder\s*(?:if\s+|whether\s+)?"
    r"|(?:do\s+you\s+)?know\s+)?[,:]?\s*",
    IGNORECASE,
)
_WHETHER = lazy_pattern(r"\b(?:if|whether)\s*$", IGNORECASE)
_POLAR = lazy_pattern(
    r"^(?:is|are|was|were|am|do|does|did|can|could|will|would|should|shall|may|might|must|has|have|had|isn't"
    r"|aren't|doesn't|don't|didn't"
    r"|wasn't|weren't|can't|won't|shouldn't|hasn't|haven't)\b(?!\s+you\s+(?:\w+\s+)?(?:give|write|make|create"
    r"|list|suggest|help|provide|show|translate|"
    r"describe|summari[sz]e|generate|recommend|rewrite|name|find|explain|convert|come|think|elaborate|offer|share"
    r"|compose|draft))",
    IGNORECASE,
)
_YES_OR_NO = lazy_pattern(r"\b(?:yes\s*(?:or|/)\s*no|true\s*(?:or|/)\s*false)\b", IGNORECASE)
_ALTERNATIVE = lazy_pattern(r"\bor\b(?!\s+not\b|\s+(?:false|no)\b)", IGNORECASE)
_QUANTITY = lazy_pattern(
    r"\bhow\s+(?:many|much|long|far|old|tall|big|large|heavy|deep|high|wide|fast|often|hot|cold|hard|thick|small"
    r"|late|early)\b"
    r"|\b(?:what|which)(?:'s|\s+is|\s+was|\s+are)?\s+(?:the\s+|its\s+)?(?:\w+\s+){0,3}?(?:year|date|day|time"
    r"|temperature|percent|percentage|number|age|price|cost|population|distance|"
    r"speed|height|weight|length|size|area|depth|value|sum|product|result|rate|ratio|amount|total|average|mean"
    r"|median|score|atomic\s+number|"
    r"boiling\s+point|melting\s+point|freezing\s+point|century|decade|duration|square\s+root|capacity|width|mass"
    r"|radius|diameter|port|length)\b"
    r"|\bwhen\s+(?:is|was|were|did|does|do|will|are|can|should|has)\b|\bwhat\s+(?:year|time|date|age|percentage)\b"
    r"|\b(?:calculate|compute|convert|solve|evaluate|round|count|multiply|divide|subtract|add)\b"
    r"|\bwhat(?:'s|\s+is|\s+does)?\s+[\d(√-]|\d\s*[+*/×÷^=-]\s*\d",
    IGNORECASE,
)
_FACT = lazy_pattern(
    r"\b(?:what['’]?s?|which|who['’]?s?|whom|whose|where['’]?s?)\b|\bname\s+the\b|\bcapital\s+of\b", IGNORECASE
)
_LABEL = lazy_pattern(
    r"\b(?:classify|categori[sz]e|label|sentiment|spam|toxic(?:ity)?|entail(?:s|ment)?|paraphrases?)\b"
    r"|\bwhich\s+(?:category|class|label|topic|intent)\b|\b(?:positive|negative)\s*(?:,|or|/)",
    IGNORECASE,
)
# A task, where it is not a question for a fact: in "how much does the plan cost" the plan is a thing.
_TASK = lazy_pattern(
    r"\b(?:write|create|generate|compose|suggest|recommend|brainstorm|describe|design|imagine|draft|invent|propose"
    r"|elaborate|discuss|list|outline|plan|rewrite|paraphrase|rephrase|summari[sz]e|edit|improve|come\s+up|pretend|think\s+of)\b",
    IGNORECASE,
)
_ASKING = lazy_pattern(
    r"^(?:\w+\s+){0,2}?(?:what|whats|which|who|whos|whom|whose|where|wheres|when|how|why)\b", IGNORECASE
)
# "Chess: can you ...", "In chess, can you ...": what a question is about, before it.
_TOPIC = lazy_pattern(
    r"^(?:(?:in|on|at|for|with|under|during|regarding|about)\s+[^,:?]{2,40},|\p{L}+ly,|\p{L}[^,:?]{1,30}:)\s+"
    r"(?=(?:is|are|was|were|do|does|did|can|could|will|would|should|may|must|has|have|had|am)\b)",
    IGNORECASE,
)
_OPEN = lazy_pattern(
    r"\b(?:advice|tips|ideas?|opinions?|story|poem|essay|haiku|joke|slogan|tweet|examples?|favou?rite|random|what\s+if"
    r"|name\s+(?:a|an|some|any|two|three|four|five|six|ten|\d+)\b|give\s+(?:me\s+)?(?:a|an|some|two|three|four|five|\d+)\b"
    r"|best\s+way|ways\s+to|how\s+(?:to|can|could|should|do|would|might)\s+(?:i|we|you|one|someone)\b)\b"
    r"|\b(?:what|which)\s+(?:are|were)\s+(?:some|good|the\s+(?:best|pros|advantages|benefits|main|key|top|most))\b"
    r"|\bwhat\s+(?:should|would|could|can|do)\s+(?:i|we|you)\b|\bwhat(?:'s|\s+is)\s+(?:a|an|some|your)\b",
    IGNORECASE,
)
_CLOSED = 0.5
_EDGE = 160  # characters at both ends of a request that tell what to do; between them may stand a long text
_TASK_VERBS = 12  # words from the start of a request within which a verb such as "list" or "plan" is what is asked


@dataclass(frozen=True)
class Question:
    """What a request asks for.

    Attributes:
        kind: "polar" (yes or no), "quantity", "fact", "label" (one of a set of classes), or "open".
        probability: That it admits one answer, so that two different answers contradict each other.
    """

    kind: QuestionKind
    probability: float

    @property
    def closed(self) -> bool:
        """Whether two different answers can contradict each other."""
        return self.probability >= _CLOSED


def question(request: str) -> Question:
    """Reads what a request asks for from its wording."""
    kind = kind_of(request)
    return Question(kind, load_gate().probability(request, asking(request), kind))


def kind_of(request: str) -> QuestionKind:
    """The kind of answer that the wording of a request asks for."""
    asked = asking(request)
    opening = " ".join(words(asked)[:_TASK_VERBS])
    told = " ".join([request[:_EDGE], asked, request[-_EDGE:]])
    if _LABEL.search(told):
        return "label"
    if _YES_OR_NO.search(told):
        return "polar"
    if _POLAR.search(asked):
        return "fact" if _ALTERNATIVE.search(asked) else "polar"
    if _OPEN.search(opening) or (_TASK.search(opening) and not _ASKING.search(asked)):
        return "open"
    if _QUANTITY.search(asked):
        return "quantity"
    return "fact" if _FACT.search(asked) else "open"


def asking(request: str) -> str:
    """The sentence that asks, without the manners around it."""
    spans = sentences(request)
    if not spans:
        return ""
    asked = [span for span in spans if request[slice(*span)].rstrip(" \"'”)").endswith("?")]
    start, end = asked[-1] if asked else spans[0]
    sentence = _TOPIC.sub("", request[start:end])
    manners = _MANNERS.match(sentence)
    if not manners or manners.end() == len(sentence):
        return sentence
    if _WHETHER.search(manners[0]):
        return "is " + sentence[manners.end() :]
    return sentence[manners.end() :]
