"""What a record says that the assistant can or cannot do: capabilities that it denies, or exercises."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from contralint.facets import frames
from contralint.facets.acts import OPENING, Found, Sentence, Stance, questioned, requested, sentences_of
from contralint.facets.denials import denials_in, refused_in
from contralint.facets.exercises import completed_in, exercises_in, passives_in
from contralint.facets.lexicon import lexicon
from contralint.facets.means import names_capability, system_denials
from contralint.facets.phrases import WORD, compiled, deeds, openings, tools, verbs_of
from contralint.facets.voice import Voice, ends, plain, unquoted, voice
from contralint.records import Field, Record, Span

_OPENS = 500  # characters of a response in which it announces a deed
_MARKS = ("n't", "not", "unable", "lack", "have no", "beyond", "outside", "something", "your ")  # signs of a claim
_LONG = 6000  # characters of a response that are read: a self-description stands near its start


@dataclass(frozen=True)
class Claim:
    """A capability that a record denies having, or exercises or claims to have.

    Attributes:
        capability: Its name in the lexicon, such as "web access".
        span: The words that say so, in the response or in the system prompt.
        confidence: Probability that a reader agrees.
    """

    capability: str
    stance: Stance
    span: Span
    confidence: float = 0.9


def claims(record: Record) -> tuple[Claim, ...]:
    """Capabilities that a record's response and system prompt deny or exercise, each once a stance."""
    if record.labelled or not record.desired:
        return ()
    found = [*_response_claims(record), *_call_claims(record)]
    said = [Claim(one.capability, one.stance, _span(record.response, one), one.confidence) for one in found]
    taught = [
        Claim(one.capability, one.stance, _span(record.system, one), one.confidence)
        for one in system_denials(record.system.text)
        if one.capability not in {other.capability for other in found}
    ]
    return tuple(_first_of_each([*said, *taught]))


def _first_of_each(found: list[Claim]) -> Iterator[Claim]:
    seen: set[tuple[str, Stance]] = set()
    for claim in found:
        if (claim.capability, claim.stance) not in seen:
            seen.add((claim.capability, claim.stance))
            yield claim


def _span(field: Field, found: Found) -> Span:
    return Span(field, found.start, found.end)


def _call_claims(record: Record) -> Iterator[Found]:
    """Tool calls exercise what their tool's name says."""
    for call in record.calls:
        named = [capability for capability in tools() if names_capability(call.name, capability)]
        for capability in [name for name in named if name != "real-time information"] or named:
            yield Found(capability, "exercises", 0, len(record.response.text), 0.85)


def _response_claims(record: Record) -> list[Found]:
    text = plain(record.response.text[:_LONG])
    request = plain(ends(record.request))
    text = unquoted(text)
    if _says_nothing(text) and not _says_yes_or_no(request, text):
        return []
    sentences = sentences_of(text)
    denials = [found for sentence in sentences for found in denials_in(sentence, frames.DENIALS_FIRST)]
    exercises = [found for sentence in sentences for found in exercises_in(sentence)]
    refuses = any(frames.SELF_DENIAL.search(sentence.text) for sentence in sentences[:OPENING])
    wanted = requested(request) if _announces(text) or denials or exercises or refuses else {}
    if wanted and not frames.POLICY.search(request):
        denials += [found for sentence in sentences[:OPENING] for found in refused_in(sentence, wanted)]
    exercises += [*passives_in(sentences, wanted), *completed_in(sentences, wanted)]
    answers = _answered(request, text, sentences)
    if not (denials or exercises or answers):
        return []
    speaker = voice(record)
    if speaker not in (Voice.ANOTHER, Voice.CHARACTER):
        denials += [found for found in answers if found.stance == "denies"]
        exercises += [found for found in answers if found.stance == "exercises"]
    kept = [found for found in denials if _own_denial(found, speaker, wanted, sentences, request)]
    kept += [found for found in exercises if _own_exercise(found, speaker, wanted, denials, request, text)]
    return _joined(sorted(kept, key=lambda found: (found.start, found.capability)), text)


def _says_nothing(text: str) -> bool:
    """Whether a text is too short to hold a claim: it has no word that one begins with, or cannot do without."""
    if len(text) > _OPENS or any(mark in text for mark in _MARKS):
        return False
    return _telling().isdisjoint(WORD.findall(text)) and not _announces(text)


@cache
def _telling() -> frozenset[str]:
    return frames.NEGATIONS.union(frames.SPEAKERS, openings("denies"), openings("exercises"))


def _announces(text: str) -> bool:
    """Whether a text may say that what was asked for is being done, or is done."""
    opening = text[:_OPENS]
    return bool(frames.IS.search(opening) or frames.COMPLETED.match(opening)) or not _doings().isdisjoint(
        WORD.findall(opening)
    )


@cache
def _doings() -> frozenset[str]:
    return frozenset({*deeds("gerund"), *deeds("participle")})


def _joined(found: list[Found], text: str) -> list[Found]:
    """Claims of one capability in sentences that follow each other are one: "Done! Your alarm is set"."""
    joined: list[Found] = []
    for one in found:
        before = next(
            (other for other in joined if (other.capability, other.stance) == (one.capability, one.stance)), None
        )
        if before and one.stance == "exercises" and not text[before.end : one.start].strip():
            joined[joined.index(before)] = dataclasses.replace(before, end=max(before.end, one.end))
        else:
            joined.append(one)
    return joined


def _answered(request: str, text: str, sentences: list[Sentence]) -> list[Found]:
    """Yes or no to a question about a capability: "Can you browse the web?" "Yes, I can"."""
    if not sentences or not _says_yes_or_no(request, text) or frames.MISSING_TOOL.search(sentences[0].text):
        return []
    no = bool(frames.NO.match(text))
    asked = sorted(questioned(request, states=not no))
    return [sentences[0].whole(name, "denies" if no else "exercises", 0.85) for name in asked]


def _says_yes_or_no(request: str, text: str) -> bool:
    return request.rstrip().endswith("?") and bool(frames.YES.match(text) or frames.NO.match(text))


def _own_denial(found: Found, speaker: Voice, wanted: Collection[str], sentences: list[Sentence], request: str) -> bool:
    """Whether a denial is the assistant's about itself.

    Whoever writes for somebody else may still say first that it cannot do what was asked, or what it is.
    """
    lived = lexicon().capabilities[found.capability].lived
    if speaker in (Voice.ITSELF, Voice.PERSONA):
        return speaker is Voice.ITSELF or not lived
    opening = next(sentence for sentence in sentences if sentence.start + len(sentence.text) >= found.end)
    if opening.number >= OPENING:
        return False
    asked = found.capability in wanted and not lived and speaker is Voice.ANOTHER
    return asked or bool(frames.NATURE.search(opening.text) and not frames.NATURE.search(request))


def _own_exercise(
    found: Found, speaker: Voice, wanted: Collection[str], denials: list[Found], request: str, text: str
) -> bool:
    """Whether an exercise is the assistant's own, and not undone by a denial in the same sentence."""
    if any(other.capability == found.capability and found.start <= other.start < found.end for other in denials):
        return False
    entry = lexicon().capabilities[found.capability]
    if entry.given and compiled(entry.given).search(request):
        return False
    said = text[found.start : found.end]
    if not frames.SPOKEN.search(said) and _user_did(found.capability, request):
        return False
    if speaker in (Voice.ANOTHER, Voice.CHARACTER):
        return found.capability in wanted and not entry.lived
    return not (speaker is Voice.PERSONA and entry.lived) and said.strip() not in request


def _user_did(capability: str, request: str) -> bool:
    """Whether the user says to have done it: "I booked a flight, what now?"."""
    done = verbs_of(capability, "past") | verbs_of(capability, "participle")
    return any(match.group("verb") in done for match in frames.USER_DID.finditer(request))
