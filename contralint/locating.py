"""Conflict groups become diagnostics: every member gets its exact place in its file."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from contralint.diagnostics import Diagnostic, Location, Side, Suggestion
from contralint.grouping import Group, Member
from contralint.readers import Place, Stretch, Unreadable, locate
from contralint.rulebook import Rule

# The paths of rows that were given in Python: nothing to read again.
ROWS, AGAINST = "<rows>", "<against>"
_SNIPPET = 200  # characters of a field that a location quotes

PlaceKey = tuple[str, int, Stretch]


def diagnostics(groups: Sequence[Group], rows: Mapping[str, Collection[int]] | None = None) -> list[Diagnostic]:
    """Locates members, reading each file that holds one a second time.

    Args:
        groups: The conflicts.
        rows: For each file, the rows of which one at least must take part in a conflict for its members to be located;
            None locates all.

    Raises:
        UsageError: A file cannot be read any more.
    """
    places = _places(
        member
        for group in groups
        if rows is None or any(index in rows.get(path, ()) for path, index, _ in group.members)
        for side in group.sides
        for member in side.members
    )
    return [_diagnostic(group, places) for group in groups]


def row_diagnostic(rule: Rule, row: Unreadable) -> Diagnostic:
    """The diagnostic of a row that gives no record."""
    content = row.content or f"{row.reason}\n{row.snippet}"
    fingerprint = hashlib.sha256(f"{rule.id}\n{content}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
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
        sides=(Side("cannot be read", "cannot be read", (place,), (fingerprint,)),),
    )


def _places(members: Iterable[Member]) -> dict[PlaceKey, Place]:
    wanted: dict[str, dict[int, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    for member in members:
        path, index, _ = member.key
        if path not in (ROWS, AGAINST):
            wanted[path][index].append(_stretch(member))
    return {
        (path, index, stretch): place
        for path, indices in sorted(wanted.items())
        for (index, stretch), place in locate(path, indices).items()
    }


def _stretch(member: Member) -> Stretch:
    return Stretch(member.pointer, member.start + member.offset, member.end + member.offset)


def _diagnostic(group: Group, places: Mapping[PlaceKey, Place]) -> Diagnostic:
    sides = tuple(
        Side(
            side.label,
            side.members[0].plural,
            tuple(_location(member, places) for member in side.members),
            side.contents,
        )
        for side in group.sides
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


def _location(member: Member, places: Mapping[PlaceKey, Place]) -> Location:
    path, index, _ = member.key
    place = places.get((path, index, _stretch(member))) or _own_text(member)
    passage = member.passage
    begin = max(0, passage.start - max(0, _SNIPPET - (passage.end - passage.start)) // 2)
    snippet = passage.text[begin : begin + _SNIPPET]
    return Location(
        path=path,
        line=place.line,
        index=index,
        id=member.id,
        field=member.field,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        snippet=snippet,
        mark_start=passage.start - begin,
        mark_end=min(passage.end - begin, len(snippet)),
        whole=passage,
        asked=member.asked,
        own_source=member.source,
    )


def _own_text(member: Member) -> Place:
    """Rows without a text of their own count columns within the field."""
    line = member.key[1] + 1
    return Place(line, member.start + 1, line, member.end + 1)
