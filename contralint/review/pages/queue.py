"""The list of conflicts: filters, and a window of what they leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from contralint.counting import number_of
from contralint.diagnostics import Severity
from contralint.reports.html.element import Element, element
from contralint.reports.wording import percent
from contralint.review.conflict import Conflict
from contralint.review.desk import Desk, View
from contralint.review.filters import STATES, Filter
from contralint.review.pages.link import address

_WINDOW = 50  # conflicts that are listed at a time
_CHOICES = 200  # of a filter: the most frequent
_TOLD = 100  # characters of a request


class Queue:
    """Lists the conflicts of a desk.

    Args:
        desk: What is reviewed.
        colour: Classes of each rule.
    """

    def __init__(self, desk: Desk, colour: Mapping[str, str]) -> None:
        self._desk = desk
        self._colour = colour
        conflicts = desk.conflicts
        names = {conflict.found.rule: conflict.found.name for conflict in conflicts}
        severities = Counter(conflict.found.severity.value for conflict in conflicts)
        self._choices = {
            "rule": [
                (rule, f"{rule} {names[rule]} ({count})")
                for rule, count in sorted(Counter(conflict.found.rule for conflict in conflicts).items())
            ],
            "severity": [
                (level.value, f"{level.value} ({severities[level.value]})")
                for level in reversed(Severity)
                if severities[level.value]
            ],
            "file": _most_frequent(conflict.files for conflict in conflicts),
            "source": _most_frequent(conflict.sources for conflict in conflicts),
            "state": [(state, state) for state in STATES],
        }

    def part(self, view: View) -> Element:
        """The part of a page."""
        decided = sum(position in self._desk.book.decided for position in view.listed)
        told = f"{number_of(len(view.listed), 'conflict', ',')} listed, {decided:,} of them decided"
        return element(
            "nav",
            element("h2", "Conflicts"),
            self._filters(view.filter),
            element("p", told, class_="found"),
            self._window(view),
            class_="queue",
            aria_label="Conflicts",
        )

    def _filters(self, chosen: Filter) -> Element:
        labels = [self._select(name, getattr(chosen, name)) for name in self._choices if self._choices[name]]
        clear = [element("a", "Clear", href="/", class_="clear")] if chosen.query else []
        return element(
            "form",
            labels,
            element("p", element("button", "Filter", type="submit"), clear, class_="row"),
            class_="choices",
            role="search",
            action="/",
            method="get",
        )

    def _select(self, name: str, value: str) -> Element:
        choices = self._choices[name]
        if value and value not in dict(choices):
            choices = [(value, value), *choices]
        options = [element("option", "all", value="")]
        for each, told in choices:
            options.append(element("option", told, value=each, **({"selected": ""} if each == value else {})))
        return element("label", name.capitalize(), element("select", options, name=name))

    def _window(self, view: View) -> Iterator[Element]:
        """Yields the part of the list that holds the conflict that is shown, and what leads to its neighbours."""
        start = (view.place or 0) // _WINDOW * _WINDOW
        shown = view.listed[start : start + _WINDOW]
        entries = [self._entry(position, view) for position in shown]
        yield element("ol", entries, class_="entries", start=str(start + 1))
        steps = [
            element("a", told, href=address(self._desk.conflicts, view.listed[at], view.filter))
            for at, told in ((start - _WINDOW, "Earlier"), (start + _WINDOW, "Later"))
            if 0 <= at < len(view.listed)
        ]
        if steps:
            last = start + len(shown)
            yield element("p", element("span", f"{start + 1:,} to {last:,}"), steps, class_="row pager")

    def _entry(self, position: int, view: View) -> Element:
        conflict = self._desk.conflicts[position]
        found, decision = conflict.found, self._desk.book.decision(position)
        here = {"aria_current": "page"} if position == view.position else {}
        state = [element("span", "✓ ", decision.decision, class_="done")] if decision else []
        line = [
            element("span", element("i", class_="dot"), f"{found.rule} {found.name}", class_="rule"),
            element("span", number_of(conflict.records, "record", ",")),
            *([element("span", f"{percent(found.weight.share)} asked")] if found.weight else []),
            *state,
        ]
        link = element(
            "a",
            element("span", line, class_="row"),
            element("bdi", _told(conflict), class_="told"),
            href=address(self._desk.conflicts, position, view.filter),
            **here,
        )
        return element("li", link, class_=f"{found.severity.value} {self._colour[found.rule]}")


def _told(conflict: Conflict) -> str:
    """What a conflict is about, in a line: the request, else the words that show it."""
    place = conflict.found.primary
    text = " ".join((place.asked.strip() or place.snippet.strip() or conflict.found.message).split())
    return text if len(text) <= _TOLD else f"{text[:_TOLD]}..."


def _most_frequent(named: Iterable[Iterable[str]]) -> list[tuple[str, str]]:
    counts = Counter(name for names in named for name in names)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_CHOICES]
    return [(name, f"{name} ({count})") for name, count in sorted(ranked)] if len(counts) > 1 else []
