"""What was found as a whole: numbers, the map, and tables by rule, source and file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from contralint.counting import number_of
from contralint.diagnostics import Diagnostic, Severity, Summary
from contralint.reports.html.chart import bar, conflict_map
from contralint.reports.html.element import Element, Node, breakable, element
from contralint.reports.html.matrix import Sources, matrix

_FILES_SHOWN = 20
_MAP = (
    "Each dot is a conflict, larger the more records take part. Near each other are those whose requests and answers "
    "share words, that come from the same sources or break the same rule; the axes have no meaning."
)
_SOURCES = "How many conflicts have both sources on opposite sides: rows and columns are the same sources."


def files_of(found: Diagnostic) -> list[str]:
    """The files that have a part in a conflict."""
    return sorted({place.path for side in found.sides for place in side.members})


def headline(summary: Summary) -> Iterator[Element]:
    """What was read and found, in numbers, and what there is to know of it."""
    found = number_of(summary.diagnostics, "conflict", ",") if summary.diagnostics else "No contradictions found"
    unread = f", {number_of(summary.unread, 'row', ',')} unread" if summary.unread else ""
    read = f"{number_of(summary.records, 'record', ',')} of {number_of(summary.files, 'file', ',')}"
    yield element("p", element("b", found), f" in {read}{unread}")
    counts = ((level.value, summary.by_severity.get(level.value, 0)) for level in reversed(Severity))
    chips = [_chip(level, count) for level, count in counts if count]
    yield element("ul", chips, class_="counts")
    notes = [element("li", element("bdi", note)) for note in summary.notes]
    yield element("ul", notes, class_="notes")


def overview(
    found: Sequence[Diagnostic], summary: Summary, colour: Mapping[str, str], sources: Sources
) -> Iterator[Element]:
    """The panels of the page, as far as there is anything to show.

    Args:
        found: The conflicts, in the order in which they are listed.
        summary: What was read and found.
        colour: Classes of each rule.
        sources: The sources that contradict any.
    """
    if not found:
        return
    pointed = element("p", class_="pointed", aria_live="polite")
    yield _panel("Map", _MAP, conflict_map(found, colour), pointed)
    yield _panel("By rule", "", _scrolled(_rules(found, summary.by_rule, colour)))
    if len(sources.names) > 1:
        yield _panel("Sources", _SOURCES, _scrolled(matrix(summary, sources)))
    yield _panel("By file", "", _scrolled(_files(found, colour)))


def _chip(level: str, count: int) -> Element:
    number, _, noun = number_of(count, level, ",").partition(" ")
    return element("li", element("b", number), f" {noun}", class_=level)


def _panel(title: str, about: str, *parts: Element) -> Element:
    told = [element("p", about, class_="about")] if about else []
    return element("section", element("h2", title), told, parts, class_="panel")


def _scrolled(table: Element) -> Element:
    return element("div", table, class_="scroll")


def _rules(found: Sequence[Diagnostic], by_rule: Mapping[str, int], colour: Mapping[str, str]) -> Element:
    names = {one.rule: one.name for one in found}
    most = max(by_rule.values())
    rows = []
    for rule, count in _ranked(by_rule):
        title: list[Node] = [element("i", class_=f"dot {colour[rule]}"), f"{rule} {names[rule]}"]
        rows.append(_row(element("th", title, scope="row", data_rule=rule), [(count, colour[rule])], most))
    return element("table", element("tbody", rows), class_="bars")


def _files(found: Sequence[Diagnostic], colour: Mapping[str, str]) -> Element:
    """Files with the most conflicts; each is named by its number among all files in order."""
    counted: dict[str, Counter[str]] = {}
    for one in found:
        for path in files_of(one):
            counted.setdefault(path, Counter())[one.rule] += 1
    number = {path: str(at) for at, path in enumerate(sorted(counted))}
    ranked = _ranked({path: rules.total() for path, rules in counted.items()})
    rows = []
    for path, _ in ranked[:_FILES_SHOWN]:
        named = element("th", element("bdi", breakable(path)), scope="row", data_file=number[path])
        rows.append(_row(named, [(count, colour[rule]) for rule, count in _ranked(counted[path])], ranked[0][1]))
    if (more := len(ranked) - _FILES_SHOWN) > 0:
        rows.append(element("tr", element("td", f"... and {number_of(more, 'more file', ',')}", colspan="3")))
    return element("table", element("tbody", rows), class_="bars")


def _row(title: Node, parts: Sequence[tuple[int, str]], most: int) -> Element:
    count = sum(each for each, _ in parts)
    return element("tr", title, element("td", bar(parts, most)), element("td", f"{count:,}", class_="number"))


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
