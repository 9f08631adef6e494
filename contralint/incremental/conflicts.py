"""Conflicts by what their rows hold, so that they can be told again wherever those rows stand now."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping

import msgspec

from contralint.grouping import Group, GroupSide, Member
from contralint.incremental.rows import RowKey, Rows
from contralint.incremental.state import KeptGroup, KeptMember, KeptSide
from contralint.rulebook import Rule


def kept(groups: Iterable[Group], rows: Rows) -> list[KeptGroup]:
    """Conflicts without their places."""
    return [
        KeptGroup(
            group.rule.id,
            group.severity,
            group.confidence,
            group.message,
            group.fingerprint,
            list(group.evidence),
            [KeptSide(side.key, [_kept(member, rows) for member in side.members]) for side in group.sides],
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
                GroupSide(side.key, tuple(sorted((_placed(each, rows) for each in side.members), key=_key)))
                for side in group.sides
            ),
            evidence=tuple(group.evidence),
        )
        for group in groups
    ]


def rows_of(group: KeptGroup) -> set[RowKey]:
    """The rows that take part in a conflict."""
    return {member.row for side in group.sides for member in side.members}


def _kept(member: Member, rows: Rows) -> KeptMember:
    path, index, _ = member.key
    row = rows.keys[path][index]
    return KeptMember(row, bisect.bisect_left(rows.places[row], (path, index)), member)


def _placed(kept: KeptMember, rows: Rows) -> Member:
    path, index = rows.places[kept.row][kept.copy]
    return msgspec.structs.replace(kept.member, key=(path, index, kept.member.key[2]))


def _key(member: Member) -> tuple[str, int, int]:
    return member.key
