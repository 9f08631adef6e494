"""Denials: what a sentence says that its speaker cannot do, or has not."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from contralint.facets import frames
from contralint.facets.acts import Found, Sentence, acts_from, mentioned, named_at
from contralint.facets.frames import Frame
from contralint.facets.lexicon import phrases


def denials_in(sentence: Sentence, denials: tuple[Frame, ...]) -> Iterator[Found]:
    """Capabilities that a sentence denies its speaker."""
    text = sentence.text
    if not frames.NEGATION.search(text):
        return
    nature = bool(frames.NATURE.search(text))
    if (
        frames.POLICY.search(text)
        or frames.MISSING_TOOL.search(text)
        or (not nature and frames.MISSING_INPUT.search(text))
    ):
        return
    for frame in denials:
        if frame.impersonal and not nature:
            continue
        for match in frame.pattern.finditer(text):
            if not _is_speakers(text, match, "second" if denials is frames.DENIALS_SECOND else "first"):
                continue
            start = match.start() + len(match.group()) - len(match.group().lstrip(" ,"))
            for capability, end in acts_from(text, match.end(), frame.leads_to, exercised=False):
                if nature or not frames.MATERIAL.search(text, match.end(), end):
                    yield Found(capability, "denies", sentence.start + start, sentence.start + end)
    yield from _stock_denials(sentence)


def _is_speakers(text: str, match: regex.Match[str], person: str) -> bool:
    """Whether a denial without a subject of its own ("and cannot") has the speaker for its subject."""
    if not frames.ELLIPSIS.match(match.group()):
        return True
    subjects = [*frames.SUBJECT.finditer(text, 0, match.start() + 1)]
    return bool(subjects) and bool(subjects[-1].group(person))


def _stock_denials(sentence: Sentence) -> Iterator[Found]:
    for capability, pattern in phrases().denied.items():
        if match := pattern.search(sentence.text):
            yield Found(capability, "denies", sentence.start + match.start(), sentence.start + match.end())
    if match := frames.GERUND_DENIED.search(sentence.text):
        opening = frames.OPENING.match(sentence.text)
        for capability, end in named_at(sentence.text, opening.end() if opening else 0, "noun", exercised=False):
            if end <= match.start() + 1:
                yield Found(capability, "denies", sentence.start, sentence.start + match.end())
        for capability, start in mentioned(sentence.text[: match.start()], ("gerund",)):
            yield Found(capability, "denies", sentence.start + start, sentence.start + match.end())


def refused_in(sentence: Sentence, wanted: frozenset[str], request: str) -> Iterator[Found]:
    """Denials that point at what was asked: "As an AI, I can't do that"."""
    text = sentence.text
    match = frames.SELF_DENIAL.search(text)
    if (
        not match
        or frames.POLICY.search(text)
        or frames.POLICY.search(request)
        or frames.MISSING_TOOL.search(text)
        or frames.MISSING_INPUT.search(text)
    ):
        return
    for capability in sorted(wanted):
        yield Found(capability, "denies", sentence.start + match.start(), sentence.start + match.end(), 0.85)
