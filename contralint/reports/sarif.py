"""The report as SARIF 2.1.0, within what GitHub code scanning takes and shows."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any
from urllib.parse import quote

from contralint.diagnostics import Diagnostic, Location, Report, Side
from contralint.escape import json_text, visible
from contralint.reports.options import RenderOptions
from contralint.reports.sarif_rules import driver
from contralint.rulebook import Rule

RESULTS_KEPT = 5_000
"""GitHub stores this many results of a run; which ones is left to us only if no more are sent."""
LOCATIONS_KEPT = 100
"""GitHub stores this many locations of a result, the primary one included."""
SIZE_KEPT = 9_000_000
"""GitHub takes 10 MB of gzip; the rest is for the rules, and for what a compressor holds back."""
_LINKED = 5  # other places that a message leads to
_CLASHES_KEPT = 100
_NO_RESULTS = '"results": []'
_ROOT = "%SRCROOT%"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_WINDOWS_DRIVE = re.compile(r"[A-Za-z]:/")


@dataclass(frozen=True)
class _Partner:
    """A place that a result relates to, and the side it is on."""

    side: Side
    place: Location


def sarif_report(report: Report, rules: Mapping[str, Rule], _options: RenderOptions) -> Iterator[str]:
    """Yields one log with one run: the gravest results first, a line each, as many as GitHub keeps."""
    order = {rule: index for index, rule in enumerate(sorted(rules))}
    ranked = sorted(report.diagnostics, key=lambda found: found.rank_key)
    kept = _kept(json_text(_result(found, order[found.rule])) for found in ranked[:RESULTS_KEPT])
    run = {
        "tool": {"driver": driver([rules[rule] for rule in order])},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that was scanned from."}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notifications(report, len(kept))}],
        "properties": {"sources": [clash.to_dict() for clash in report.summary.by_sources[:_CLASHES_KEPT]]},
        "results": [],
    }
    # A key within a text has its quotation marks escaped, so that the last such words are the run's own.
    head, _, tail = json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2).rpartition(_NO_RESULTS)
    yield f'{head}"results": ['
    yield ",".join(f"\n{result}" for result in kept)
    yield f"]{tail}\n"


def _kept(results: Iterator[str]) -> list[str]:
    """The first results that fit, compressed as GitHub's action does it."""
    compressor, size, kept = zlib.compressobj(), 0, []
    for result in results:
        size += len(compressor.compress(result.encode()))
        if size > SIZE_KEPT:
            break
        kept.append(result)
    return kept


def _notifications(report: Report, kept: int) -> list[dict[str, Any]]:
    notes = [{"level": "note", "message": {"text": _plain(note)}} for note in report.summary.notes]
    if (found := len(report.diagnostics)) == kept:
        return notes
    cut = f"Only the {kept} gravest of {found} diagnostics are listed here; the JSON report has them all."
    return [{"level": "warning", "message": {"text": cut}}, *notes]


def _result(found: Diagnostic, rule_index: int) -> dict[str, Any]:
    related = _related(found)
    return {
        "ruleId": found.rule,
        "ruleIndex": rule_index,
        "level": found.severity.value,
        "rank": round(found.confidence * 100, 2),
        "message": {"text": " ".join(_sentences(found, related))},
        "locations": [{"physicalLocation": _physical(found.primary)}],
        "relatedLocations": [
            {
                "id": number,
                "physicalLocation": _physical(partner.place),
                "message": {"text": _plain(partner.side.label or found.name)},
            }
            for number, partner in enumerate(related, start=1)
        ],
        # GitHub's own hash sees a line's first 100 characters, equal for all rows that share a system prompt.
        "partialFingerprints": {
            "primaryLocationLineHash": f"{found.fingerprint}:1",
            "contralint/v1": found.fingerprint,
        },
        **({"properties": {"weight": found.weight.share}} if found.weight else {}),
    }


def _related(found: Diagnostic) -> list[_Partner]:
    """Members other than the primary; each further side's first member leads, so that none is cut off."""
    leads = (_Partner(side, side.members[0]) for side in found.sides[1:])
    rest = (_Partner(side, place) for side in found.sides for place in side.members[1:])
    return list(islice(chain(leads, rest), LOCATIONS_KEPT - 1))


def _sentences(found: Diagnostic, related: Sequence[_Partner]) -> Iterator[str]:
    """What is wrong, then who takes which side; GitHub shows the first alone where space is short."""
    yield f"{_plain(found.message).rstrip('.')}."
    first, *further = found.sides
    if further:
        yield f"Here: {_stand(first)}."
        for number, partner in enumerate(related[: min(len(further), _LINKED)], start=1):
            yield f"There: {_link(partner.place, number)} {_stand(partner.side)}."
        if len(further) > _LINKED:
            yield f"{len(further) - _LINKED} more sides differ."
    elif related:
        links = ", ".join(_link(partner.place, number) for number, partner in enumerate(related[:_LINKED], start=1))
        hidden = len(first.members) - 1 - _LINKED
        yield f"Also: {links}{f' and {hidden} more' if hidden > 0 else ''}."


def _stand(side: Side) -> str:
    count = len(side.members)
    return _plain(side.label) + (f" ({count} records)" if count > 1 else "")


def _link(place: Location, number: int) -> str:
    return f"[{_plain(f'{place.path}:{place.line}')}]({number})"


def _plain(text: str) -> str:
    """Text in which SARIF sees no link: brackets are what embedded links are made of."""
    return re.sub(r"([\\\[\]])", r"\\\1", visible(text))


def _physical(place: Location) -> dict[str, Any]:
    return {"artifactLocation": _artifact(place.path), "region": _region(place)}


def _artifact(path: str) -> dict[str, str]:
    if path.startswith("/"):
        return {"uri": f"file://{_encoded(path)}"}
    if _WINDOWS_DRIVE.match(path):
        return {"uri": f"file:///{path[:2]}{_encoded(path[2:])}"}
    return {"uri": _encoded(path), "uriBaseId": _ROOT}


def _encoded(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")


def _region(place: Location) -> dict[str, Any]:
    """One line: GitHub shows a result in a review only where all lines of its region were changed."""
    evidence = place.snippet[place.mark_start : place.mark_end]
    within_line = place.column + len(evidence.split("\n", 1)[0])
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.line,
        "endColumn": max(place.end_column if place.end_line == place.line else within_line, place.column),
        "snippet": {"text": visible(evidence or place.snippet)},
    }
