"""One line here, an essay there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contralint.facets.described import Described
from contralint.kinds.candidate import Candidate, Clash, Position
from contralint.kinds.comparisons.aids import Aids, both_answer
from contralint.patterns import IGNORECASE, lazy_pattern
from contralint.words import words

# A request that has a say in how long its answer is.
_LENGTH = lazy_pattern(
    r"\b(?:brief(?:ly)?|short(?:ly)?|concise(?:ly)?|succinct(?:ly)?|terse(?:ly)?|long|length|detail(?:s|ed)?"
    r"|in[- ]depth"
    r"|thorough(?:ly)?|comprehensive(?:ly)?|elaborate|extensive(?:ly)?|one[- ]liner|tl;?dr|quick(?:ly)?|summar\w+"
    r"|(?:in|at most|at least|under|about|exactly|up to) (?:\d+|\w+) (?:words?|sentences?|lines?|paragraphs?)"
    r"|essay|article|explain like|step[- ]by[- ]step|(?:one|a single|single|just) (?:word|sentence|line))\b",
    IGNORECASE,
)


def compare(candidates: Sequence[Candidate], parameters: Mapping[str, Any], aids: Aids) -> list[Clash | None]:  # noqa: ARG001 - a comparison's signature
    """Clashes where one has at most `short` words, the other at least `long`, and no request speaks of length."""
    short, long = int(parameters["short"]), int(parameters["long"])
    return [_clash(candidate, short, long) for candidate in candidates]


def asks_for_length(request: str) -> bool:
    """Whether a request has a say in the length of its answer."""
    return bool(_LENGTH.search(request))


def _clash(candidate: Candidate, short: int, long: int) -> Clash | None:
    first, second = candidate.first, candidate.second
    lengths = sorted(len(words(described.record.response.text)) for described in (first, second))
    if lengths[0] > short or lengths[1] < long or not both_answer(candidate):
        return None
    if any(asks_for_length(described.record.request) for described in (first, second)):
        return None
    return Clash(_position(first, short), _position(second, short), 1.0, "length")


def _position(described: Described, short: int) -> Position:
    text = described.record.response.text
    counted = len(words(text))
    side = "short" if counted <= short else "long"
    return Position(
        side, f"has {counted} words", f"answer {'briefly' if side == 'short' else 'at length'}", 0, len(text)
    )
