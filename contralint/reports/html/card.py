"""One conflict on a page: its sides beside each other, and what to type to look further."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from contralint.diagnostics import Diagnostic, Location, Passage, Side
from contralint.escape import visible
from contralint.reports.contrast import Stretches, contrast, opposed
from contralint.reports.html.element import Element, Node, breakable, element
from contralint.reports.html.marks import marked
from contralint.reports.wording import asked_by_users
from contralint.rulebook import Rule

MEMBERS_KEPT = 12  # of a side
SIDES_KEPT = 12  # of a conflict


def card(found: Diagnostic, rule: Rule, colour: str) -> Element:
    """A conflict as an item of a list.

    Args:
        found: The conflict.
        rule: The rule that found it.
        colour: Class that gives the rule's colour.
    """
    return element("li", element("article", _parts(found, rule)), class_=f"card {found.severity.value} {colour}")


def _parts(found: Diagnostic, rule: Rule) -> Iterator[Element]:
    title: list[Node] = [element("i", class_="dot"), f"{found.rule} {found.name}"]
    yield element(
        "h3",
        element("span", found.severity.value, class_="severity"),
        " ",
        element("span", title, class_="rule"),
        " ",
        element("bdi", found.message),
    )
    yield from common_request(found)
    sides = (_side(found, position) for position in range(min(len(found.sides), SIDES_KEPT)))
    yield element("div", sides, class_="sides")
    yield from _more(len(found.sides) - SIDES_KEPT, "sides")
    yield from remarks(found, rule)


def common_request(found: Diagnostic) -> Iterator[Element]:
    """Yields what all sides are asked, where it is the same."""
    if _share_request(found) and _is_answer(found.primary):
        yield _asked(found.primary.asked, ())


def own_request(found: Diagnostic, position: int) -> Iterator[Element]:
    """Yields what a side is asked, where the sides are asked different things."""
    first = found.sides[position].members[0]
    if not _share_request(found) and _is_answer(first):
        other = found.sides[1 if position == 0 else 0].members[0].asked
        yield _asked(first.asked, contrast(Passage(first.asked), Passage(other)).ours)


def _share_request(found: Diagnostic) -> bool:
    return len({" ".join(side.members[0].asked.split()) for side in found.sides}) == 1


def _side(found: Diagnostic, position: int) -> Element:
    side = found.sides[position]
    members = [_member(found, position, place) for place in side.members[:MEMBERS_KEPT]]
    parts = [element("h4", element("bdi", stand(side))), *own_request(found, position)]
    more = _more(len(side.members) - MEMBERS_KEPT, "records; the JSON report has them all")
    return element("section", parts, element("ol", members), more, class_="side")


def _member(found: Diagnostic, position: int, place: Location) -> Element:
    return element("li", quoted(found, position, place))


def quoted(found: Diagnostic, position: int, place: Location) -> Iterator[Element]:
    """Yields where a member of a side stands, and its words."""
    words = marked(place.passage, opposed(found, position, place))
    yield element("p", _place(place), class_="place")
    yield element("blockquote", words, dir="auto")


def _place(place: Location) -> Iterator[Node]:
    yield element("code", element("bdi", breakable(place.path), f":{place.line}:{place.column}"))
    if place.id is not None:
        yield " "
        yield element("span", "id ", element("bdi", place.id), class_="id")
    if place.own_source is not None:
        yield " "
        yield element("span", "source ", element("bdi", place.own_source), class_="id")


def _asked(text: str, differing: Stretches) -> Element:
    words = marked(Passage(text), differing)
    return element("p", element("span", "asked", class_="label"), " ", element("bdi", words), class_="asked")


def _is_answer(place: Location) -> bool:
    """Whether what is quoted answers the request, and is not the request itself."""
    return bool(place.asked.strip()) and place.field != "instruction"


def stand(side: Side) -> str:
    """What a side does, and how many records do it."""
    return side.label if len(side.members) == 1 else f"{len(side.members)} records {side.plural}"


def _more(count: int, what: str) -> list[Element]:
    return [element("p", f"... and {count} more {what}", class_="more")] if count > 0 else []


def remarks(found: Diagnostic, rule: Rule) -> Iterator[Element]:
    """Yields what there is to know besides, and commands to type."""
    measures = [f"{one.kind} {one.value:.2f}" for one in found.evidence]
    yield element("p", ", ".join([*measures, f"confidence {found.confidence:.2f}"]), class_="remark")
    weight = [("weight", asked_by_users(found.weight))] if found.weight else []
    for title, text in [*weight, *(("note", note) for note in found.notes), ("help", rule.help)]:
        yield element("p", element("span", title, class_="label"), " ", element("bdi", text), class_="remark")
    yield _command(f"contralint explain {found.fingerprint[:8]}")
    compared = _comparison(found.sides)
    if compared:
        yield _command(compared)


def _comparison(sides: Sequence[Side]) -> str | None:
    """What shows why two records were reported; None where a shell has no name for their files."""
    places = [side.members[0] for side in sides[:2]]
    named = [f"{place.path}:{place.line}" for place in places]
    if len(places) < 2 or any(
        place.path.startswith(("<", "-")) or visible(place.path) != place.path for place in places
    ):
        return None
    return f"contralint compare {' '.join(map(shlex.quote, named))}"


def _command(text: str) -> Element:
    copy = element("button", "Copy", type="button", class_="copy", data_copy=text)
    return element("p", element("code", text), " ", copy, class_="command")
