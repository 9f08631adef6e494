"""What stands around the text of a report: the gutter with its numbers and bars, places, and remarks."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Sequence

from contralint.diagnostics import Diagnostic, Location
from contralint.escape import visible
from contralint.reports.cells import LEFT_TO_RIGHT_MARK, settled
from contralint.reports.excerpt import Excerpt
from contralint.reports.options import RenderOptions
from contralint.reports.painting import Word, painted, words, wrapped
from contralint.reports.palette import CONTEXT, TITLE
from contralint.reports.remarks import Remark

_LEAST_GUTTER = 5


class Frame:
    """The frame of one diagnostic, whose line numbers share a gutter as wide as the widest of them.

    Attributes:
        options: How the report is to look.
        gutter: Cells of the gutter.
        room: Cells of a line beside it.
    """

    def __init__(self, diagnostic: Diagnostic, options: RenderOptions) -> None:
        longest = max(len(str(side.members[0].line)) for side in diagnostic.sides)
        self.options = options
        self.gutter = max(_LEAST_GUTTER, longest)
        self.room = options.width - self.gutter - 3

    def quoted(self, shown: Excerpt, color: str, number: int | None = None) -> str:
        """A line of record text, with its number where it is the first of its side."""
        return f"{self._bar(number)}{self.painted(shown, color)}"

    def marked(self, column: int, marks: str) -> str:
        """A line beneath record text."""
        return f"{self._bar()}{' ' * column}{marks}"

    def pointed(self, text: str) -> str:
        """A line that leads to another place."""
        return f"{' ' * (self.gutter - 3)}{self.options.paint(':::', CONTEXT)} {text}"

    def headed(self, head: Sequence[Word]) -> Iterator[str]:
        """The first line, wrapped on a terminal."""
        return self._hanging("", head, self.options.width)

    def remarked(self, remark: Remark) -> Iterator[str]:
        """A remark, wrapped on a terminal."""
        title = [Word(f"{remark.title}:", TITLE)] if remark.title else []
        command = [Word(remark.command)] if remark.command else []
        text = words(self.worded(remark.text), "" if remark.title else CONTEXT)
        return self._hanging(self._equals(), [*title, *text, *command], self.options.width - self.gutter)

    def titled(self, title: str, body: str) -> str:
        """A remark that stays on one line."""
        return f"{self._equals()}{self.options.paint(f'{title}:', TITLE)} {body}"

    def painted(self, shown: Excerpt, color: str) -> str:
        """Record text in colours."""
        mark = LEFT_TO_RIGHT_MARK if self.options.terminal and shown.right_to_left else ""
        return f"{mark}{painted(shown, color, self.options)}{mark}"

    def position(self, place: Location) -> str:
        """Path, line and column."""
        return f"{self.worded(place.path)}:{place.line}:{place.column}"

    def worded(self, text: str) -> str:
        """Text of a record, or with such text in it, within a line of ours."""
        shown = visible(text)
        return settled(shown) if self.options.terminal else shown

    def _hanging(self, lead: str, parts: Sequence[Word], first: int) -> Iterator[str]:
        later = itertools.repeat(self.room + 1)
        widths = itertools.chain([first], later) if self.options.terminal else itertools.repeat(sys.maxsize)
        indent = " " * (self.gutter + 2)
        for number, line in enumerate(wrapped(parts, widths, self.options)):
            yield (indent if number else lead) + line

    def _equals(self) -> str:
        return f"{' ' * (self.gutter - 2)}{self.options.paint('=', CONTEXT)} "

    def _bar(self, number: int | None = None) -> str:
        told = "" if number is None else str(number)
        return f"{self.options.paint(f'{told:>{self.gutter}} |', CONTEXT)} "
