"""Conflict groups become diagnostics: every member gets its exact place in its file."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from contralint.diagnostics import Diagnostic, Location, Passage, Side, Suggestion
from contralint.grouping import Group
from contralint.kinds.finding import Stand
from contralint.readers import Place, Stretch, Unreadable, locate
from contralint.records import Origin, Span
from contralint.rulebook import Rule

# The paths of rows that were given in Python: nothing to read again.
ROWS, AGAINST = "<rows>", "<against>"
_SNIPPET = 200  # characters of a field that a location quotes

PlaceKey = tuple[str, int, Stretch]


def diagnostics(groups: Sequence[Group]) -> list[Diagnostic]:
    """Locates all members, reading each file that holds one a second time.

    Raises:
        UsageError: A file cannot be read any more.
    """
    places = _places(stand for group in groups for side in group.sides for stand in side.stands)
    return [_diagnostic(group, places) for group in groups]


def row_diagnostic(rule: Rule, row: Unreadable) -> Diagnostic:
    """The diagnostic of a row that gives no record."""
    content = "\n".join([rule.id, row.reason, row.snippet])
    fingerprint = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    place = Location(
        path=row.path,
        line=row.line,
        index=row.index,
        id=None,
        field="row",
        column=row.column,
        end_line=row.line,
        end_column=row.column + 1,
        snippet=row.snippet,
        mark_start=0,
        mark_end=len(row.snippet),
    )
    return Diagnostic(
        rule=rule.id,
        name=rule.name,
        severity=rule.severity,
        confidence=1.0,
        message=f"{rule.message}: {row.reason}",
        fingerprint=fingerprint,
        contents=(fingerprint,),
        sides=(Side("cannot be read", "cannot be read", (place,)),),
    )


def _places(stands: Iterable[Stand]) -> dict[PlaceKey, Place]:
    wanted: dict[str, dict[int, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    for stand in stands:
        origin = stand.record.origin
        if origin.path not in (ROWS, AGAINST):
            wanted[origin.path][origin.index].append(_stretch(stand.span))
    return {
        (path, index, stretch): place
        for path, indices in sorted(wanted.items())
        for (index, stretch), place in locate(path, indices).items()
    }


def _stretch(span: Span) -> Stretch:
    offset = span.field.offset
    return Stretch(span.field.pointer, span.start + offset, span.end + offset)


def _diagnostic(group: Group, places: Mapping[PlaceKey, Place]) -> Diagnostic:
    sides = tuple(
        Side(side.label, side.plural, tuple(_location(stand, places) for stand in side.stands)) for side in group.sides
    )
    return Diagnostic(
        rule=group.rule.id,
        name=group.rule.name,
        severity=group.severity,
        confidence=group.confidence,
        message=group.message,
        fingerprint=group.fingerprint,
        contents=group.contents,
        sides=sides,
        evidence=group.evidence,
        suggestion=Suggestion("keep-majority", sides[0].members) if group.minority else None,
    )


def _location(stand: Stand, places: Mapping[PlaceKey, Place]) -> Location:
    origin, span = stand.record.origin, stand.span
    place = places.get((origin.path, origin.index, _stretch(span))) or _own_text(origin, span)
    begin = max(0, span.start - max(0, _SNIPPET - (span.end - span.start)) // 2)
    snippet = span.field.text[begin : begin + _SNIPPET]
    return Location(
        path=origin.path,
        line=place.line,
        index=origin.index,
        id=origin.id,
        field=span.field.name,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        snippet=snippet,
        mark_start=span.start - begin,
        mark_end=min(span.end - begin, len(snippet)),
        whole=Passage(span.field.text, span.start, span.end),
        asked=stand.record.request,
    )


def _own_text(origin: Origin, span: Span) -> Place:
    """Rows without a text of their own count columns within the field."""
    return Place(origin.line, span.start + 1, origin.line, span.end + 1)
