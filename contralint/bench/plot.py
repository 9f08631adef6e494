"""The reliability diagram: scores against the share of positive cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from contralint.bench import png
from contralint.bench.drawing import Dot, Drawing, Label, Line, Shape
from contralint.bench.measurement import Measurement
from contralint.bench.metrics import Bin, calibration_error
from contralint.bench.svg import svg
from contralint.errors import UsageError

KINDS = (".svg", ".png")
# Okabe and Ito (2008): told apart by colour-blind readers too.
_COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
_SIDE, _LEFT, _TOP, _BELOW = 400, 64, 40, 56
_LEGEND = 18  # height of a line
_LARGEST, _SMALLEST = 9.0, 2.5  # radius of a dot that stands for all cases, and for hardly any
_INK, _FAINT = "#222222", "#BBBBBB"
_TICKS = 5


def check_plot(path: Path) -> None:
    """Refuses, before any work, a plot that could not be written after it.

    Raises:
        UsageError: The file has another ending than .svg or .png.
        MissingExtraError: It is a PNG, and what draws it is not installed.
    """
    if path.suffix.lower() not in KINDS:
        raise UsageError(f"--plot {path}: a plot is written as {' or '.join(KINDS)}")
    if path.suffix.lower() == ".png":
        png.check_available()


def write_plot(measurements: Sequence[Measurement], path: Path) -> None:
    """Writes the reliability diagram of all measurements that have scores.

    Raises:
        UsageError: None of them has.
    """
    scored = [one for one in measurements if one.reliability]
    if not scored:
        raise UsageError(f"--plot {path}: nothing measured here has a score to plot")
    drawing = reliability_diagram(scored)
    if path.suffix.lower() == ".png":
        png.write_png(drawing, path)
    else:
        path.write_text(svg(drawing), encoding="utf-8", newline="\n")


def reliability_diagram(measurements: Sequence[Measurement]) -> Drawing:
    """Score against share in one diagram, a colour a task; the larger a dot, the more cases it stands for."""
    shapes = list(_frame())
    for number, one in enumerate(measurements):
        color = _COLORS[number % len(_COLORS)]
        shapes += _curve(one.reliability, color)
        height = _TOP + _SIDE + _BELOW + number * _LEGEND
        shapes.append(Dot(_LEFT + 5, height - 4, 5, color))
        shapes.append(Label(_LEFT + 16, height, _caption(one)))
    height = _TOP + _SIDE + _BELOW + len(measurements) * _LEGEND
    return Drawing("Reliability diagram", _LEFT + _SIDE + 24, height, tuple(shapes))


def _frame() -> Iterator[Shape]:
    yield Label(_LEFT, _TOP - 16, "Reliability diagram", 13)
    for tick in range(_TICKS + 1):
        value = tick / _TICKS
        yield Line((_at(value, 0), _at(value, 1)), _FAINT, 0.5)
        yield Line((_at(0, value), _at(1, value)), _FAINT, 0.5)
        yield Label(_at(value, 0)[0], _TOP + _SIDE + 16, f"{value:.1f}", 11, "middle")
        yield Label(_LEFT - 8, _at(0, value)[1] + 4, f"{value:.1f}", 11, "end")
    yield Line((_at(0, 0), _at(1, 1)), _INK, 1, dashed=True)
    yield Label(_LEFT + _SIDE / 2, _TOP + _SIDE + 34, "mean score", 12, "middle")
    yield Label(20, _TOP + _SIDE / 2, "share of positive cases (95% interval)", 12, "middle", upright=True)


def _curve(bins: Sequence[Bin], color: str) -> Iterator[Shape]:
    total = sum(one.count for one in bins)
    for one in bins:
        yield Line((_at(one.mean, one.lowest), _at(one.mean, one.highest)), color, 1)
    if len(bins) > 1:
        yield Line(tuple(_at(one.mean, one.share) for one in bins), color, 1.5)
    for one in bins:
        radius = max(_SMALLEST, _LARGEST * (one.count / total) ** 0.5)
        yield Dot(*_at(one.mean, one.share), radius, color)


def _caption(one: Measurement) -> str:
    cases = sum(each.count for each in one.reliability)
    return f"{one.task}: {cases} cases, calibration error {calibration_error(list(one.reliability)) or 0:.3f}"


def _at(score: float, share: float) -> tuple[float, float]:
    return (_LEFT + _SIDE * score, _TOP + _SIDE * (1 - share))
