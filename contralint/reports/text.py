"""The report as compilers print: each diagnostic with its sides, the words that show them, and a way out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rich.cells import cell_len

from contralint.diagnostics import Diagnostic, Location, Report, Severity, Side, Summary
from contralint.reports.escape import visible
from contralint.reports.excerpt import excerpt
from contralint.reports.options import RenderOptions
from contralint.reports.statistics import statistics_table
from contralint.rulebook import Rule

_MEMBERS_SHOWN = 5
_LEAST_GUTTER = 5
_SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
_SIDE_STYLES = ("bold red", "bold blue", "bold magenta", "bold green")
_DOING = re.compile(r'[^"]*?(?=: )')


def text_report(report: Report, rules: Mapping[str, Rule], options: RenderOptions) -> Iterator[str]:
    """Yields each diagnostic and a blank line (or, with statistics, the table of rules), then the summary if wanted."""
    if options.statistics:
        yield from statistics_table(report, options)
    else:
        for diagnostic in report.diagnostics:
            yield "\n".join(_Block(diagnostic, options).lines(rules[diagnostic.rule])) + "\n\n"
    if not options.summary:
        return
    yield _summary(report.summary) + "\n"
    for note in report.summary.notes:
        yield f"{options.paint('note', _SEVERITY_STYLES[Severity.NOTE])}: {visible(note)}\n"


class _Block:
    """One diagnostic on the page; line numbers share a gutter as wide as the widest of them."""

    def __init__(self, diagnostic: Diagnostic, options: RenderOptions) -> None:
        self._diagnostic = diagnostic
        self._options = options
        longest = max(len(str(side.members[0].line)) for side in diagnostic.sides)
        self._gutter = max(_LEAST_GUTTER, longest)

    def lines(self, rule: Rule) -> Iterator[str]:
        yield self._headline()
        for position, side in enumerate(self._diagnostic.sides):
            if position > 0:
                yield f"{self._pointer()} {_position(side.members[0])}"
            yield from self._marked(side, _SIDE_STYLES[position % len(_SIDE_STYLES)])
            yield from self._others(side)
        yield from self._footer(rule)

    def _headline(self) -> str:
        found = self._diagnostic
        paint = self._options.paint
        severity = paint(f"{found.severity.value}[{found.rule}]", _SEVERITY_STYLES[found.severity])
        return f"{paint(_position(found.primary), 'bold')}: {severity}: {found.name}: {visible(found.message)}"

    def _marked(self, side: Side, style: str) -> Iterator[str]:
        place = side.members[0]
        shown = excerpt(place, self._options.width - self._gutter - 3)
        bar = self._options.paint("|", "dim")
        number = self._options.paint(f"{place.line:>{self._gutter}}", "dim")
        marks = self._options.paint(f"{'^' * shown.mark_width} {visible(side.label)}".rstrip(), style)
        yield f"{number} {bar} {shown.text}"
        yield f"{' ' * self._gutter} {bar} {' ' * shown.mark_column}{marks}"

    def _others(self, side: Side) -> Iterator[str]:
        for place in side.members[1:_MEMBERS_SHOWN]:
            lead = f" {_position(place)}: "
            shown = excerpt(place, self._options.width - self._gutter - cell_len(lead))
            yield f"{self._pointer()}{lead}{shown.text}"
        if (hidden := len(side.members) - _MEMBERS_SHOWN) > 0:
            yield f"{' ' * (self._gutter - 3)}... and {hidden} more"

    def _footer(self, rule: Rule) -> Iterator[str]:
        found = self._diagnostic
        yield self._remark(_measures(found))
        for note in found.notes:
            yield self._remark(f"{self._options.paint('note', 'bold')}: {visible(note)}")
        advice = f"{visible(rule.help)}: contralint explain {found.fingerprint[:8]}"
        yield self._remark(f"{self._options.paint('help', 'bold')}: {advice}")

    def _remark(self, text: str) -> str:
        return f"{' ' * (self._gutter - 2)}{self._options.paint('=', 'dim')} {text}"

    def _pointer(self) -> str:
        return " " * (self._gutter - 3) + self._options.paint(":::", "dim")


def _position(place: Location) -> str:
    return f"{visible(place.path)}:{place.line}:{place.column}"


def _measures(diagnostic: Diagnostic) -> str:
    """What was measured, how sure that makes us, and how many records take each side."""
    measures = [f"{reason.kind} {reason.value:.2f}" for reason in diagnostic.evidence]
    measures.append(f"confidence {diagnostic.confidence:.2f}")
    if sum(len(side.members) for side in diagnostic.sides) > 1:
        measures += [_count(side, first=position == 0) for position, side in enumerate(diagnostic.sides)]
    return ", ".join(measures)


def _count(side: Side, *, first: bool) -> str:
    """Such as "3 records deny"; of further sides, "9 exercise"."""
    alone = len(side.members) == 1
    noun = ("record" if alone else "records") if first else ""
    doing = _DOING.match(side.label)
    singular = doing[0] if doing else side.label
    return " ".join(filter(None, [str(len(side.members)), noun, visible(singular if alone else side.plural)]))


def _summary(summary: Summary) -> str:
    scope = f"in {_number(summary.records, 'record')} of {_number(summary.files, 'file')}"
    unread = f", {_number(summary.unread, 'row')} unread" if summary.unread else ""
    if not summary.diagnostics:
        return f"No contradictions found {scope}{unread}."
    severities = ", ".join(_number(count, level) for level, count in summary.by_severity.items())
    return f"Found {_number(summary.diagnostics, 'diagnostic')} ({severities}) {scope}{unread}."


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
