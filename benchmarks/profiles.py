"""What `fast` and `balanced` lose of the conflicts that `thorough` finds, and the seconds that they save.

    python -m benchmarks.profiles FILE...

Each file is scanned with all three profiles. A conflict is found again where a diagnostic has the same fingerprint,
which is made of the contents of all its records: one record less, and it is lost (and stands under "else"). "In part"
counts it too where a diagnostic of the same rule holds two of its records. Requests that are equal once normalised need
no search, so the second line of each profile counts only conflicts that a search has found: those of rules that compare
requests, between requests that differ.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.processes import PROFILES, machine
from contralint import Config, Diagnostic, Linter
from contralint.models.search import Profile
from contralint.neighbours.collapse import key_of
from contralint.records import Record
from contralint.rulebook import load_rules

# Kinds of rules that pair records by their requests; the others search elsewhere or within one record.
SEARCHING: Final = ("pair", "preference", "split")


@dataclass(frozen=True)
class Conflict:
    """What of a diagnostic counts here.

    Attributes:
        fingerprint: Made of the rule and the contents of all records.
        rule: Its ID.
        contents: Hashes of what the records teach.
        searched: Whether only a search could find it.
    """

    fingerprint: str
    rule: str
    contents: frozenset[str]
    searched: bool


@dataclass(frozen=True)
class Kept:
    """How much of one scan's conflicts another one has found.

    Attributes:
        conflicts: How many there are.
        found: How many have the same records there.
        partly: How many have two records or more in one conflict there; those found are among them.
        extra: How many conflicts stand there and not here.
    """

    conflicts: int
    found: int
    partly: int
    extra: int

    def __str__(self) -> str:
        shares = [
            f"{count / self.conflicts:8.3f}" if self.conflicts else f"{'-':>8}" for count in (self.found, self.partly)
        ]
        return f"{self.conflicts:10}{self.found:8}{''.join(shares)}{self.extra:6}"


def kept(thorough: Sequence[Conflict], other: Sequence[Conflict]) -> Kept:
    """Compares the conflicts of two scans of the same files."""
    known, theirs = ({one.fingerprint for one in conflicts} for conflicts in (thorough, other))
    holding = defaultdict(set)
    for number, one in enumerate(other):
        for content in one.contents:
            holding[one.rule, content].add(number)

    def in_part(one: Conflict) -> bool:
        shared = Counter(number for content in one.contents for number in holding.get((one.rule, content), ()))
        return max(shared.values(), default=0) > 1

    partly = sum(one.fingerprint in theirs or in_part(one) for one in thorough)
    return Kept(len(known), len(known & theirs), partly, len(theirs - known))


def conflicts_of(
    diagnostics: Sequence[Diagnostic], records: Sequence[Record], searching: frozenset[str]
) -> list[Conflict]:
    """The diagnostics that set records against each other."""
    of_row = defaultdict(list)
    for record in records:
        of_row[record.origin.path, record.origin.index].append(record.request)

    def requests(diagnostic: Diagnostic) -> set[bytes]:
        places = [place for side in diagnostic.sides for place in side.members]
        return {
            key_of(request)
            for place in places
            for request in of_row[place.path, place.index]
            if request.startswith(place.asked)
        }

    return [
        Conflict(
            one.fingerprint,
            one.rule,
            frozenset(one.contents),
            one.rule in searching and len(requests(one)) > 1,
        )
        for one in diagnostics
        if len(one.sides) > 1
    ]


def scanned(path: str, profile: Profile, searching: frozenset[str]) -> tuple[float, list[Conflict]]:
    """Seconds that a scan takes, and its conflicts."""
    start = time.perf_counter()
    trace = Linter(Config(profile=profile, cache=False)).trace_paths([path])
    return time.perf_counter() - start, conflicts_of(trace.report.diagnostics, trace.records, searching)


def main() -> None:
    """Scans each file with all profiles and prints what is lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    files = parser.parse_args().files
    searching = frozenset(rule.id for rule in load_rules().values() if rule.kind in SEARCHING)
    print(machine())
    for path in files:
        print(
            f"\n{path}\n{'profile':<10}{'seconds':>9}  {'conflicts':<12}{'thorough':>10}{'found':>8}{'recall':>8}"
            f"{'in part':>8}{'else':>6}"
        )
        thorough: list[Conflict] | None = None
        for profile in reversed(PROFILES):
            seconds, found = scanned(path, profile, searching)
            thorough = found if thorough is None else thorough
            print(f"{profile:<10}{seconds:9.1f}  {'all':<12}{kept(thorough, found)}")
            by_search = kept([one for one in thorough if one.searched], [one for one in found if one.searched])
            print(f"{'':19}  {'by search':<12}{by_search}", flush=True)


if __name__ == "__main__":
    main()
