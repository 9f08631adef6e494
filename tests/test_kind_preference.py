"""Preferences over one request: flips, cycles, and answers taught here and rejected there."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linting import Data, alpaca, lines, linter, members, messages

from contralint import Diagnostic, Linter
from contralint.kinds.cycles import reaches, strong_components

PROMPT = "Pick a name for our cat."
NAMES = ["Biscuit", "Nimbus", "Olive", "Pixel", "Teal"]
Edge = tuple[int, int]


def over(better: str, worse: str, prompt: str = PROMPT) -> Data:
    return {"prompt": prompt, "chosen": better, "rejected": worse}


@cache
def one_linter() -> Linter:
    return linter(select=["CL7"])


def found(rows: Sequence[Data], rule: str) -> list[Diagnostic]:
    return [one for one in one_linter().lint_rows(rows).diagnostics if one.rule == rule]


def told(rows: Sequence[Data], rule: str) -> set[frozenset[int]]:
    """The rows of each diagnostic of a rule."""
    return {frozenset(place.index for place in members(one)) for one in found(rows, rule)}


def rows_of(edges: Iterable[Edge]) -> list[Data]:
    return [over(NAMES[better], NAMES[worse]) for better, worse in edges]


def flips(edges: Sequence[Edge]) -> set[frozenset[int]]:
    """Rows of each pair of answers that are preferred both ways, by trying all."""
    pairs = {frozenset(edge) for edge in edges if edge[::-1] in edges}
    return {frozenset(at for at, edge in enumerate(edges) if set(edge) == pair) for pair in pairs}


def cycles(edges: Sequence[Edge]) -> set[frozenset[int]]:
    """Rows on simple cycles of three answers and more, joined where cycles share an answer's edges: by trying all."""
    arcs: set[Edge] = set()
    joined: list[set[Edge]] = []
    for length in range(3, len(NAMES) + 1):
        for order in itertools.permutations(range(len(NAMES)), length):
            steps = set(zip(order, (*order[1:], order[0]), strict=True))
            if steps <= set(edges):
                arcs |= steps
    for arc in arcs:
        touching = [group for group in joined if any(set(arc) & set(other) for other in group)]
        joined = [group for group in joined if group not in touching] + [{arc}.union(*touching)]
    return {frozenset(at for at, edge in enumerate(edges) if edge in group) for group in joined}


EDGES = st.lists(
    st.tuples(st.integers(0, len(NAMES) - 1), st.integers(0, len(NAMES) - 1)).filter(lambda edge: edge[0] != edge[1]),
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(EDGES)
def test_random_preferences_against_trying_all(edges: list[Edge]) -> None:
    rows = rows_of(edges)
    assert told(rows, "CL701") == flips(edges)
    assert told(rows, "CL702") == cycles(edges)


@settings(max_examples=30, deadline=None)
@given(EDGES, st.integers(0, 99))
def test_order_and_unrelated_rows_change_nothing(edges: list[Edge], seed: int) -> None:
    rows = rows_of(edges)
    unrelated = [over("Rex", "Biscuit", "Which breed herds sheep best?"), alpaca("Name a fruit.", "Nimbus")]
    mixed = [*rows, *unrelated]
    random.Random(seed).shuffle(mixed)
    report, other = one_linter().lint_rows(rows), one_linter().lint_rows(mixed)
    assert sorted(one.fingerprint for one in report.diagnostics) == sorted(one.fingerprint for one in other.diagnostics)
    labels, others = ([[side.label for side in one.sides] for one in made.diagnostics] for made in (report, other))
    assert sorted(labels) == sorted(others)


@given(st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 7), max_size=4)))
def test_strong_components_are_what_reaches_each_other(given_graph: dict[int, list[int]]) -> None:
    graph = {node: given_graph.get(node, []) for node in range(8)}
    components = strong_components(graph)
    assert sorted(node for component in components for node in component) == list(range(8))
    place = {node: at for at, component in enumerate(components) for node in component}
    for one, other in itertools.permutations(range(8), 2):
        both = reaches(graph, one, other, frozenset()) and reaches(graph, other, one, frozenset())
        assert both == (place[one] == place[other])


def test_a_long_chain_is_walked_without_recursion() -> None:
    graph = {node: [node + 1] for node in range(5000)} | {5000: [0]}
    assert len(strong_components(graph)) == 1


def test_copies_count_on_their_sides() -> None:
    rows = [over("Biscuit", "Nimbus")] * 3 + [over("Nimbus", "Biscuit")]
    (one,) = found(rows, "CL701")
    assert [(side.label, len(side.members)) for side in one.sides] == [
        ('prefers "Nimbus"', 1),
        ('prefers "Biscuit"', 3),
    ]
    assert one.suggestion is not None
    assert [place.index for place in one.suggestion.drop] == [3]


def test_several_wordings_of_an_answer_are_one_side() -> None:
    rows = [over("Biscuit!", "nimbus"), over("biscuit", "Nimbus."), over("Nimbus", "Biscuit")]
    (one,) = found(rows, "CL701")
    assert sorted(len(side.members) for side in one.sides) == [1, 2]


def test_a_side_that_only_punctuation_tells_from_the_other() -> None:
    assert told([over("Stop.", "Stop!"), over("Stop!", "Stop.")], "CL701") == {frozenset({0, 1})}
    assert told([over("Stop.", "Stop!"), over("Go", "Stop.")], "CL703") == set()


def test_a_flip_takes_the_place_of_what_its_chosen_answers_say() -> None:
    rows = [over("Yes, it is.", "No.", "Is Pluto a planet?"), over("No.", "Yes, it is.", "Is Pluto a planet?")]
    assert lines(linter().lint_rows(rows)) == {("CL701", frozenset({1, 2}))}


def test_a_cycle_takes_the_place_of_what_its_chosen_answers_say() -> None:
    asked = "How many moons does Mars have?"
    rows = [over("Two", "Three", asked), over("Three", "Four", asked), over("Four", "Two", asked)]
    assert lines(linter().lint_rows(rows)) == {("CL702", frozenset({1, 2, 3}))}


def test_a_record_that_is_left_out_breaks_a_circle() -> None:
    rows = rows_of([(0, 1), (1, 2), (2, 0), (2, 3), (3, 0)])
    assert told(rows, "CL702") == {frozenset(range(5))}
    rows[2]["contralint"] = {"ignore": ["CL702"]}
    assert told(rows, "CL702") == {frozenset({0, 1, 3, 4})}


TEACHING = [
    alpaca(PROMPT, "Biscuit"),
    {"prompt": PROMPT, "completion": "Biscuit", "label": True},
    messages(("user", PROMPT), ("assistant", "Biscuit.")),
]
CHOOSING = over("Biscuit", "Olive")
REJECTING = over("Nimbus", "Biscuit")
UNWANTED = {"prompt": PROMPT, "completion": "biscuit", "label": False}


@pytest.mark.parametrize("row", TEACHING)
@pytest.mark.parametrize("other", [REJECTING, UNWANTED])
def test_taught_here_and_rejected_there(row: Data, other: Data) -> None:
    assert told([row, other], "CL703") == {frozenset({0, 1})}
    (one,) = found([other, row], "CL703")
    sides = {side.label: [(place.index, place.field) for place in side.members] for side in one.sides}
    assert sides == {
        "teaches it": [(1, "response")],
        "rejects it": [(0, "rejected" if other is REJECTING else "response")],
    }


def test_a_chosen_answer_is_only_better_than_the_other() -> None:
    assert told([CHOOSING, REJECTING], "CL703") == set()
    assert told([CHOOSING, UNWANTED], "CL703") == {frozenset({0, 1})}


@pytest.mark.parametrize("edges", [[(0, 1), (1, 0)], [(0, 1), (1, 2), (2, 0)]])
def test_what_preferences_dispute_is_told_once(edges: list[Edge]) -> None:
    report = one_linter().lint_rows([*rows_of(edges), alpaca(PROMPT, NAMES[0])])
    assert [one.rule for one in report.diagnostics] == ["CL701" if len(edges) == 2 else "CL702"]


def test_an_unwanted_answer_takes_part_in_nothing_else() -> None:
    asked = "How many moons does Mars have?"
    rows = [alpaca(asked, "Two"), {"prompt": asked, "completion": "Three", "label": False}]
    assert linter().lint_rows(rows).diagnostics == ()


@pytest.mark.parametrize("turns", [[("user", "I breed dogs."), ("assistant", "I see.")], []])
def test_what_was_said_before_must_be_the_same(turns: list[tuple[str, str]]) -> None:
    before = [{"role": role, "content": text} for role, text in turns]
    rows = [
        {**over("Biscuit", "Nimbus"), "prompt": [*before, {"role": "user", "content": PROMPT}]},
        over("Nimbus", "Biscuit"),
    ]
    assert bool(told(rows, "CL701")) is not bool(turns)
