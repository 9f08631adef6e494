"""One conflict, with its sides beside each other, and what may be decided about it."""

from __future__ import annotations

from collections.abc import Iterator

from contralint.counting import number_of
from contralint.diagnostics import Location, Side
from contralint.records import Record
from contralint.reports.html.card import common_request, own_request, quoted, remarks, stand
from contralint.reports.html.element import Element, Node, element
from contralint.resolve.rows import short_hash
from contralint.review.conflict import Conflict
from contralint.review.desk import Desk, View
from contralint.review.pages.choices import choices, told
from contralint.review.pages.link import address
from contralint.review.pages.record import differences, unfolded
from contralint.review.wish import texts_of

SHOWN = 12
"""Sides of a conflict, and records of a side, that are shown at first."""
_MORE = 50  # further ones at a time
_NUMBERED = 9  # sides that have a key of their own


class Sheet:
    """The part of a page that shows a conflict.

    Args:
        desk: What is reviewed.
        view: What the page shows.
        position: Of the conflict.
        colour: Classes that give the rule's colour.
        shown: Sides, and records of each, that are shown.
    """

    def __init__(self, desk: Desk, view: View, position: int, colour: str, shown: int = SHOWN) -> None:
        self._desk = desk
        self._view = view
        self._position = position
        self._conflict: Conflict = desk.conflicts[position]
        self._found = self._conflict.found
        self._colour = colour
        self._shown = shown

    def part(self) -> Element:
        """The part of the page."""
        severity = self._found.severity.value
        return element("article", self._parts(), class_=f"card {severity} {self._colour}", aria_labelledby="title")

    def _parts(self) -> Iterator[Node]:
        found = self._found
        yield self._steps()
        yield element(
            "h2",
            element("span", found.severity.value, class_="severity"),
            " ",
            element("span", element("i", class_="dot"), f"{found.rule} {found.name}", class_="rule"),
            " ",
            element("bdi", found.message),
            id="title",
        )
        yield from self._decided()
        yield from common_request(found)
        yield from self._contexts()
        sides = [self._side(at, side) for at, side in enumerate(found.sides[: self._shown])]
        yield element("div", sides, class_="sides")
        yield from self._more()
        yield choices(found, self._desk.book.decision(self._position), self._shown)
        yield element(
            "details", element("summary", "About this conflict"), remarks(found, self._desk.rules[found.rule])
        )

    def _steps(self) -> Element:
        conflicts, view = self._desk.conflicts, self._view
        links = []
        for by, name, word, key in ((-1, "previous", "Previous", "k"), (1, "next", "Next", "j")):
            position = view.step(by)
            if position is not None:
                href = address(conflicts, position, view.filter)
                links.append(element("a", word, " ", element("kbd", key), href=href, id=name, aria_keyshortcuts=key))
        place = "not in the list" if view.place is None else f"{view.place + 1:,} of {len(view.listed):,}"
        return element("p", element("span", place), links, class_="row steps")

    def _decided(self) -> Iterator[Element]:
        decision, expired = self._desk.book.decision(self._position), self._desk.book.expired(self._position)
        if decision is not None:
            undo = element("button", "Take it back", type="button", id="take-back")
            yield element("p", element("b", "✓ Decided: "), told(decision), " ", undo, class_="decided")
        elif expired is not None:
            yield element("p", f"Held until {expired.until}: ", told(expired), class_="decided")

    def _contexts(self) -> Iterator[Element]:
        firsts = [self._record(side, side.members[0]) for side in self._found.sides]
        records = [record for record in firsts if record is not None]
        if len(records) > 1 and (names := differences(records)):
            yield element("p", f"The sides differ in their {_joined(names)}: see the whole records.", class_="contexts")

    def _side(self, at_side: int, side: Side) -> Element:
        head: list[Node] = [element("h3", element("bdi", stand(side)))]
        if len(self._found.sides) > 1:
            key = str(at_side + 1) if at_side < _NUMBERED else ""
            shortcut = {"aria_keyshortcuts": key} if key else {}
            keycap: list[Node] = [" ", element("kbd", key)] if key else []
            name = f"Keep side {at_side + 1}, {side.label}, and drop the others"
            head.append(
                element(
                    "button",
                    "Keep",
                    keycap,
                    type="button",
                    data_keep=str(at_side),
                    aria_label=name,
                    title=name,
                    **shortcut,
                )
            )
        members = [self._member(at_side, side, at) for at in range(min(len(side.members), self._shown))]
        return element(
            "section",
            element("div", head, class_="row head"),
            own_request(self._found, at_side),
            element("ol", members),
            class_="side",
            aria_label=f"Side {at_side + 1}",
        )

    def _member(self, at_side: int, side: Side, at: int) -> Element:
        place = side.members[at]
        record = self._record(side, place)
        parts: list[Node] = [*quoted(self._found, at_side, place)]
        if record is None:
            if self._desk.exhibits.teaching(place) is not None:
                parts.append(element("p", "The row changed since the scan: this is what it held.", class_="more"))
            return element("li", parts)
        parts.append(unfolded(record, self._counterpart(at_side)))
        if not texts_of(record):
            return element("li", parts)
        edit = element(
            "button",
            "Edit",
            type="button",
            class_="edit",
            data_side=str(at_side),
            data_member=str(at),
            aria_label=f"Edit the response of {place.path}, line {place.line}",
        )
        return element("li", edit, parts, data_hash=short_hash(record))

    def _counterpart(self, at_side: int) -> Record | None:
        sides = self._found.sides
        if len(sides) == 1:
            return None
        other = sides[1 if at_side == 0 else 0]
        return self._record(other, other.members[0])

    def _record(self, side: Side, place: Location) -> Record | None:
        return self._desk.exhibits.record(side, place)

    def _more(self) -> Iterator[Element]:
        most = max(len(self._found.sides), *(len(side.members) for side in self._found.sides))
        if most > self._shown:
            here = address(self._desk.conflicts, self._position, self._view.filter)
            more = f"{here}{'&' if '?' in here else '?'}shown={self._shown + _MORE}"
            sides = number_of(len(self._found.sides), "side", ",")
            counted = f"{sides} with up to {number_of(most, 'record', ',')}: {self._shown} are shown. "
            link = element("a", "Show more ", element("kbd", "m"), href=more, id="more", aria_keyshortcuts="m")
            yield element("p", counted, link, class_="more")


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
