"""What a model does, as far as a case can be checked: each facet reads an answer as a scan reads a record.

A value is a short text that a person can read and write by hand: "refuses", "no", "330 m", "calls search".
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from contralint.errors import UsageError
from contralint.facets.arguments import incompatible
from contralint.facets.asking_back import asks_back
from contralint.facets.claims import claims
from contralint.facets.described import Described
from contralint.facets.identity import identities, same_value
from contralint.facets.quantities import Quantity, quantities
from contralint.facets.toolbox import called
from contralint.kinds.behaviours import BEHAVIOURS
from contralint.kinds.checks import CHECKS
from contralint.kinds.comparisons import label, stance
from contralint.kinds.comparisons.aids import Aids, answers
from contralint.models.suite import Models
from contralint.records import Record, ToolCall
from contralint.words import normalise, words

KEEPS, BREAKS = "keeps", "breaks"
DIRECT = "answers directly"
SHORT, LONG = "short", "long"
_NEAR = 0.5  # probability up to which two answers may both be right


class Facet(Protocol):
    """One observable behaviour."""

    def shown(self, answer: Described) -> tuple[str, ...]:
        """The values that an answer shows; none where it shows nothing of the facet."""
        ...

    def matching(self, answer: Described, values: Sequence[str]) -> tuple[str, ...]:
        """Those of some values that an answer shows, perhaps in other words."""
        ...


@dataclass(frozen=True)
class Plain:
    """A facet whose values are compared as they are."""

    read: Callable[[Described], Sequence[str]]

    def shown(self, answer: Described) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.read(answer)))

    def matching(self, answer: Described, values: Sequence[str]) -> tuple[str, ...]:
        read = {normalise(value) for value in self.read(answer)}
        return tuple(value for value in values if normalise(value) in read)


@dataclass(frozen=True)
class Alike:
    """A facet of which two values may say the same in other words."""

    read: Callable[[Described], Sequence[str]]
    same: Callable[[str, str], bool]

    def shown(self, answer: Described) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.read(answer)))

    def matching(self, answer: Described, values: Sequence[str]) -> tuple[str, ...]:
        read = self.read(answer)
        return tuple(value for value in values if any(self.same(value, shown) for shown in read))


@dataclass(frozen=True)
class Quantities:
    """Figures with their units: 1.6 km is 1,600 m."""

    def shown(self, answer: Described) -> tuple[str, ...]:
        found = answer.quantities if answers(answer) else ()
        return tuple(dict.fromkeys(answer.span(one.start, one.end).text for one in found))

    def matching(self, answer: Described, values: Sequence[str]) -> tuple[str, ...]:
        found = answer.quantities if answers(answer) else ()
        return tuple(value for value in values if any(_agree(value, one) for one in found))


def _agree(value: str, stated: Quantity) -> bool:
    return any(given.dimension == stated.dimension and given.agrees(stated) for given in quantities(value))


@dataclass(frozen=True)
class Answers:
    """What the judge takes for the same answer: of several values, the one that it finds least incompatible."""

    models: Models

    def shown(self, answer: Described) -> tuple[str, ...]:
        if not answers(answer):
            return ()
        short = answer.answer.text if answer.answer and answer.answer.short else answer.record.response.text
        return (short.strip(),)

    def matching(self, answer: Described, values: Sequence[str]) -> tuple[str, ...]:
        said = self.shown(answer)
        if not said or not values:
            return ()
        if same := tuple(value for value in values if normalise(value) == normalise(said[0])):
            return same
        triples = [(answer.record.request, said[0], value) for value in values]
        found = self.models.judge.probability(triples).tolist()
        nearest = min(range(len(values)), key=lambda number: (found[number], number))
        return (values[nearest],) if found[nearest] < _NEAR else ()


@dataclass(frozen=True)
class Calls:
    """Tools called with certain arguments; each value is a call as `NAME {ARGUMENTS}`."""

    def shown(self, answer: Described) -> tuple[str, ...]:
        calls = answer.record.calls
        return ("; ".join(f"{call.name} {call.arguments}" for call in calls),) if calls else ()

    def matching(self, answer: Described, values: Sequence[str]) -> tuple[str, ...]:
        return tuple(value for value in values if self._same(answer.record, value))

    def _same(self, record: Record, value: str) -> bool:
        if not record.calls:
            return False
        wanted = dataclasses.replace(record, calls=tuple(map(_call, value.split("; "))))
        return called(wanted) == called(record) and incompatible(wanted, record) is None


def _call(value: str) -> ToolCall:
    name, _, arguments = value.partition(" ")
    return ToolCall(name, arguments or "{}")


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
