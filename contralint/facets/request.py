"""What a request asks, apart from the material pasted into it: a review, a list, a paragraph to read.

Two long requests over the same material are near whatever they ask, and two that ask the same are near over any
material, so each part is compared by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.records import Record
from contralint.words import sentences

# A text of one line is taken apart from this many words on: shorter ones tell their circumstances and ask.
_ONE_LINE = 80
# A text in which nothing asks is asked about as a whole from this many words on: it must be the same to ask the same.
_NO_ASK = 20
_MATERIAL = 6  # words from which what stands beside the question is material, rather than a greeting
_ASKING = lazy_pattern(
    r"^(?:\W*(?:please|kindly|now|then|and|so|question|task|instructions?|q)\b[\s,:.-]*)*"
    r"(?:add|analy[sz]e|answer|arrange|build|calculate|categori[sz]e|change|check|choose|classify|combine|compare"
    r"|complete|compose|compute|condense|construct|continue|convert|correct|count|create|decide|define|describe"
    r"|detect|determine|develop|discuss|draft|edit|elaborate|estimate|evaluate|examine|explain|extend|extract|fill"
    r"|find|fix|format|formulate|generate|give|guess|help|highlight|identify|imagine|improve|infer|insert|label|list"
    r"|make|mark|match|modify|name|order|outline|paraphrase|pick|predict|propose|proofread|provide|put|rank|rate|read"
    r"|rearrange|recommend|refactor|remove|rephrase|replace|respond|return|revise|rewrite|score|select|show"
    r"|shorten|simplify|solve|sort|split|state|suggest|summari[sz]e|tag|tell|transcribe|transform|translate|turn"
    r"|update|use|validate|verify|write"
    r"|i\s+(?:want|need|would\s+like)\s+(?:you\s+)?to|i'd\s+like\s+(?:you\s+)?to"
    r"|(?:what|which|who|whom|whose|when|where|why|how)(?=\b[^.!]*[:?]\s*$)"
    r"|(?:can|could|would|will)\s+you|your\s+(?:task|job)\s+is|given|based\s+on|according\s+to|using|from)\b",
    IGNORECASE,
)
_QUESTION_END = lazy_pattern(r"\?[\s\"'”’)\]]*$")
# "Summarize this: ..." asks before the colon, and gives its material behind it.
_LEAD = lazy_pattern(r"^[^:\n]{3,120}:\s+(?=\S)")


@dataclass(frozen=True)
class Parts:
    """A request taken apart; `material` is "" where it is given nothing to work on."""

    whole: str
    ask: str
    material: str


def parts(record: Record) -> Parts:
    """Takes the request of a record apart: material is what its instruction holds, and its input.

    A text that is given a label asks nothing: all of it is material.
    """
    if record.labelled:
        return Parts(record.request, record.request, record.request)
    ask, pasted = _split(record.instruction.text.strip())
    given = (pasted, record.input.text.strip())
    return Parts(record.request, ask, "\n".join(part for part in given if part))


@lru_cache(maxsize=8192)
def _split(text: str) -> tuple[str, str]:
    if "\n" not in text and text.count(" ") < _ONE_LINE:
        return text, ""
    asked, given = [], []
    for start, end in sentences(text):
        asking, rest = _halves(text[start:end])
        asked += [asking] if asking else []
        given += [rest] if rest else []
    material = "\n".join(given)
    if not asked and len(text.split()) >= _NO_ASK:
        return text, text
    if not asked or len(material.split()) < _MATERIAL:
        return text, ""
    return "\n".join(asked), material


def _halves(sentence: str) -> tuple[str, str]:
    """What of a sentence asks, and what of it is given."""
    question = "?" in sentence and bool(_QUESTION_END.search(sentence))
    if question or not _ASKING.match(sentence):
        return (sentence, "") if question else ("", sentence)
    if ":" in sentence and (lead := _LEAD.match(sentence)):
        return sentence[: lead.end()].rstrip(), sentence[lead.end() :]
    return sentence, ""
