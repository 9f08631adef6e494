"""Lines over logarithmic axes: what plots of the benchmarks are made of."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from contralint.bench import png
from contralint.bench.drawing import Dot, Drawing, Label, Line, Shape
from contralint.bench.svg import svg

# Okabe and Ito (2008): told apart by colour-blind readers too.
COLORS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
_WIDTH, _HEIGHT, _LEFT, _TOP, _BELOW = 460, 300, 64, 40, 48
_LEGEND = 18  # height of a line
_NAMES, _BAR = 100, 30  # width of the names beside bars, and height of a bar with its margin
_FAINT = "#BBBBBB"

Points = Sequence[tuple[float, float]]


def chart(title: str, across: str, series: Mapping[str, Points]) -> Drawing:
    """Series as lines with a dot at each point, both axes logarithmic, a line of the legend each."""
    given = [point for points in series.values() for point in points]
    bounds = [_decades([point[axis] for point in given]) for axis in (0, 1)]

    def at(x: float, y: float) -> tuple[float, float]:
        shares = [(math.log10(value) - low) / (high - low) for value, (low, high) in zip((x, y), bounds, strict=True)]
        return _LEFT + _WIDTH * shares[0], _TOP + _HEIGHT * (1 - shares[1])

    shapes: list[Shape] = [Label(_LEFT, _TOP - 16, title, 13), *_grid(bounds)]
    shapes.append(Label(_LEFT + _WIDTH / 2, _TOP + _HEIGHT + 34, across, 12, "middle"))
    for number, (name, points) in enumerate(series.items()):
        color, height = COLORS[number % len(COLORS)], _TOP + _HEIGHT + _BELOW + (number + 1) * _LEGEND
        places = [at(*point) for point in points]
        shapes += [Line(tuple(places), color, 1.5), *(Dot(*place, 3, color) for place in places)]
        shapes += [Dot(_LEFT + 5, height - 4, 4, color), Label(_LEFT + 16, height, name)]
    height = _TOP + _HEIGHT + _BELOW + (len(series) + 1) * _LEGEND
    return Drawing(title, _LEFT + _WIDTH + 24, height, tuple(shapes))


def bars(title: str, unit: str, values: Mapping[str, float]) -> Drawing:
    """A bar for each value, from 0 on."""
    most = max(values.values())
    shapes: list[Shape] = [Label(16, _TOP - 16, title, 13)]
    for number, (name, value) in enumerate(values.items()):
        height = _TOP + _BAR * (number + 0.5)
        end = _NAMES + _WIDTH * value / most
        shapes.append(Label(_NAMES - 8, height + 4, name, 12, "end"))
        shapes.append(Line(((_NAMES, height), (end, height)), COLORS[number % len(COLORS)], _BAR / 2))
        shapes.append(Label(end + 6, height + 4, f"{value:.3g} {unit}", 11))
    return Drawing(title, _NAMES + _WIDTH + 80, _TOP + _BAR * len(values) + 10, tuple(shapes))


def write(drawing: Drawing, path: Path) -> None:
    """Writes a drawing as its file's ending says."""
    if path.suffix == ".png":
        png.write_png(drawing, path)
    else:
        path.write_text(svg(drawing), encoding="utf-8", newline="\n")


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _grid(bounds: Sequence[tuple[int, int]]) -> Iterator[Shape]:
    (left, right), (low, high) = bounds
    for power in range(left, right + 1):
        x = _LEFT + _WIDTH * (power - left) / (right - left)
        yield Line(((x, _TOP), (x, _TOP + _HEIGHT)), _FAINT, 0.5)
        yield Label(x, _TOP + _HEIGHT + 16, f"{10**power:,}", 11, "middle")
    for power in range(low, high + 1):
        y = _TOP + _HEIGHT * (1 - (power - low) / (high - low))
        yield Line(((_LEFT, y), (_LEFT + _WIDTH, y)), _FAINT, 0.5)
        yield Label(_LEFT - 8, y + 4, f"{10.0**power:g}", 11, "end")
