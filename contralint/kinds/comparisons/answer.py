"""A closed question whose two answers cannot both be true, where no slot settles it: the judge decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from contralint.facets.described import Described
from contralint.kinds.candidate import Candidate, Clash, Position
from contralint.kinds.comparisons import choice, polarity, quantity
from contralint.kinds.comparisons.aids import Aids, both_answer
from contralint.words import normalise

_CORE = 4  # content words of an answer that names one thing
_SPELLING = 80.0  # rapidfuzz ratio (0-100) from which two words are one word in two spellings
_SHOWN = 40  # characters of an answer in a side's label


def compare(candidates: Sequence[Candidate], parameters: Mapping[str, Any], aids: Aids) -> list[Clash | None]:
    """Clashes where two options differ, or the judge's probability reaches `judge_disjoint` (two names) or `judge`."""
    asked = [number for number, candidate in enumerate(candidates) if _comparable(candidate)]
    triples = [_triple(candidates[number]) for number in asked]
    clashes: list[Clash | None] = [choice.clash(candidate) for candidate in candidates]
    for number, probability in zip(asked, aids.judge.probability(triples) if triples else [], strict=True):
        candidate = candidates[number]
        least = parameters["judge_disjoint" if _names_differ(candidate) else "judge"]
        ours, theirs = _position(candidate.first), _position(candidate.second)
        if probability >= least and ours.side != theirs.side:
            clashes[number] = Clash(ours, theirs, _with_names(candidate, float(probability)), "judge")
    return clashes


def _with_names(candidate: Candidate, judged: float) -> float:
    """The judge's probability; that two different things are named is half the proof, to which it adds."""
    return (1 + judged) / 2 if _names_differ(candidate) else judged


def slots_agree(candidate: Candidate) -> bool:
    """Whether a yes, a no, a quantity or an option settles that both answers say the same."""
    return polarity.agree(candidate) or quantity.agree(candidate) or choice.agree(candidate)


def _comparable(candidate: Candidate) -> bool:
    pair = (candidate.first, candidate.second)
    kinds = {described.question.kind for described in pair}
    if "polar" in kinds and len(kinds) > 1:
        # A yes answers no question for a word, though both may ask about one thing.
        return False
    if choice.clash(candidate) or not all(
        described.question.closed and described.answer and described.answer.short for described in pair
    ):
        return False
    texts = [normalise(described.answer.text) for described in pair if described.answer]
    if texts[0] == texts[1] or polarity.contrary(candidate) or slots_agree(candidate):
        return False
    return both_answer(candidate)


def _triple(candidate: Candidate) -> tuple[str, str, str]:
    texts = [described.answer.text for described in (candidate.first, candidate.second) if described.answer]
    return candidate.question, texts[0], texts[1]


def _names_differ(candidate: Candidate) -> bool:
    """Whether both answers are a name or a few words, and share none."""
    pair = (candidate.first, candidate.second)
    cores = [described.answer.core for described in pair if described.answer and _names(described)]
    if len(cores) < 2 or not all(0 < len(core) <= _CORE for core in cores):
        return False
    return not any(fuzz.ratio(one, other) >= _SPELLING for one in cores[0] for other in cores[1])


def _names(described: Described) -> bool:
    """Whether an answer names something: to a question worded as one for a quantity ("the score"), without any."""
    kind = described.question.kind
    return kind == "fact" or (kind == "quantity" and not described.quantities)


def _position(described: Described) -> Position:
    answer = described.answer
    assert answer is not None
    shown = answer.text if len(answer.text) <= _SHOWN else answer.text[: _SHOWN - 3].rstrip() + "..."
    return Position(" ".join(sorted(answer.core)), f'answers "{shown}"', f'answer "{shown}"', answer.start, answer.end)
