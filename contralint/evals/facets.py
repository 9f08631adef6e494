"""The facets that cases may name, and how each is read from an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from contralint.errors import UsageError
from contralint.evals.facet import Alike, Answers, Calls, Facet, Plain, Quantities
from contralint.facets.asking_back import asks_back
from contralint.facets.claims import claims
from contralint.facets.described import Described
from contralint.facets.identity import identities, same_value
from contralint.facets.toolbox import called
from contralint.kinds.behaviours import BEHAVIOURS
from contralint.kinds.checks import CHECKS
from contralint.kinds.comparisons import label, stance
from contralint.kinds.comparisons.aids import Aids, answers
from contralint.models.suite import Models
from contralint.words import words

KEEPS, BREAKS = "keeps", "breaks"
DIRECT = "answers directly"
SHORT, LONG = "short", "long"


def _stances(answer: Described) -> list[str]:
    found = stance.taken(answer)
    if not answer.record.response.text.strip() or found is None:
        return []
    return ["refuses" if found == "unable" else found]


def _polarities(answer: Described) -> list[str]:
    return [answer.polarity.value] if answer.polarity and answers(answer) else []


def _choices(answer: Described) -> list[str]:
    return [answer.choice.text] if answer.choice and answer.choice.text else []


def _labels(answer: Described) -> list[str]:
    found = label.position(answer)
    return [answer.span(found.start, found.end).text] if found else []


def _same_label(first: str, second: str) -> bool:
    ours, theirs = label.side_of(first), label.side_of(second)
    return bool(ours and theirs) and label.same_label(ours, theirs)


def _forms(answer: Described) -> list[str]:
    return [answer.form.shown] if answers(answer) else []


def _languages(answer: Described) -> list[str]:
    return [answer.language.name] if answer.language else []


def _tools(answer: Described) -> list[str]:
    names = called(answer.record)
    if names:
        return [f"calls {name}" for name in names]
    text = answer.record.response.text
    direct = text.strip() and not asks_back(answer.record.request, text) and answer.stance.label != "clarifies"
    return [DIRECT] if direct else []


def _asks(answer: Described) -> list[str]:
    text = answer.record.response.text
    if not answer.record.calls and (asks_back(answer.record.request, text) or answer.stance.label == "clarifies"):
        return ["asks"]
    return ["answers"] if answer.record.calls or answers(answer) else []


def _capabilities(names: Sequence[str]) -> Callable[[Described], list[str]]:
    def read(answer: Described) -> list[str]:
        said = (one for one in claims(answer.record) if one.span.field.name != "system")
        return [one.stance for one in said if one.capability in names]

    return read


def _identities(attribute: str) -> Callable[[Described], list[str]]:
    def read(answer: Described) -> list[str]:
        said = (one for one in identities(answer.record) if one.span.field.name != "system")
        return [one.value for one in said if one.attribute == attribute]

    return read


def _behaviour(name: str) -> Callable[[Described], list[str]]:
    return lambda answer: [case.side for case in BEHAVIOURS[name].cases([answer.record])]


def _check(name: str, parameters: Mapping[str, Any], models: Models) -> Callable[[Described], list[str]]:
    def read(answer: Described) -> list[str]:
        if not answers(answer):
            return []
        return [BREAKS if any(CHECKS[name]([answer.record], parameters, Aids(models))) else KEEPS]

    return read


def _lengths(short: int, long: int) -> Callable[[Described], list[str]]:
    def read(answer: Described) -> list[str]:
        counted = len(words(answer.record.response.text)) if answers(answer) else 0
        return [name for name, holds in ((SHORT, 0 < counted <= short), (LONG, counted >= long)) if holds]

    return read


_PLAIN: dict[str, Callable[[Described], list[str]]] = {
    "choice": _choices,
    "clarify": _asks,
    "comments": _behaviour("comments"),
    "critique": _behaviour("critique"),
    "edit scope": _behaviour("edit scope"),
    "format": _forms,
    "language": _languages,
    "polarity": _polarities,
    "stance": _stances,
    "tool": _tools,
}
_OTHERS: dict[str, Callable[[Mapping[str, Any], Models], Facet]] = {
    "answer": lambda _, models: Answers(models),
    "arguments": lambda *_: Calls(),
    "capability": lambda given, _: Plain(_capabilities(given["capabilities"])),
    "constraint": lambda given, models: Plain(_check("constraint", given, models)),
    "identity": lambda given, _: Alike(_identities(given["attribute"]), partial(same_value, given["attribute"])),
    "label": lambda *_: Alike(_labels, _same_label),
    "length": lambda given, _: Plain(_lengths(int(given["short"]), int(given["long"]))),
    "quantity": lambda *_: Quantities(),
    "turns": lambda given, models: Plain(_check("turns", given, models)),
}


def facet(name: str, parameters: Mapping[str, Any], models: Models) -> Facet:
    """A facet by its name.

    Args:
        name: One of those that cases may name.
        parameters: What it is narrowed down to, as the rule file says it.
        models: The judge is asked where nothing else tells.

    Raises:
        UsageError: The parameters are wrong.
    """
    if name in _PLAIN:
        return Plain(_PLAIN[name])
    try:
        return _OTHERS[name](parameters, models)
    except (LookupError, TypeError, ValueError) as error:
        raise UsageError(f"the facet '{name}' cannot be read: its parameters lack {error}") from None
