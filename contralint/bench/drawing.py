"""A picture as plain shapes, drawn alike as SVG and as PNG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Line:
    """A line through points; coordinates count from the top left."""

    points: tuple[tuple[float, float], ...]
    color: str
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    color: str


@dataclass(frozen=True)
class Label:
    """A line of text, its base line at y."""

    x: float
    y: float
    text: str
    size: float = 12.0
    anchor: Anchor = "start"
    upright: bool = False


Shape = Line | Dot | Label


@dataclass(frozen=True)
class Drawing:
    """Shapes on a white page, the later ones above the earlier."""

    title: str
    width: int
    height: int
    shapes: tuple[Shape, ...]
