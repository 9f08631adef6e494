"""Exercises: what a text says that its speaker does, did or can do."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from contralint.facets import frames
from contralint.facets.acts import OPENING, Found, Sentence, acts_from, mentioned
from contralint.facets.lexicon import lexicon, phrases

_SHORT = 12  # words of a sentence that announces a deed rather than explaining one
_YOURS = regex.compile(r"\s*your ")


def exercises_in(sentence: Sentence) -> Iterator[Found]:
    """Capabilities that a sentence says its speaker uses, used or has."""
    text = _stated(sentence.text)
    spoken = frames.SPEAKER.search(text)
    if not spoken and not frames.UNSPOKEN.search(text):
        return
    for frame in frames.EXERCISES if spoken else ():
        for match in frame.pattern.finditer(text):
            for capability, _ in acts_from(text, match.end(), frame.leads_to, exercised=True):
                if not frames.CONDITIONAL.search(text[: match.end()]):
                    yield Found(capability, "exercises", sentence.start, sentence.start + len(text))
    for capability, pattern in phrases().exercised.items():
        told = pattern.search(text)
        if told and not frames.CONDITIONAL.search(text[: told.start() + 1]):
            yield Found(capability, "exercises", sentence.start, sentence.start + len(text))


def _stated(sentence: str) -> str:
    """A sentence without the question that it ends in: "You told me last week that you swim, so how about it?"."""
    if not frames.ASKS.search(sentence):
        return sentence
    return "" if frames.ASKING.match(sentence) else sentence[: max(0, sentence.rfind(","))]


def passives_in(sentences: list[Sentence], wanted: frozenset[str]) -> Iterator[Found]:
    """Exercises without a speaker: "your alarm is set", and where it was asked for, "turning on the lights"."""
    entries = lexicon().capabilities
    for sentence in sentences[:OPENING]:
        if frames.DELAYED.search(sentence.text) or frames.ASKS.search(sentence.text):
            continue
        for capability, pattern in phrases().passives.items():
            asked = capability in wanted
            if entries[capability].lived or not (asked or "your " in sentence.text):
                continue
            match = pattern.search(sentence.text)
            if (
                match
                and not frames.CONDITIONAL.search(sentence.text[: match.start() + 1])
                and (asked or _YOURS.match(match.group()))
            ):
                yield _whole_sentence(sentence, capability)
        yield from _announced(sentence, wanted)


def _announced(sentence: Sentence, wanted: frozenset[str]) -> Iterator[Found]:
    """A short sentence that opens with what was asked for: "Dimming the lights now"."""
    if len(sentence.text.split()) > _SHORT:
        return
    for capability, start in mentioned(sentence.text, ("gerund", "participle")):
        if (
            capability in wanted
            and not lexicon().capabilities[capability].lived
            and frames.OPENED.fullmatch(sentence.text[:start])
        ):
            yield _whole_sentence(sentence, capability)


def _whole_sentence(sentence: Sentence, capability: str, confidence: float = 0.9) -> Found:
    return Found(capability, "exercises", sentence.start, sentence.start + len(sentence.text), confidence)


def completed_in(sentences: list[Sentence], wanted: frozenset[str]) -> list[Found]:
    """Short words that what was asked for is done: "Done!", "They're off now"."""
    lived = {name for name, entry in lexicon().capabilities.items() if entry.lived}
    for sentence in sentences[:OPENING]:
        if frames.COMPLETED.match(sentence.text) and not sentence.text.rstrip().endswith("?"):
            return [
                Found(name, "exercises", sentence.start, sentence.start + len(sentence.text), 0.85)
                for name in sorted(wanted - lived)
            ]
    return []
