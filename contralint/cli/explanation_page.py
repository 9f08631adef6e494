"""What `contralint explain` prints: a diagnostic with all its members, and how it came about."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from contralint.cli.comparison_page import between_lines, exhibit_lines
from contralint.diagnostics import Diagnostic, Location
from contralint.escape import visible
from contralint.explanation import Explanation
from contralint.reasons import figure
from contralint.reports import RenderOptions
from contralint.reports.contrast import opposed
from contralint.reports.excerpt import excerpt
from contralint.reports.painting import painted
from contralint.reports.palette import CONTEXT, SEVERITY, side_color
from contralint.reports.wording import asked_by_users

_INDENT = "  "


def explanation_page(explanation: Explanation, options: RenderOptions) -> Iterator[str]:
    """Lines of the page."""
    yield _headline(explanation, options)
    for position in range(len(explanation.diagnostic.sides)):
        yield ""
        yield from _side_lines(explanation.diagnostic, position, options)
    yield ""
    yield from _why_lines(explanation, options)
    for shown in explanation.records:
        yield ""
        yield from exhibit_lines(shown, options)
    if explanation.comparison:
        yield ""
        yield from between_lines(explanation.comparison, options)


def _headline(explanation: Explanation, options: RenderOptions) -> str:
    found = explanation.diagnostic
    place = options.paint(_position(found.primary), "bold")
    severity = options.paint(f"{found.severity.value}[{found.rule}]", SEVERITY[found.severity])
    return f"{place}: {severity}: {found.name}: {visible(found.message)}"


def _side_lines(found: Diagnostic, position: int, options: RenderOptions) -> Iterator[str]:
    side, color = found.sides[position], side_color(found.severity, position)
    count = len(side.members)
    yield options.paint(f"{visible(side.label)} ({count} record{'s' if count > 1 else ''})", f"bold {color}")
    for place in side.members:
        shown = excerpt(place.passage, options.width - len(_INDENT), opposed(found, position, place))
        evidence = shown.evidence(whole_runs=options.terminal)
        marks = options.paint("^" * evidence.width, f"bold {color}")
        yield f"{_INDENT}{options.paint(_position(place), CONTEXT)}"
        yield f"{_INDENT}{painted(shown, color, options)}"
        yield f"{_INDENT}{' ' * evidence.column}{marks}"


def _why_lines(explanation: Explanation, options: RenderOptions) -> Iterator[str]:
    rule, found = explanation.rule, explanation.diagnostic
    yield options.paint(f"why {rule.id} {rule.name}", "bold")
    facts = {
        "rule": f"kind {rule.kind}" + (f", parameters {_plain(rule.parameters)}" if rule.parameters else ""),
        "supersedes": ", ".join(rule.supersedes),
        "reported": f"from confidence {figure(rule.min_confidence)}" if rule.min_confidence else "",
        "confidence": _confidence(explanation),
        "severity": _severity(explanation),
        "weight": asked_by_users(found.weight) if found.weight else "",
        "fingerprint": found.fingerprint,
        "notes": visible("; ".join(found.notes)),
        "help": visible(rule.help),
        "more": f"contralint rule {rule.id}",
    }
    for name, fact in facts.items():
        if fact:
            yield f"{_INDENT} {options.paint('=', 'dim')} {name}: {fact}"


def _plain(parameters: dict[str, object]) -> str:
    return visible(orjson.dumps(parameters).decode())


def _confidence(explanation: Explanation) -> str:
    found, comparison = explanation.diagnostic, explanation.comparison
    if explanation.rule.kind == "pair" and comparison:
        measures = [f"{one.kind} {figure(one.value)}" for one in found.evidence if one.kind != "similarity"]
        factors = " times ".join([*measures, f"same request {figure(comparison.same)}"])
        return f"{figure(found.confidence)}, of the surest two records: {factors}"
    return figure(found.confidence)


def _severity(explanation: Explanation) -> str:
    severity, rule = explanation.diagnostic.severity.value, explanation.rule
    if explanation.lowered:
        step = f"a step below the rule's {rule.severity.value}, as the confidence is below {figure(rule.lower_below)}"
        return f"{severity}, {step}"
    kept = f", which a confidence below {figure(rule.lower_below)} would lower" if rule.lower_below else ""
    return f"{severity}, as the rule is set{kept}"


def _position(place: Location) -> str:
    return f"{visible(place.path)}:{place.line}:{place.column}"
