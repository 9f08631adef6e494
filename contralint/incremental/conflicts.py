"""Conflicts by what their rows hold, so that they can be told again wherever those rows stand now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from contralint.grouping import Group, GroupSide, Member
from contralint.incremental.rows import RowKey, Rows
from contralint.incremental.state import KeptGroup, KeptMember, KeptSide
from contralint.rulebook import Rule


def kept(groups: Iterable[Group], rows: Rows) -> list[KeptGroup]:
    """Conflicts without their places."""
    copy_of = _copies(rows)
    return [
        KeptGroup(
            group.rule.id,
            group.severity,
            group.confidence,
            group.message,
            group.fingerprint,
            list(group.evidence),
            [KeptSide(side.key, [_kept(member, rows, copy_of) for member in side.members]) for side in group.sides],
        )
        for group in groups
    ]


def placed(groups: Iterable[KeptGroup], rows: Rows, rules: Mapping[str, Rule]) -> list[Group]:
    """Conflicts where their rows stand now."""
    return [
        Group(
            rule=rules[group.rule],
            severity=group.severity,
            confidence=group.confidence,
            message=group.message,
            fingerprint=group.fingerprint,
            sides=tuple(
                GroupSide(side.key, tuple(sorted(_placed(side.members, rows), key=_key))) for side in group.sides
            ),
            evidence=tuple(group.evidence),
        )
        for group in groups
    ]


def rows_of(group: KeptGroup) -> set[RowKey]:
    """The rows that take part in a conflict."""
    return {member.row for side in group.sides for member in side.members}


def _copies(rows: Rows) -> dict[tuple[str, int], int]:
    """For each place, how many of the same rows stand before it."""
    seen: Counter[RowKey] = Counter()
    found = {}
    for path, keys in sorted(rows.keys.items()):
        for index, key in enumerate(keys):
            found[path, index] = seen[key]
            seen[key] += 1
    return found


def _kept(member: Member, rows: Rows, copy_of: Mapping[tuple[str, int], int]) -> KeptMember:
    path, index, turn = member.key
    return KeptMember(
        row=rows.keys[path][index],
        copy=copy_of[path, index],
        turn=turn,
        label=member.label,
        plural=member.plural,
        id=member.id,
        content=member.content,
        field=member.field,
        pointer=list(member.pointer),
        offset=member.offset,
        start=member.start,
        end=member.end,
        passage=member.passage,
        asked=member.asked,
        source=member.source,
    )


def _placed(members: Sequence[KeptMember], rows: Rows) -> Iterable[Member]:
    for member in members:
        path, index = rows.places[member.row][member.copy]
        yield Member(
            key=(path, index, member.turn),
            label=member.label,
            plural=member.plural,
            id=member.id,
            content=member.content,
            field=member.field,
            pointer=tuple(member.pointer),
            offset=member.offset,
            start=member.start,
            end=member.end,
            passage=member.passage,
            asked=member.asked,
            evaluates=False,
            source=member.source,
        )


def _key(member: Member) -> tuple[str, int, int]:
    return member.key
