"""Drawings as SVG."""

from __future__ import annotations

from html import escape

from contralint.bench.drawing import Dot, Drawing, Label, Line, Shape
from contralint.escape import visible


def svg(drawing: Drawing) -> str:
    """The drawing as an SVG document."""
    size = f'width="{drawing.width}" height="{drawing.height}" viewBox="0 0 {drawing.width} {drawing.height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="DejaVu Sans, sans-serif">'
    parts = [f"<title>{_text(drawing.title)}</title>", '<rect width="100%" height="100%" fill="white"/>']
    return "\n".join([head, *parts, *(_element(shape) for shape in drawing.shapes), "</svg>", ""])


def _element(shape: Shape) -> str:
    if isinstance(shape, Line):
        points = " ".join(f"{x:.2f},{y:.2f}" for x, y in shape.points)
        dashes = ' stroke-dasharray="4 4"' if shape.dashed else ""
        return f'<polyline points="{points}" fill="none" stroke="{shape.color}" stroke-width="{shape.width}"{dashes}/>'
    if isinstance(shape, Dot):
        return f'<circle cx="{shape.x:.2f}" cy="{shape.y:.2f}" r="{shape.radius:.2f}" fill="{shape.color}"/>'
    return _label(shape)


def _label(label: Label) -> str:
    turned = f' transform="rotate(-90 {label.x:.2f} {label.y:.2f})"' if label.upright else ""
    place = f'x="{label.x:.2f}" y="{label.y:.2f}" font-size="{label.size}" text-anchor="{label.anchor}"{turned}'
    return f"<text {place}>{_text(label.text)}</text>"


def _text(text: str) -> str:
    return escape(visible(text))
