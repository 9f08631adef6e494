"""Why two records that ask the same do not clash by a comparison, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from contralint.facets.language import alike
from contralint.facets.wished_form import names_forms
from contralint.kinds.candidate import Candidate
from contralint.kinds.comparisons import Aids, quantity
from contralint.kinds.comparisons.aids import both_answer
from contralint.kinds.comparisons.answer import slots_agree
from contralint.words import normalise, words

_OPEN = "open questions, which have many right answers"
_NO_ANSWER = "one of them declines, asks back or answers in part"
Reason = Callable[[Candidate, Mapping[str, Any], Aids], str]


def figure(value: float, threshold: float | None = None) -> str:
    """A probability or similarity with two decimals, or four where two would not tell it from a threshold."""
    return f"{value:.4f}" if threshold is not None and round(value, 2) == round(threshold, 2) else f"{value:.2f}"


def below(value: float, threshold: float) -> str:
    """Such as "0.43 is below 0.75"."""
    return f"{figure(value, threshold)} is below {figure(threshold)}"


def reason(comparison: str, candidate: Candidate, parameters: Mapping[str, Any], aids: Aids) -> str:
    """Says why a comparison, by its name in rule files, finds no clash in a pair for which it found none."""
    explain = _REASONS.get(comparison)
    return explain(candidate, parameters, aids) if explain else f"their {comparison} does not clash"


def _stance(candidate: Candidate, parameters: Mapping[str, Any], aids: Aids) -> str:  # noqa: ARG001 - a reason's signature
    pair = (candidate.first, candidate.second)
    taken = ["partial" if described.concedes else described.stance.label for described in pair]
    opposed = " against ".join(" or ".join(labels) for labels in parameters["sides"])
    return f"the stances {taken[0]} and {taken[1]} are not opposed (looked for: {opposed})"


def _polarity(candidate: Candidate, parameters: Mapping[str, Any], aids: Aids) -> str:  # noqa: ARG001 (a reason's signature)
    if "polar" not in (candidate.first.question.kind, candidate.second.question.kind):
        return "no yes-no question"
    said = (candidate.first.polarity, candidate.second.polarity)
    if said[0] is None or said[1] is None:
        return "one of them says neither yes nor no"
    return f"both answer {said[0].value}" if said[0].value == said[1].value else _NO_ANSWER


def _quantity(candidate: Candidate, parameters: Mapping[str, Any], aids: Aids) -> str:  # noqa: ARG001 (a reason's signature)
    if not (candidate.first.question.closed or candidate.second.question.closed):
        return _OPEN
    if not (candidate.first.quantities and candidate.second.quantities):
        return "one of them states no quantity"
    if quantity.agree(candidate):
        return "their quantities agree"
    return "the question asks for no quantity, or theirs cannot be compared" if both_answer(candidate) else _NO_ANSWER


def _label(candidate: Candidate, parameters: Mapping[str, Any], aids: Aids) -> str:  # noqa: ARG001 (a reason's signature)
    labelled = any(described.record.labelled for described in (candidate.first, candidate.second))
    if not labelled and "label" not in (candidate.first.question.kind, candidate.second.question.kind):
        return "no question for a label"
    return "their labels are the same, or of different label sets"


def _answer(candidate: Candidate, parameters: Mapping[str, Any], aids: Aids) -> str:
    first, second = candidate.first, candidate.second
    if not (first.question.closed and second.question.closed):
        both_open = not (first.question.closed or second.question.closed)
        return _OPEN if both_open else "one of the two is read as an open question"
    if not (first.answer and second.answer and first.answer.short and second.answer.short):
        return "one of them gives no short answer"
    if not both_answer(candidate):
        return _NO_ANSWER
    if normalise(first.answer.text) == normalise(second.answer.text) or slots_agree(candidate):
        return "both give the same answer"
    judged = float(aids.judge.probability([(candidate.question, first.answer.text, second.answer.text)])[0])
    least = f"{figure(parameters['judge'])}, or {figure(parameters['judge_disjoint'])} for answers that share no word"
    return f"the judge gives {figure(judged)} (needed: {least}), or both answers hold the same words"


def _format(candidate: Candidate, parameters: Mapping[str, Any], aids: Aids) -> str:  # noqa: ARG001 (a reason's signature)
    forms = (candidate.first.form, candidate.second.form)
    if forms[0] == forms[1]:
        return f"both answer in {forms[0].shown}"
    shown = f"{forms[0].shown} and {forms[1].shown}"
    if not both_answer(candidate):
        return _NO_ANSWER
    if names_forms(candidate.first.record.request) != names_forms(candidate.second.record.request):
        return f"the requests ask for other formats ({shown})"
    return f"{shown} may both be right where no data and no program is asked for"


def _language(candidate: Candidate, parameters: Mapping[str, Any], aids: Aids) -> str:  # noqa: ARG001 (a reason's signature)
    found = (candidate.first.language, candidate.second.language)
    if found[0] is None or found[1] is None:
        return "one of them tells no language: it is short, or holds names or code"
    if alike(found[0].code, found[1].code):
        same = found[0].code == found[1].code
        return f"both answer in {found[0].name}" if same else "their languages are hardly told apart"
    return "the requests are in two languages, or something asks for a language"


def _length(candidate: Candidate, parameters: Mapping[str, Any], aids: Aids) -> str:  # noqa: ARG001 (a reason's signature)
    counted = sorted(len(words(described.record.response.text)) for described in (candidate.first, candidate.second))
    shown = f"{counted[0]} and {counted[1]} words"
    if counted[0] > parameters["short"] or counted[1] < parameters["long"]:
        return f"{shown} (looked for: at most {parameters['short']} and at least {parameters['long']})"
    return f"{shown}, but a request speaks of length" if both_answer(candidate) else _NO_ANSWER


_REASONS: dict[str, Reason] = {
    "answer": _answer,
    "format": _format,
    "label": _label,
    "language": _language,
    "length": _length,
    "polarity": _polarity,
    "quantity": _quantity,
    "stance": _stance,
}
