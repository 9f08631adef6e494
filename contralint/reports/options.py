"""How a report is to look, and what every report is: a function of the same report and rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rich.color import ColorSystem
from rich.style import Style

from contralint.diagnostics import Report
from contralint.rulebook import Rule


@dataclass(frozen=True)
class RenderOptions:
    """Wishes of whoever reads the report; machine formats heed none of them.

    Attributes:
        color: Whether to style text with ANSI escapes.
        width: Cells of a line. Excerpts are cropped to it.
        terminal: Whether a person reads along: remarks are wrapped to the width, and right-to-left writing is settled.
            Elsewhere each remark is one line, and every byte of it is ours or the record's.
        statistics: Whether to count diagnostics by rule instead of listing them.
        summary: Whether to say at the end how much was found where, with the notes.
    """

    color: bool = False
    width: int = 100
    terminal: bool = False
    statistics: bool = False
    summary: bool = True

    def paint(self, text: str, style: str) -> str:
        """The text in a style such as "bold red"; as it is where colours are off, or there is no style."""
        return Style.parse(style).render(text, color_system=ColorSystem.STANDARD) if self.color and style else text


Reporter = Callable[[Report, Mapping[str, Rule], RenderOptions], Iterator[str]]
"""Yields a report piece by piece, line ends included. Every rule of the report stands in the mapping."""
