"""One diagnostic on the page."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from rich.cells import cell_len

from contralint.diagnostics import Diagnostic, Location, Passage, Side
from contralint.reports.contrast import Stretches, opposed
from contralint.reports.excerpt import Excerpt, Mark, excerpt
from contralint.reports.frame import Frame
from contralint.reports.options import RenderOptions
from contralint.reports.painting import Word, words, wrapped
from contralint.reports.palette import SEVERITY, TITLE, side_color
from contralint.reports.remarks import Request, remarks, requests
from contralint.rulebook import Rule

_MEMBERS_SHOWN = 5
_LEAST_EXCERPT = 20  # cells below which an excerpt gets a line of its own


def block(diagnostic: Diagnostic, rule: Rule, options: RenderOptions) -> Iterator[str]:
    """Lines of a diagnostic."""
    return _Block(diagnostic, options).lines(rule)


class _Block:
    def __init__(self, diagnostic: Diagnostic, options: RenderOptions) -> None:
        self._diagnostic = diagnostic
        self._options = options
        self._frame = Frame(diagnostic, options)

    def lines(self, rule: Rule) -> Iterator[str]:
        yield from self._frame.headed(self._headline())
        for position, side in enumerate(self._diagnostic.sides):
            if position > 0:
                yield self._frame.pointed(self._frame.position(side.members[0]))
            yield from self._first(side, position)
            yield from self._others(side, position)
        yield from map(self._asked, requests(self._diagnostic))
        for remark in remarks(self._diagnostic, rule):
            yield from self._frame.remarked(remark)

    def _headline(self) -> list[Word]:
        found = self._diagnostic
        return [
            Word(f"{self._frame.position(found.primary)}:", TITLE),
            Word(f"{found.severity.value}[{found.rule}]:", SEVERITY[found.severity]),
            *words(f"{found.name}: {self._frame.worded(found.message)}"),
        ]

    def _first(self, side: Side, position: int) -> Iterator[str]:
        place, label = side.members[0], self._frame.worded(side.label)
        color = side_color(self._diagnostic.severity, position)
        shown = self._excerpt(place, opposed(self._diagnostic, position, place), label)
        yield self._frame.quoted(shown, color, place.line)
        evidence = shown.evidence(whole_runs=self._options.terminal)
        differing = shown.differing(whole_runs=self._options.terminal)
        yield from self._marks(evidence, label, f"bold {color}")
        if not self._options.color and differing not in ([], [evidence]):
            yield self._frame.marked(0, _tildes(differing))

    def _others(self, side: Side, position: int) -> Iterator[str]:
        color = side_color(self._diagnostic.severity, position)
        for place in side.members[1:_MEMBERS_SHOWN]:
            at, differing = self._frame.position(place), opposed(self._diagnostic, position, place)
            room = self._options.width - self._frame.gutter - cell_len(f" {at}: ")
            if room < _LEAST_EXCERPT and self._options.terminal:
                yield self._frame.pointed(at)
                yield self._frame.quoted(excerpt(place.passage, self._frame.room, differing), color)
            else:
                shown = self._frame.painted(excerpt(place.passage, room, differing), color)
                yield self._frame.pointed(f"{at}: {shown}")
        if (hidden := len(side.members) - _MEMBERS_SHOWN) > 0:
            yield f"{' ' * (self._frame.gutter - 3)}... and {hidden} more"

    def _excerpt(self, place: Location, differing: Stretches, label: str) -> Excerpt:
        """As much of a place as its line holds; on a terminal, with room for a short label beneath."""
        room, aside = self._frame.room, cell_len(label) + 1
        shown = excerpt(place.passage, room, differing)
        evidence = shown.evidence(whole_runs=True)
        overflows = evidence.column + evidence.width + aside > room
        if self._options.terminal and overflows and aside <= room // 3:
            return excerpt(place.passage, room - aside, differing)
        return shown

    def _marks(self, evidence: Mark, label: str, style: str) -> Iterator[str]:
        """Lines that mark the evidence; on a terminal, a label that has no room beside the carets goes beneath."""
        carets, room = "^" * evidence.width, self._frame.room
        beside = f"{carets} {label}".rstrip()
        if not self._options.terminal or evidence.column + cell_len(beside) <= room:
            yield self._frame.marked(evidence.column, self._options.paint(beside, style))
            return
        yield self._frame.marked(evidence.column, self._options.paint(carets, style))
        column = max(0, min(evidence.column, room - cell_len(label)))
        for line in wrapped(words(label, style), itertools.repeat(room - column), self._options):
            yield self._frame.marked(column, line)

    def _asked(self, request: Request) -> str:
        room = self._options.width - self._frame.gutter - len(f"{request.title}: ")
        shown = excerpt(Passage(request.text), room, request.differing)
        return self._frame.titled(request.title, self._frame.painted(shown, ""))


def _tildes(marks: list[Mark]) -> str:
    line = ""
    for mark in marks:
        line = line.ljust(mark.column) + "~" * mark.width
    return line
