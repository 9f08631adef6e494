"""Denials: what a sentence says that its speaker cannot do, or has not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from contralint.facets import frames
from contralint.facets.acts import Found, Sentence, acts_from, named_at
from contralint.facets.frames import Frame
from contralint.facets.phrases import compiled, spoken_of, worded


def denials_in(sentence: Sentence, denials: tuple[Frame, ...]) -> Iterator[Found]:
    """Capabilities that a sentence denies its speaker."""
    text = sentence.text
    if frames.NEGATIONS.isdisjoint(sentence.vocabulary) and "n't" not in text:
        return
    nature = bool(frames.NATURE.search(text) or (denials is frames.DENIALS_SECOND and frames.ASSISTANT.search(text)))
    if (
        frames.POLICY.search(text)
        or frames.MISSING_TOOL.search(text)
        or (not nature and frames.MISSING_INPUT.search(text))
    ):
        return
    for frame in denials:
        if not frame.impersonal or nature:
            yield from _framed(
                sentence, frame, "second" if denials is frames.DENIALS_SECOND else "first", nature=nature
            )
    yield from _stock_denials(sentence)
    if denials is frames.DENIALS_FIRST:
        yield from _loosely(sentence, nature=nature)


def _loosely(sentence: Sentence, *, nature: bool) -> Iterator[Found]:
    """Denials in any verb that speak of what a capability is about: "I can't reach your lamps"."""
    for match in frames.LOOSE_DENIAL.finditer(sentence.text):
        end = match.end()
        if not nature and frames.MATERIAL.search(sentence.text, match.start(), end):
            continue
        for capability, pattern in spoken_of().items():
            if compiled(pattern).search(sentence.text, match.start("what"), end):
                yield sentence.found(capability, "denies", match.start(), end, 0.85)


def _framed(sentence: Sentence, frame: Frame, person: str, *, nature: bool) -> Iterator[Found]:
    if frame.leads_to != "noun" and not sentence.named(frame.leads_to):
        return
    text = sentence.text
    for match in frame.pattern.finditer(text):
        if not _is_speakers(text, match, person):
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip(" ,"))
        for capability, end in acts_from(sentence, match.end(), frame.leads_to, exercised=False):
            if nature or not frames.MATERIAL.search(text, match.end(), end):
                yield sentence.found(capability, "denies", start, end)


def _is_speakers(text: str, match: regex.Match[str], person: str) -> bool:
    """Whether a denial without a subject of its own ("and cannot") has the speaker for its subject."""
    if not frames.ELLIPSIS.match(match.group()):
        return True
    subjects = [*frames.SUBJECT.finditer(text, 0, match.start() + 1)]
    return bool(subjects) and bool(subjects[-1].group(person))


def _stock_denials(sentence: Sentence) -> Iterator[Found]:
    for capability, match in worded(sentence.text, sentence.words, "denies"):
        yield sentence.found(capability, "denies", match.start(), match.end())
    if denied := frames.GERUND_DENIED.search(sentence.text):
        opening = frames.OPENING.match(sentence.text)
        for capability, end in named_at(sentence, opening.end() if opening else 0, "noun", exercised=False):
            if end <= denied.start() + 1:
                yield sentence.found(capability, "denies", 0, denied.end())
        for named in sentence.named("gerund"):
            if named.end <= denied.start():
                yield sentence.found(named.deed.capability, "denies", named.start, denied.end())


def refused_in(sentence: Sentence, wanted: Iterable[str]) -> Iterator[Found]:
    """Denials that point at what was asked: "As an AI, I can't do that", "I have no way to reach your house"."""
    text = sentence.text
    match = frames.SELF_DENIAL.search(text)
    if not match or any(
        other.search(text) for other in (frames.POLICY, frames.MISSING_TOOL, frames.MISSING_INPUT, frames.ASKS)
    ):
        return
    for capability in wanted:
        yield sentence.found(capability, "denies", match.start(), match.end(), 0.85)
