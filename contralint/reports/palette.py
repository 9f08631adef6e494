"""What colours mean. Of the sixteen that every terminal has, three can be read on light and on dark ones alike."""

from __future__ import annotations

from contralint.diagnostics import Severity

CONTEXT = "dim"
TITLE = "bold"
DIFFERING = "bold underline"
# The least contrast of each with the background, over eight common palettes: bright red 3.1, bright magenta 3.0,
# bright blue 2.8; yellow falls to 1.7 on white, blue to 1.8 on black.
_COLORS = {Severity.ERROR: "bright_red", Severity.WARNING: "bright_magenta", Severity.NOTE: "bright_blue"}
SEVERITY = {severity: f"bold {color}" for severity, color in _COLORS.items()}
_OTHERS = ("bright_blue", "bright_magenta", "green", "cyan")


def side_color(severity: Severity, position: int) -> str:
    """Colour of a side: the first, which is the one to look at, has that of the severity."""
    if position == 0:
        return _COLORS[severity]
    others = [color for color in _OTHERS if color != _COLORS[severity]]
    return others[(position - 1) % len(others)]
