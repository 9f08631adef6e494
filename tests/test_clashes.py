"""Counting which sources contradict which."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from contralint.clashes import SOURCES_KEPT, Clash, Stance, clashes

Sides = Sequence[Sequence[Stance]]


def sides(*named: str) -> Sides:
    """A conflict whose sides list the sources of their rows, one letter each; each row is another one."""
    return [
        [Stance(source, (source, 100 * at + place)) for place, source in enumerate(side)]
        for at, side in enumerate(named)
    ]


def counted(*conflicts: Sides) -> dict[tuple[str | None, str | None], tuple[int, int]]:
    return {clash.sources: (clash.diagnostics, clash.records) for clash in clashes(conflicts)}


def test_both_sides_of_a_conflict_are_a_pair() -> None:
    assert counted(sides("a", "bb")) == {("a", "b"): (1, 3)}


def test_those_on_one_side_agree() -> None:
    assert counted(sides("ab", "c")) == {("a", "c"): (1, 2), ("b", "c"): (1, 2)}


def test_a_source_may_contradict_itself() -> None:
    assert counted(sides("a", "ab")) == {("a", "a"): (1, 2), ("a", "b"): (1, 2)}


def test_one_side_contradicts_nothing() -> None:
    assert counted(sides("ab")) == {}


def test_every_two_of_many_sides_are_opposed() -> None:
    assert counted(sides("a", "b", "c")) == {("a", "b"): (1, 2), ("a", "c"): (1, 2), ("b", "c"): (1, 2)}


def test_a_row_in_many_conflicts_is_one_record() -> None:
    assert counted(sides("a", "b"), sides("a", "b"), sides("b", "a")) == {("a", "b"): (3, 4)}


def test_the_most_frequent_pair_leads() -> None:
    found = clashes([sides("a", "b"), sides("c", "d"), sides("c", "dd")])
    assert [clash.sources for clash in found] == [("c", "d"), ("a", "b")]


def test_rare_sources_are_counted_together() -> None:
    names = [f"source {number:03}" for number in range(SOURCES_KEPT)]
    frequent = [[[Stance(name, ("a", 0))], [Stance(names[0], ("a", 1))]] for name in names[1:]] * 2
    rare = [[[Stance("x", ("x", 0))], [Stance("y", ("y", 1))]], [[Stance("x", ("x", 0))], [Stance(names[0], ("a", 1))]]]
    found = clashes([*frequent, *rare])
    assert found[-2:] == (Clash((names[0], None), 1, 2), Clash((None, None), 1, 2))
    assert found[-1].between
    assert sum(clash.diagnostics for clash in found) == len(frequent) + len(rare)


conflicts = st.lists(st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=4).map(lambda s: sides(*s)))


@given(conflicts)
def test_the_order_of_sides_and_of_conflicts_does_not_matter(found: list[Sides]) -> None:
    assert clashes(found) == clashes([side[::-1] for side in found[::-1]])


@given(conflicts)
def test_each_conflict_of_several_sides_is_counted(found: list[Sides]) -> None:
    assert (clashes(found) != ()) == any(len(conflict) > 1 for conflict in found)
    assert all(clash.records >= 1 and clash.diagnostics <= len(found) for clash in clashes(found))
