"""The report as Markdown, for a job's summary or a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from contralint.diagnostics import Diagnostic, Location, Report, Side, Summary
from contralint.escape import visible
from contralint.reports.options import RenderOptions
from contralint.reports.sources import contradicting, named
from contralint.reports.wording import asked_by_users
from contralint.rulebook import Rule

LENGTH_KEPT = 60_000
"""GitHub takes 65,536 characters of a comment."""
_MEMBERS_KEPT = 5  # of a side
_SIDES_KEPT = 6  # of a diagnostic
_NOTES_KEPT = 20
_CLASHES_KEPT = 10
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|<>~@&$:-])")
_EXCERPT = 160  # characters of a record that are quoted, or of a source


def markdown_report(report: Report, rules: Mapping[str, Rule], _options: RenderOptions) -> Iterator[str]:
    """Yields counts, then the diagnostics to look at first, until a comment is full."""
    head = "".join(_head(report))
    yield head
    left = LENGTH_KEPT - len(head)
    ranked = sorted(report.diagnostics, key=lambda found: found.rank_key)
    for number, found in enumerate(ranked):
        text = "".join(_section(found, rules))
        if len(text) > left:
            yield f"\n*{len(ranked) - number} more are not listed here: the other report formats have them all.*\n"
            return
        left -= len(text)
        yield text


def _head(report: Report) -> Iterator[str]:
    summary = report.summary
    counted = ", ".join(f"{count} of severity {severity}" for severity, count in summary.by_severity.items())
    yield f"## contralint: {f'{summary.diagnostics} diagnostics' if summary.diagnostics else 'nothing found'}\n\n"
    yield f"{summary.records} records read, {summary.unread} rows unread{f'; {counted}' if counted else ''}.\n"
    if summary.by_rule:
        names = {found.rule: found.name for found in report.diagnostics}
        yield "\n| rule | name | diagnostics |\n|---|---|---|\n"
        yield from (f"| {rule} | {names[rule]} | {count} |\n" for rule, count in summary.by_rule.items())
    yield from _sources(summary)
    yield from (f"\n> {plain(note)}\n" for note in summary.notes[:_NOTES_KEPT])
    if (more := len(summary.notes) - _NOTES_KEPT) > 0:
        yield f"\n> ... and {more} more notes\n"


def _sources(summary: Summary) -> Iterator[str]:
    """A table of the sources that contradict each other; nothing where there are no two."""
    found = contradicting(summary)
    if not found:
        return
    yield "\n| source | contradicts | diagnostics | records |\n|---|---|---|---|\n"
    for clash in found[:_CLASHES_KEPT]:
        one, other = (plain(_short(named(source))) for source in clash.sources)
        yield f"| {one} | {other} | {clash.diagnostics} | {clash.records} |\n"
    if (more := len(found) - _CLASHES_KEPT) > 0:
        yield f"\n... and {more} more pairs of sources\n"


def _section(found: Diagnostic, rules: Mapping[str, Rule]) -> Iterator[str]:
    yield f"\n### {found.severity.value} {found.rule} {found.name}: {plain(found.message)}\n\n"
    for side in found.sides[:_SIDES_KEPT]:
        yield f"- **{plain(_stand(side))}**\n"
        yield from (f"  - {code(_at(place))}: {code(_excerpt(place))}\n" for place in side.members[:_MEMBERS_KEPT])
        if (more := len(side.members) - _MEMBERS_KEPT) > 0:
            yield f"  - ... and {more} more\n"
    if (more := len(found.sides) - _SIDES_KEPT) > 0:
        yield f"- ... and {more} more sides\n"
    measures = [f"{one.kind} {one.value:.2f}" for one in found.evidence]
    measures.append(f"confidence {found.confidence:.2f}")
    measures += [f"weight {asked_by_users(found.weight)}"] if found.weight else []
    yield f"\n{', '.join(measures)}. {plain(rules[found.rule].help)}"
    yield f" ({code(found.fingerprint[:8])})\n"


def _stand(side: Side) -> str:
    return side.label if len(side.members) == 1 else f"{len(side.members)} records {side.plural}"


def _at(place: Location) -> str:
    return f"{place.path}:{place.line}"


def _excerpt(place: Location) -> str:
    return _short(place.snippet[place.mark_start : place.mark_end] or place.snippet)


def _short(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 3]}..."


def plain(text: str) -> str:
    """Text that no Markdown reads as markup, a mention or a link."""
    return _MARKUP.sub(r"\\\1", visible(text))


def code(text: str) -> str:
    """Text in a code span, whose fence is longer than any run of backticks in it."""
    shown: Sequence[str] = re.findall(r"`+", visible(text))
    fence = "`" * (max(map(len, shown), default=0) + 1)
    return f"{fence} {visible(text)} {fence}" if shown or not text.strip() else f"{fence}{visible(text)}{fence}"
