"""Which sources contradict which, as a table whose cells are the darker the more conflicts they hold."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from contralint.clashes import Clash, Source
from contralint.counting import number_of
from contralint.diagnostics import Diagnostic, Summary
from contralint.reports.html.element import Element, element
from contralint.reports.sources import named

_SHADES = 6


class Sources:
    """The sources of the matrix by number, and all others by one more number."""

    def __init__(self, summary: Summary) -> None:
        listed = {source for clash in summary.by_sources for source in clash.sources}
        self.names: Sequence[Source] = sorted(listed, key=lambda source: (source is None, source or ""))
        self._numbers = {name: number for number, name in enumerate(self.names)}
        self._others = self._numbers.get(None, len(self.names))

    def number(self, source: Source) -> int:
        """The number of a source."""
        return self._numbers.get(source, self._others)

    def on_sides(self, found: Diagnostic) -> list[list[int]]:
        """The numbers of those on each side of a conflict."""
        return [sorted({self.number(stance.source) for stance in side}) for side in found.stances]


def matrix(summary: Summary, sources: Sources) -> Element:
    """The table; columns bear the numbers of rows, so that names of any length fit."""
    most = max(clash.diagnostics for clash in summary.by_sources)
    clashes = {clash.sources: clash for clash in summary.by_sources}
    numbers = [element("th", str(number), scope="col") for number in range(1, len(sources.names) + 1)]
    head = element("thead", element("tr", element("th", "source", scope="col", colspan="2"), numbers))
    rows = (_row(name, sources, clashes, most) for name in sources.names)
    return element("table", head, element("tbody", rows), class_="matrix")


def _row(name: Source, sources: Sources, clashes: Mapping[tuple[Source, Source], Clash], most: int) -> Element:
    cells = _cells(name, sources, clashes, most)
    title = element("th", element("bdi", named(name)), scope="row", class_="name")
    return element("tr", element("td", str(sources.number(name) + 1), class_="number"), title, cells)


def _cells(
    name: Source, sources: Sources, clashes: Mapping[tuple[Source, Source], Clash], most: int
) -> Iterator[Element]:
    for other in sources.names:
        clash = clashes.get((name, other)) or clashes.get((other, name))
        if clash is None:
            yield element("td", class_="h0")
            continue
        shade = math.ceil(_SHADES * clash.diagnostics / most)
        counted = f"{number_of(clash.diagnostics, 'conflict', ',')}, {number_of(clash.records, 'record', ',')}"
        told = f"{named(name)} against {named(other)}: {counted}"
        pair = f"{sources.number(name)},{sources.number(other)}"
        yield element("td", str(clash.diagnostics), class_=f"h{shade}", title=told, data_pair=pair)
