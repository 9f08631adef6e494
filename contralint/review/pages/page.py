"""Pages as a whole."""

from __future__ import annotations

import hashlib
from collections import Counter
from importlib.resources import files
from string import Template

from contralint.reports.html.chart import colours
from contralint.reports.html.element import Element, element
from contralint.review.desk import Desk, View
from contralint.review.pages.link import address
from contralint.review.pages.queue import Queue
from contralint.review.pages.sheet import SHOWN, Sheet
from contralint.review.pages.shortcuts import shortcuts

_FOLDER = files("contralint.review.pages")
_REPORT = files("contralint.reports.html")


class Pages:
    """Makes the pages of a review.

    Args:
        desk: What is reviewed.
        writing: The secret that is to be sent along with all that changes something.
    """

    def __init__(self, desk: Desk, writing: str) -> None:
        self._desk = desk
        self._writing = writing
        self._colour = colours(Counter(conflict.found.rule for conflict in desk.conflicts))
        self._queue = Queue(desk, self._colour)
        self._version = hashlib.sha256((style() + script()).encode()).hexdigest()[:16]
        self._template = Template(_FOLDER.joinpath("page.html").read_text("utf-8"))

    def page(self, view: View, shown: int = SHOWN) -> str:
        """A conflict beside the list, or the list alone where there is none to show.

        Args:
            view: What is shown.
            shown: Sides, and records of each, that are shown of the conflict.
        """
        title, key, part = "contralint review", "", _nothing(view)
        if view.position is not None:
            conflict = self._desk.conflicts[view.position]
            title, key = f"{conflict.found.rule} {conflict.found.name} - {title}", conflict.key
            part = Sheet(self._desk, view, view.position, self._colour[conflict.found.rule], shown).part()
        return self._template.substitute(
            title=title,
            version=self._version,
            body=element("body", self._body(part, view), data_key=self._writing, data_conflict=key).to_html(),
        )

    def _body(self, part: Element, view: View) -> list[Element]:
        skip = element("a", "Skip to the list", href="#list", class_="skip")
        main = element("main", part, id="conflict", tabindex="-1")
        side = element("div", self._queue.part(view), id="list", tabindex="-1")
        return [skip, self._head(view), element("div", main, side, class_="desk"), shortcuts()]

    def _head(self, view: View) -> Element:
        total, decided = len(self._desk.conflicts), len(self._desk.book.decided)
        told = f"{decided:,} of {total:,} decided" if decided < total else f"All {total:,} decided"
        undecided = (position for position in view.listed if position not in self._desk.book.decided)
        after = next((each for each in undecided if each > (view.position or 0)), None)
        jump = address(self._desk.conflicts, after, view.filter)
        return element(
            "header",
            element("h1", "contralint review"),
            element("progress", value=str(decided), max=str(max(1, total)), aria_hidden="true"),
            element("span", told, class_="progress"),
            element("a", "Next undecided ", element("kbd", "x"), href=jump, id="undecided", aria_keyshortcuts="x"),
            element("button", "Undo ", element("kbd", "u"), type="button", id="undo", aria_keyshortcuts="u"),
            element("button", "Keys ", element("kbd", "?"), type="button", id="help", aria_keyshortcuts="?"),
            element("span", "Looking works without JavaScript; deciding needs it.", class_="unscripted"),
            class_="row",
        )


def _nothing(view: View) -> Element:
    told = "No conflict is listed: clear the filters to see all." if view.filter.query else "There is no conflict."
    return element("p", told, class_="none")


def style() -> str:
    """The style of the report, and what is added for reviews."""
    return _REPORT.joinpath("page.css").read_text("utf-8") + _FOLDER.joinpath("page.css").read_text("utf-8")


def script() -> str:
    """The script."""
    return _FOLDER.joinpath("page.js").read_text("utf-8")
