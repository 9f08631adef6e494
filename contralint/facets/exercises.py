"""Exercises: what a text says that its speaker does, did or can do."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping

from contralint.facets import frames
from contralint.facets.acts import OPENING, Found, Sentence, acts_from
from contralint.facets.frames import Frame
from contralint.facets.lexicon import inflect, lexicon
from contralint.facets.phrases import compiled, openings, passives, verbs_of, worded
from contralint.patterns import lazy_pattern

_SHORT = 12  # words of a sentence that announces a deed rather than explaining one
_YOURS = lazy_pattern(r"\s*your ")


def exercises_in(sentence: Sentence) -> Iterator[Found]:
    """Capabilities that a sentence says its speaker uses, used or has."""
    said = _stated(sentence)
    for capability, start in [*_framed(said), *_worded(said)]:
        if not frames.CONDITIONAL.search(said.text[:start]):
            yield said.whole(capability, "exercises")


def _framed(sentence: Sentence) -> Iterator[tuple[str, int]]:
    if frames.SPEAKERS.isdisjoint(sentence.vocabulary):
        return
    for frame in frames.EXERCISES:
        if _may_lead(frame, sentence):
            for match in frame.pattern.finditer(sentence.text):
                for capability, _ in acts_from(sentence, match.end(), frame.leads_to, exercised=True):
                    yield capability, match.end()


def _may_lead(frame: Frame, sentence: Sentence) -> bool:
    """Whether a sentence has what a frame leads to, so that the frame is worth looking for."""
    if frame.leads_to == "noun":
        return not frames.HAVING.isdisjoint(sentence.vocabulary)
    return bool(sentence.named(frame.leads_to))


def _worded(sentence: Sentence) -> Iterator[tuple[str, int]]:
    words = () if sentence.vocabulary.isdisjoint(openings("exercises")) else sentence.words
    for capability, match in worded(sentence.text, words, "exercises"):
        yield capability, match.start() + 1


def _stated(sentence: Sentence) -> Sentence:
    """A sentence without the question that it ends in: "You told me last week that you swim, so how about it?"."""
    if not frames.ASKS.search(sentence.text):
        return sentence
    end = 0 if frames.ASKING.match(sentence.text) else max(0, sentence.text.rfind(","))
    return dataclasses.replace(sentence, text=sentence.text[:end])


def passives_in(sentences: list[Sentence], wanted: Collection[str]) -> Iterator[Found]:
    """Exercises without a speaker: "your alarm is set", and where it was asked for, "turning on the lights"."""
    for sentence in sentences[:OPENING]:
        if not frames.DELAYED.search(sentence.text) and not frames.ASKS.search(sentence.text):
            yield from _passives(sentence, wanted)
            yield from _announced(sentence, wanted)


def _passives(sentence: Sentence, wanted: Collection[str]) -> Iterator[Found]:
    own = passives(asked=False) if "your " in sentence.text else {}
    asked = {name: pattern for name, pattern in passives(asked=True).items() if name in wanted}
    for capability, pattern in (own | asked).items():
        match = compiled(pattern).search(sentence.text)
        if (
            match
            and not frames.CONDITIONAL.search(sentence.text[: match.start() + 1])
            and (capability in wanted or _YOURS.match(match.group()))
        ):
            yield sentence.whole(capability, "exercises")


def _announced(sentence: Sentence, wanted: Collection[str]) -> Iterator[Found]:
    """A short sentence that opens with what was asked for: "Dimming the lights now"."""
    if not wanted or len(sentence.text.split()) > _SHORT:
        return
    for named in (*sentence.named("gerund"), *sentence.named("participle")):
        capability = named.deed.capability
        if (
            capability in wanted
            and not lexicon().capabilities[capability].lived
            and frames.OPENED.fullmatch(sentence.text[: named.start])
        ):
            yield sentence.whole(capability, "exercises")


def completed_in(sentences: list[Sentence], wanted: Mapping[str, Collection[str]]) -> list[Found]:
    """Short words that what was asked for is done: "Done!", "They're off now", or its verb again: "Locked!"."""
    acts = {name: verbs for name, verbs in wanted.items() if not lexicon().capabilities[name].lived}
    for sentence in sentences[:OPENING] if acts else ():
        if sentence.text.rstrip().endswith("?"):
            continue
        if frames.COMPLETED.match(sentence.text):
            return [sentence.whole(name, "exercises", 0.85) for name in acts]
        if found := [name for name, verbs in acts.items() if _echoes(sentence, name, verbs)]:
            return [sentence.whole(name, "exercises", 0.85) for name in found]
    return []


def _echoes(sentence: Sentence, capability: str, verbs: Collection[str]) -> bool:
    """Whether a short sentence opens with a verb of what was asked, as done or being done."""
    if len(sentence.words) > _SHORT:
        return False
    done = {inflect(verb, form) for verb in verbs for form in ("participle", "gerund")} - set(verbs)
    done |= verbs_of(capability, "participle") - verbs_of(capability, "base")
    start = next((start for word, start in sentence.words if word in done), None)
    return start is not None and bool(frames.OPENED.fullmatch(sentence.text[:start]))
