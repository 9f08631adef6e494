"""Which of two records comes first decides nothing, whatever they are compared by."""

from __future__ import annotations

import dataclasses
import itertools
import random

import pytest
from linting import example_rows, linter, shared_rules

from contralint.facets.described import Described
from contralint.facets.request import parts
from contralint.kinds.behaviours import BEHAVIOURS
from contralint.kinds.candidate import Candidate, Clash
from contralint.kinds.comparisons import COMPARISONS
from contralint.kinds.context import same_context
from contralint.kinds.dataset import Dataset
from contralint.kinds.preferring import crossings
from contralint.kinds.sameness import cosines, embedded, same_request
from contralint.kinds.tasks import same_task
from contralint.readers import Row
from contralint.records import Record
from contralint.rulebook import Rule

PAIR_RULES = [rule for rule in shared_rules().values() if rule.kind == "pair"]
FEW = 400  # records of which neighbours are compared
STRANGERS = 100  # pairs of records that have nothing to do with each other


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """The examples of all rules."""
    made = linter()
    intake = made.intake()
    rows = [*example_rows("", 3, 3), *example_rows("CL4", 99, 99)]
    intake.take(Row("<rows>", at, at + 1, row, None) for at, row in enumerate(rows))
    return made.dataset(intake.records)


@pytest.fixture(scope="module")
def pairs(dataset: Dataset) -> list[tuple[Record, Record]]:
    """Neighbours, which are mostly those of one example, and strangers."""
    records = dataset.records
    chance = random.Random(0)
    strangers = [(chance.choice(records), chance.choice(records)) for _ in range(STRANGERS)]
    return [*itertools.pairwise(records[:FEW]), *strangers]


def candidates(pairs: list[tuple[Record, Record]]) -> list[Candidate]:
    return [Candidate(Described(one), Described(other), 1.0, 1.0) for one, other in pairs]


def turned(pairs: list[tuple[Record, Record]]) -> list[tuple[Record, Record]]:
    return [(other, one) for one, other in pairs]


def mirrored(clash: Clash | None) -> Clash | None:
    return clash and dataclasses.replace(clash, first=clash.second, second=clash.first)


@pytest.mark.parametrize("rule", PAIR_RULES, ids=lambda rule: rule.id)
def test_comparisons(rule: Rule, dataset: Dataset, pairs: list[tuple[Record, Record]]) -> None:
    compare = COMPARISONS[rule.parameters["compare"]]
    there = compare(candidates(pairs), rule.parameters, dataset.aids)
    back = compare(candidates(turned(pairs)), rule.parameters, dataset.aids)
    assert any(there)
    assert there == list(map(mirrored, back))


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_behaviours(name: str, dataset: Dataset) -> None:
    behaviour = BEHAVIOURS[name]
    cases = behaviour.cases([record for record in dataset.records if record.teaches])
    near = list(behaviour.pairs(cases, dataset))
    assert near
    for one, other, nearness in near:
        assert behaviour.kinship(one, other, nearness) == behaviour.kinship(other, one, nearness)
        assert behaviour.opposition(one, other, nearness) == behaviour.opposition(other, one, nearness)


def test_requests_contexts_and_tasks(dataset: Dataset, pairs: list[tuple[Record, Record]]) -> None:
    assert [same_context(*pair) for pair in pairs] == [same_context(*pair) for pair in turned(pairs)]
    assert [same_task(*pair) for pair in pairs] == [same_task(*pair) for pair in turned(pairs)]
    there = [(parts(one), parts(other)) for one, other in pairs]
    back = [(other, one) for one, other in there]
    near = cosines([(embedded(one), embedded(other)) for one, other in there], dataset.models.encoder)
    same = same_request(there, near, dataset.models)
    assert any(probability > 0.7 for probability in same)
    assert list(same) == list(same_request(back, near, dataset.models))


def test_preferences(pairs: list[tuple[Record, Record]]) -> None:
    def crossed(pairs: list[tuple[Record, Record]]) -> set[tuple[object, object]]:
        return {(one.rejecting.record.key, one.teaching.record.key) for one in crossings(candidates(pairs))}

    assert crossed(pairs)
    assert crossed(pairs) == crossed(turned(pairs))
