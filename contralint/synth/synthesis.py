"""From a dataset to boundary examples: conflicts are found, pairs proposed, made into rows, and sifted."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from contralint.config import DECISIONS_FILE, Config
from contralint.decision import Decision
from contralint.decisions import Decisions
from contralint.errors import UsageError
from contralint.linter import Linter
from contralint.progress import Progress
from contralint.readers import Row, discover, read
from contralint.records import Record
from contralint.resolve import sidecar
from contralint.resolve.decided import Archive, decided
from contralint.resolve.rows import Rows, short_hash
from contralint.synth.author import Author
from contralint.synth.conflict import Conflict, LeftOut, decided_conflicts, named_conflict
from contralint.synth.example import KEY, Example, Writer
from contralint.synth.offline import Proposer
from contralint.synth.sifting import Sieve
from contralint.trace import Trace

_SPARE = 2  # times as many pairs as are wanted are made, since some will contradict the data


@dataclass(frozen=True)
class Wish:
    """What is wanted.

    Attributes:
        pairs: Minimal pairs for each conflict.
        fingerprint: The conflict that is meant; None for all that are decided to hold under conditions.
        conditions: For that conflict: the conditions, by the labels of its sides.
        model: Name of the language model to ask; None asks none.
        output: Where the examples go: no part of the data, even if it stands among it.
    """

    pairs: int
    output: Path
    fingerprint: str | None = None
    conditions: Mapping[str, str] = field(default_factory=dict)
    model: str | None = None


@dataclass(frozen=True)
class Synthesis:
    """Boundary examples.

    Attributes:
        pairs: In order of their conflicts; of a pair, only those halves that the data does not have already.
        dropped: Why proposals were dropped, with how many examples.
        left: Conflicts that give no example.
        notes: What the reader should know.
    """

    pairs: tuple[tuple[Example, ...], ...]
    dropped: Mapping[str, int]
    left: tuple[LeftOut, ...]
    notes: tuple[str, ...]

    @property
    def examples(self) -> list[Example]:
        """All examples in order."""
        return [example for pair in self.pairs for example in pair]

    def lines(self) -> bytes:
        """The rows as JSON Lines."""
        return "".join(sidecar.line(example.data) for example in self.examples).encode()


def synthesise(config: Config, paths: Sequence[str], wish: Wish, progress: Progress | None = None) -> Synthesis:
    """Scans the data and makes examples.

    Raises:
        UsageError: As `Linter.trace_paths`; there is no such conflict, or none that holds under conditions; or the
            language model will answer nothing.
        MissingExtraError: What the language model needs is not installed.
    """
    files = [path for path in discover(paths) if os.path.realpath(path) != os.path.realpath(wish.output)]
    if not files:
        raise UsageError(f"{wish.output}: is all the data that there is: name another file with --output")
    _check_replaceable(wish.output)
    linter = Linter(
        msgspec.structs.replace(config, decisions=None, baseline=None, min_confidence=0.0), progress=progress
    )
    trace = linter.trace_paths(files)
    archive = Archive(trace.records, (), linter.intake)
    conflicts, left = _conflicts(config, trace, linter, archive, wish)
    author = Author.of(wish.model, config) if wish.model else None
    members = [record for one in conflicts for side in one.sides for record in side.records]
    rows = Rows.at(((one.origin.path, one.origin.index) for one in members), linter.intake)
    sieve = Sieve(linter, _with_conditions(trace.records, conflicts), Writer(rows, config.map, wish.model))
    proposed: list[tuple[Example, ...]] = []
    for conflict in conflicts:
        proposed += _written(conflict, sieve, author, wish.pairs)
    pairs = _first(sieve.agreeing(proposed), wish.pairs)
    given = {pair[0].conflict for pair in pairs}
    left += [
        LeftOut(
            one.rule.id, one.fingerprint, "nothing that could be made of its records is fit to teach the difference"
        )
        for one in conflicts
        if one.fingerprint not in given
    ]
    notes = (*linter.models.take_notes(), *(author.take_notes() if author else ()))
    return Synthesis(pairs, dict(sieve.dropped.most_common()), tuple(left), notes)


def _check_replaceable(path: Path) -> None:
    """Refuses to write over rows that were not written here.

    Raises:
        UsageError: The file holds such rows, or cannot be read.
    """
    for row in read(str(path)) if path.is_file() else ():
        told = row.data.get(KEY) if isinstance(row, Row) and isinstance(row.data, Mapping) else None
        if not (isinstance(told, Mapping) and told.get("synthetic")):
            raise UsageError(f"{path}: holds other rows than synthetic ones: name another file with --output")


def _written(conflict: Conflict, sieve: Sieve, author: Author | None, most: int) -> list[tuple[Example, ...]]:
    """Pairs of one conflict as rows, those of a language model first."""
    usable = {side.label: list(filter(sieve.writer.can_use, side.records)) for side in conflict.sides}
    asked = author.pairs(conflict, usable, _SPARE * most) if author else []
    offline = Proposer(sieve.linter.models, usable).pairs(conflict)
    return sieve.written(conflict, itertools.chain(asked, offline), _SPARE * most)


def _first(pairs: Sequence[tuple[Example, ...]], most: int) -> tuple[tuple[Example, ...], ...]:
    """So many pairs of each conflict."""
    counted: Counter[str] = Counter()
    kept = []
    for pair in pairs:
        counted[pair[0].conflict] += 1
        if counted[pair[0].conflict] <= most:
            kept.append(pair)
    return tuple(kept)


def _with_conditions(records: Sequence[Record], conflicts: Sequence[Conflict]) -> list[Record]:
    """The dataset as it is once all conditions stand in the system prompts of their records."""
    sided = {
        short_hash(record): (conflict, side)
        for conflict in conflicts
        for side in conflict.sides
        for record in side.records
    }
    made = []
    for record in records:
        conflict, side = sided.get(short_hash(record), (None, None))
        made.append(conflict.under(record, side) if conflict and side else record)
    return made


def _conflicts(
    config: Config, trace: Trace, linter: Linter, archive: Archive, wish: Wish
) -> tuple[list[Conflict], list[LeftOut]]:
    if wish.fingerprint:
        return [named_conflict(trace.report, wish.fingerprint, wish.conditions, linter.rules, archive)], []
    path = Path(config.decisions or DECISIONS_FILE)
    decisions = Decisions.read(path) if path.is_file() else Decisions(())
    found, reopened = decided(decisions, trace.report.diagnostics, archive)
    told = list(decided_conflicts(found, linter.rules))
    left = [LeftOut(one.decision.rule, one.decision.fingerprint, one.reason) for one in reopened if _both(one.decision)]
    left += [one for one in told if isinstance(one, LeftOut)]
    conflicts = [one for one in told if isinstance(one, Conflict)]
    if not conflicts and not left:
        raise UsageError(
            "no conflict is decided to hold under conditions: "
            "decide one so (keep-both), or name it with --fingerprint and --condition"
        )
    return conflicts, left


def _both(decision: Decision) -> bool:
    """Whether a decision keeps both sides, each under its condition."""
    return decision.decision == "keep-both" and any(side.condition for side in decision.sides)
