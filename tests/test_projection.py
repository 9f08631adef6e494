"""Where conflicts stand on the map."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contralint.reports.html.projection import Point, project

documents = st.lists(st.lists(st.text(max_size=4), max_size=8), max_size=12)


@given(documents)
def test_every_document_has_a_place_of_its_own(found: list[list[str]]) -> None:
    points = project(found)
    assert len(set(points)) == len(found)
    assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in points)


@given(documents)
def test_places_are_the_same_each_time(found: list[list[str]]) -> None:
    assert project(found) == project(found)


def test_nothing_and_one() -> None:
    assert project([]) == []
    assert project([["alone"]]) == [Point(0, 0)]


def test_those_that_share_words_are_near() -> None:
    kinds = [["tax", "form", "file"], ["garden", "soil", "seed"], ["engine", "brake", "wheel"]]
    found = project([[*kind, f"{name} {number}"] for number in range(10) for name, kind in enumerate(kinds)])

    def spread(points: list[Point]) -> float:
        middle = sum(point.x for point in points) / len(points), sum(point.y for point in points) / len(points)
        return sum(abs(point.x - middle[0]) + abs(point.y - middle[1]) for point in points) / len(points)

    assert all(spread(found[kind::3]) < 0.6 * spread(found) for kind in range(3))
