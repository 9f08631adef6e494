"""Pictures of what was found: a map of all conflicts, and bars."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from contralint.diagnostics import Diagnostic
from contralint.reports.html.element import Element, element
from contralint.reports.html.projection import Point, project
from contralint.words import content_words

_MARGIN = 2  # percent of the map that stay free at each end
_SIZES = ((4, 100), (3, 1000), (2, math.inf))  # smallest radius in pixels, and conflicts that it leaves room for
_LARGEST = 12
_HUES = 10  # that eyes can tell apart
_SAMPLED = 400  # characters of a text that decide where it stands on the map
_RULE_WEIGHT = 4  # words that a rule, and each source, counts for


def colours(by_rule: Mapping[str, int]) -> dict[str, str]:
    """Classes for each rule: the most frequent are filled with a colour of their own, as many again are rings of it."""
    ranked = sorted(by_rule, key=lambda rule: (-by_rule[rule], rule))
    return {rule: _colour(number) for number, rule in enumerate(ranked)}


def _colour(number: int) -> str:
    if number < _HUES:
        return f"c{number}"
    return f"c{number - _HUES} ring" if number < 2 * _HUES else f"c{_HUES}"


def conflict_map(found: Sequence[Diagnostic], colour: Mapping[str, str]) -> Element:
    """All conflicts in two dimensions, in the order given; those of many records are larger."""
    points = project([_words(one) for one in found])
    smallest = next(size for size, most in _SIZES if len(found) <= most)
    dots = [_dot(one, point, colour[one.rule], smallest) for one, point in zip(found, points, strict=True)]
    return element(
        "svg",
        dots,
        role="img",
        aria_label=f"Map of {len(found)} conflicts: near each other are those that speak of the same things.",
        class_="map",
    )


def bar(parts: Sequence[tuple[int, str]], longest: int) -> Element:
    """A bar of counts, each with the class of its colour."""
    rects, start = [], 0.0
    for count, colour in parts:
        width = 100 * count / longest
        rects.append(element("rect", x=f"{start:.2f}%", y="0", width=f"{width:.2f}%", height="100%", class_=colour))
        start += width
    return element("svg", rects, class_="bar", aria_hidden="true")


def _dot(found: Diagnostic, point: Point, colour: str, smallest: int) -> Element:
    records = sum(len(side.members) for side in found.sides)
    x, y = (_MARGIN + at * (100 - 2 * _MARGIN) for at in (point.x, point.y))
    radius = min(smallest + records.bit_length() - 1, _LARGEST)
    return element("circle", cx=f"{x:.1f}%", cy=f"{y:.1f}%", r=str(radius), class_=colour)


def _words(found: Diagnostic) -> list[str]:
    named = [f"rule {found.rule}"] * _RULE_WEIGHT
    for side in found.sides[:2]:
        place = side.members[0]
        named += [f"source {place.source}"] * _RULE_WEIGHT
        passage = place.passage
        near = passage.text[max(0, passage.start - _SAMPLED // 2) :][:_SAMPLED]
        named += [part for word in content_words(f"{place.asked[:_SAMPLED]}\n{near}") for part in _parts(word)]
    return named


def _parts(word: str) -> Iterator[str]:
    """The word, or its pairs of characters where it may be a sentence of a script that parts no words."""
    if word.isascii() or len(word) < 4:
        yield word
    else:
        yield from (f"{one}{other}" for one, other in zip(word, islice(word, 1, None), strict=False))
