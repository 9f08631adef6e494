"""Which facet tells the two sides of a conflict apart: what its rule compares, else whatever does."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contralint.evals.case import Expectation, FacetName
from contralint.evals.facet import Facet
from contralint.evals.facets import BREAKS, DIRECT, KEEPS, LONG, SHORT, facet
from contralint.facets.claims import claims
from contralint.facets.described import Described
from contralint.facets.lexicon import lexicon
from contralint.models.suite import Models
from contralint.records import Record
from contralint.rule import Rule

_COMPARED: dict[str, tuple[FacetName, ...]] = {
    "answer": ("choice", "answer"),
    "format": ("format",),
    "label": ("label",),
    "language": ("language",),
    "polarity": ("polarity",),
    "quantity": ("quantity",),
    "stance": ("stance",),
}
_BEHAVIOURS: dict[str, FacetName] = {
    "arguments": "arguments",
    "clarify": "clarify",
    "comments": "comments",
    "critique": "critique",
    "edit scope": "edit scope",
    "tool choice": "tool",
    "trigger": "tool",
}
# For rules that compare wordings or whole answers: the first of these that tells them apart.
_ANY: tuple[FacetName, ...] = (
    "stance",
    "polarity",
    "quantity",
    "choice",
    "label",
    "tool",
    "format",
    "language",
    "answer",
)
# Values of which one is the contrary of the other.
_CONTRARIES: dict[str, dict[str, str]] = {
    "capability": {"denies": "exercises", "exercises": "denies"},
    "clarify": {"asks": "answers", "answers": "asks"},
    "comments": {"comments": "none", "none": "comments"},
    "critique": {"praise": "fault", "fault": "praise"},
    "edit scope": {"part": "whole", "whole": "part"},
    "length": {SHORT: LONG, LONG: SHORT},
    "polarity": {"yes": "no", "no": "yes"},
    "stance": {"refuses": "complies", "complies": "refuses", "partial": "complies"},
}
_VALUES = 8  # values that an answer is held against, for each side
_READ = 50  # records of a side that are read for them


@dataclass(frozen=True)
class Watch:
    """A facet to look at.

    Attributes:
        parameters: What it is narrowed down to.
        within: Whether right is that a response keeps what is asked of it, whatever the records do.
        ranked: Whether wrong is what the records that stay reject, rather than what those that go teach.
    """

    facet: FacetName
    parameters: Mapping[str, Any] = field(default_factory=dict)
    within: bool = False
    ranked: bool = False


def watches(rule: Rule, records: Sequence[Record]) -> list[Watch]:
    """Facets by which the sides of a conflict may be told apart, the likeliest first; none for rules about rows."""
    find = _BY_KIND.get(rule.kind)
    return find(rule.parameters, records) if find else []


def _of_pair(given: Mapping[str, Any], _: Sequence[Record]) -> list[Watch]:
    if given.get("compare") == "length":
        return [Watch("length", {"short": given["short"], "long": given["long"]})]
    return [Watch(name) for name in _COMPARED.get(str(given.get("compare")), _ANY)]


def _of_claim(given: Mapping[str, Any], records: Sequence[Record]) -> list[Watch]:
    capabilities = _capabilities(given.get("capabilities", ()), records)
    able = [Watch("capability", {"capabilities": capabilities})] if capabilities else []
    return [*able, *(Watch("identity", {"attribute": one}) for one in given.get("attributes", ()))]


def _of_habit(given: Mapping[str, Any], _: Sequence[Record]) -> list[Watch]:
    return [Watch(_BEHAVIOURS[name]) for name in given.get("behaviours", ()) if name in _BEHAVIOURS]


def _of_any(_: Mapping[str, Any], __: Sequence[Record]) -> list[Watch]:
    return [Watch(name) for name in _ANY]


def _of_preference(_: Mapping[str, Any], __: Sequence[Record]) -> list[Watch]:
    return [Watch(name, ranked=True) for name in _ANY]


def _within(given: Mapping[str, Any], _: Sequence[Record]) -> list[Watch]:
    if given.get("check") == "constraint":
        return [Watch("constraint", {"source": given["source"]}, within=True)]
    if given.get("check") == "turns":
        return [Watch("turns", {name: given[name] for name in ("judge", "judge_disjoint")}, within=True)]
    return []


_BY_KIND: dict[str, Callable[[Mapping[str, Any], Sequence[Record]], list[Watch]]] = {
    "claim": _of_claim,
    "habit": _of_habit,
    "pair": _of_pair,
    "preference": _of_preference,
    "split": _of_any,
    "within": _within,
}


def expectation(watch: Watch, right: Sequence[Record], wrong: Sequence[Record], models: Models) -> Expectation | None:
    """What is expected of answers, and what is forbidden; None where the facet does not tell the two apart.

    Args:
        watch: What to look at.
        right: Records that stay; none where all of the conflict go, so that answers can only be held to be alike.
        wrong: Records that go; none where they are lost.
        models: The judge is asked where nothing else tells.
    """
    parameters = dict(watch.parameters)
    if watch.within:
        return Expectation(watch.facet, (KEEPS,), (BREAKS,), parameters=parameters)
    looked_at = facet(watch.facet, parameters, models)
    if not right:
        known = _values(looked_at, _described(wrong))
        return Expectation(watch.facet, known=known, parameters=parameters) if len(known) > 1 else None
    kept = _described(one for one in right if one.desired)
    others = _described(_rejected(right) if watch.ranked else wrong)
    expected, forbidden = _values(looked_at, kept), _values(looked_at, others)
    if (kept and not expected) or (others and not forbidden) or not (expected or forbidden):
        return None
    values = (*expected, *forbidden)
    shown = [set(looked_at.matching(one, values)) for one in kept]
    shown_by_others = [set(looked_at.matching(one, values)) for one in others]
    if any(one & set(forbidden) for one in shown) or any(one & set(expected) for one in shown_by_others):
        return None
    return Expectation(watch.facet, expected, forbidden or _contraries(watch.facet, expected), parameters=parameters)


def _described(records: Iterable[Record]) -> list[Described]:
    return [Described(record) for record in itertools.islice(records, _READ)]


def _rejected(records: Sequence[Record]) -> Iterator[Record]:
    """What records train away from, as if it were taught."""
    for record in records:
        if record.rejected:
            yield dataclasses.replace(record, response=record.rejected, calls=record.rejected_calls, rejected=None)
        elif not record.desired:
            yield dataclasses.replace(record, desired=True)


def _values(looked_at: Facet, side: Sequence[Described]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for one in side for value in looked_at.shown(one)))[:_VALUES]


def _contraries(name: str, values: Sequence[str]) -> tuple[str, ...]:
    """What is certainly wrong where only what is right is known."""
    known = dict.fromkeys(_CONTRARIES.get(name, {}).get(value) for value in values)
    if name == "tool" and DIRECT not in values:
        return (DIRECT,)
    return tuple(value for value in known if value and value not in values)


def _capabilities(denied: Sequence[str], records: Sequence[Record]) -> list[str]:
    """The capabilities that records deny or exercise, with all that a denial of theirs denies."""
    said = {claim.capability for record in records[: 2 * _READ] for claim in claims(record)}
    reach = {name: {name, *lexicon().capabilities[name].denies} for name in denied}
    return sorted(set().union(*(covered for covered in reach.values() if covered & said)))
