"""Excerpts in colours, and text in lines."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from contralint.reports.cropping import Piece
from contralint.reports.excerpt import Excerpt
from contralint.reports.options import RenderOptions
from contralint.reports.palette import CONTEXT, DIFFERING


def painted(shown: Excerpt, color: str, options: RenderOptions) -> str:
    """The excerpt with its evidence in the colour of its side; what differs is underlined, what is cut is dimmed."""
    grouped = itertools.groupby(shown.pieces, key=lambda piece: _style(piece, color))
    return "".join(options.paint("".join(piece.text for piece in pieces), look) for look, pieces in grouped)


@dataclass(frozen=True)
class Word:
    """Text that stays on one line, and its style."""

    text: str
    style: str = ""


def words(text: str, style: str = "") -> list[Word]:
    """The words of a text, all in one style."""
    return [Word(word, style) for word in text.split(" ")]


def wrapped(line: Iterable[Word], widths: Iterator[int], options: RenderOptions) -> Iterator[str]:
    """Lines of words, each as wide as the next width allows; no word is broken."""
    parts: list[Word] = []
    spare = next(widths)
    for word in line:
        taken = cell_len(word.text) + 1
        if parts and taken > spare + 1:
            yield _joined(parts, options)
            parts, spare = [], next(widths)
        parts.append(word)
        spare -= taken
    yield _joined(parts, options)


def _joined(parts: list[Word], options: RenderOptions) -> str:
    """Words with spaces between them, in as few escapes as their styles need."""
    styled = itertools.groupby(parts, key=lambda word: word.style)
    return " ".join(options.paint(" ".join(word.text for word in group), style) for style, group in styled)


def _style(piece: Piece, color: str) -> str:
    if piece.ours:
        return CONTEXT
    styles = [color] if piece.evidence and color else []
    return " ".join([*styles, DIFFERING] if piece.differing else styles)
