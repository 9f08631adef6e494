"""Drawings as PNG, by matplotlib."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from contralint.bench.drawing import Dot, Drawing, Line, Shape
from contralint.errors import MissingExtraError
from contralint.escape import visible

EXTRA = "bench"
_DOTS_AN_INCH = 144.0  # two dots for each unit of a drawing
_UNITS_AN_INCH = 72.0
_ALIGNMENT = {"start": "left", "middle": "center", "end": "right"}


def check_available() -> None:
    """Refuses, before any work, what would fail after it.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    try:
        import matplotlib  # noqa: F401 (looked for, not used)
    except ImportError:
        raise MissingExtraError("a plot as PNG (SVG needs none)", EXTRA) from None


def write_png(drawing: Drawing, path: Path) -> None:
    """Writes the drawing to a file; the same drawing gives the same bytes.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    check_available()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(drawing.width / _UNITS_AN_INCH, drawing.height / _UNITS_AN_INCH), dpi=_DOTS_AN_INCH)
    FigureCanvasAgg(figure)
    page = figure.add_axes((0, 0, 1, 1))
    page.set_xlim(0, drawing.width)
    page.set_ylim(drawing.height, 0)
    page.axis("off")
    for order, shape in enumerate(drawing.shapes):
        _draw(shape, page, order)
    figure.savefig(path, format="png", metadata={"Software": None})


def _draw(shape: Shape, page: Any, order: int) -> None:  # noqa: ANN401 - an optional extra's type
    from matplotlib.patches import Circle

    if isinstance(shape, Line):
        style = (0, (4, 4)) if shape.dashed else "solid"
        across, down = zip(*shape.points, strict=True)
        page.plot(across, down, color=shape.color, linewidth=shape.width, linestyle=style, zorder=order)
    elif isinstance(shape, Dot):
        page.add_patch(Circle((shape.x, shape.y), shape.radius, color=shape.color, linewidth=0, zorder=order))
    else:
        page.text(
            shape.x,
            shape.y,
            visible(shape.text),
            fontsize=shape.size,
            horizontalalignment=_ALIGNMENT[shape.anchor],
            verticalalignment="baseline",
            rotation=90 if shape.upright else 0,
            rotation_mode="anchor",
            parse_math=False,
            zorder=order,
        )
