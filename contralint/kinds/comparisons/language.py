"""English here, another language there, though nothing asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contralint.facets.described import Described
from contralint.facets.form import DATA
from contralint.facets.language import alike
from contralint.facets.wished_form import asks_for_language
from contralint.kinds.candidate import Candidate, Clash, Position
from contralint.kinds.comparisons.aids import Aids
from contralint.words import normalise

_SHARED = 0.4  # of the words of the shorter text
_READ = 2000  # characters of a text
_CODE = (*DATA, "code", "LaTeX")


def compare(candidates: Sequence[Candidate], parameters: Mapping[str, Any], aids: Aids) -> list[Clash | None]:  # noqa: ARG001 - a comparison's signature
    """Clashes where the same request, in the same language, is answered in two languages."""
    return [_clash(candidate) for candidate in candidates]


def _clash(candidate: Candidate) -> Clash | None:
    first, second = candidate.first, candidate.second
    if any(described.record.calls or described.form.name in _CODE for described in (first, second)):
        return None
    if _share_words(first.record.response.text, second.record.response.text):
        return None
    ours, theirs = first.language, second.language
    if ours is None or theirs is None or alike(ours.code, theirs.code):
        return None
    if not one_language(candidate) or any(_asked(described) for described in (first, second)):
        return None
    confidence = min(ours.probability, theirs.probability)
    return Clash(_position(first), _position(second), confidence, "language")


def _share_words(first: str, second: str) -> bool:
    """Whether two texts have too many words in common to be in two languages: told long before those are."""
    ours, theirs = (set(text[:_READ].casefold().split()) for text in (first, second))
    return len(ours & theirs) > _SHARED * min(len(ours), len(theirs))


def one_language(candidate: Candidate) -> bool:
    """Whether both requests are in one language, as far as they tell."""
    requests = [described.request_language for described in (candidate.first, candidate.second)]
    if requests[0] and requests[1]:
        return alike(requests[0].code, requests[1].code)
    texts = [normalise(described.record.request) for described in (candidate.first, candidate.second)]
    return texts[0] == texts[1]


def _asked(described: Described) -> bool:
    """Whether the request, the system prompt or an earlier turn has a say in the language."""
    record = described.record
    told = [record.request, record.system.text, *(turn.field.text for turn in record.context if turn.role == "user")]
    return any(asks_for_language(text) for text in told)


def _position(described: Described) -> Position:
    assert described.language is not None
    name = described.language.name
    return Position(name, f"answers in {name}", f"answer in {name}", 0, len(described.record.response.text))
