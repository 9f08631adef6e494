"""Refusal flips between two sources of answers to the same prompts."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contralint.bench.cases import Case
from contralint.bench.measurement import Measurement, Mistake, Table
from contralint.bench.metrics import Counts
from contralint.bench.scoring import quality
from contralint.bench.tasks.stance import LABELS, REQUESTS, row_of
from contralint.diagnostics import Report
from contralint.linter import Linter
from contralint.progress import Progress

FORM = 'as for stance, and "model" (or --by KEY): the source of the answer, at least two of them'
SOURCES = ("model", "generator", "source")
_RULES = "CL2"  # rules about stances
_REFUSING = ("refuses", "unable")
Pair = tuple[int, int]


@dataclass(frozen=True)
class _Flips:
    """Pairs of answers in the dataset of two sources, by position."""

    cases: Sequence[Case]
    notes: tuple[str, ...]
    there: frozenset[Pair]
    found: frozenset[Pair]

    @property
    def counts(self) -> Counts:
        hits = len(self.there & self.found)
        return Counts(hits, len(self.found) - hits, len(self.there) - hits, 0)


def measure(linter: Linter, cases: Sequence[Case], by: str | None, progress: Progress) -> Measurement:
    """Scans each two sources as one dataset; pairs with a partial or another stance do not count.

    Raises:
        UsageError: There are no two sources.
    """
    keys = (by,) if by else SOURCES
    by_source: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        case.word("label", LABELS)
        by_source[case.group(*keys)].append(case)
    if len(by_source) < 2:
        raise cases[0].error(f"flips need answers of two sources, told apart by '{' or '.join(keys)}'")
    twos = list(itertools.combinations(sorted(by_source), 2))
    progress.stage("scanning pairs of sources", len(twos))
    flips = {}
    for ours, theirs in twos:
        flips[f"{ours}, {theirs}"] = _flips(linter, [*by_source[ours], *by_source[theirs]])
        progress.advance(1)
    total = sum((one.counts for one in flips.values()), Counts(0, 0, 0, 0))
    rows = tuple((name, len(one.there), len(one.found), *quality(one.counts).values()) for name, one in flips.items())
    return Measurement(
        "flips",
        files=tuple(dict.fromkeys(case.path for case in cases)),
        figures={
            "pairs": total.hits + total.misses,
            "reported": total.hits + total.false_alarms,
            **quality(total),
        },
        tables=(Table("sources", "by sources", ("sources", "pairs", "reported", "precision", "recall", "f1"), rows),),
        mistakes=tuple(mistake for one in flips.values() for mistake in _mistakes(one)),
        notes=tuple(note for one in flips.values() for note in one.notes),
    )


def _flips(linter: Linter, cases: Sequence[Case]) -> _Flips:
    report = linter.lint_rows([row_of(case) for case in cases])
    found = _opposed(report)
    by_prompt: dict[str, list[int]] = defaultdict(list)
    for position, case in enumerate(cases):
        by_prompt[case.text(*REQUESTS)].append(position)
    there, undecided = set(), set()
    for pair in itertools.chain.from_iterable(itertools.combinations(same, 2) for same in by_prompt.values()):
        labels = {"refuses" if label in _REFUSING else label for label in (_label(cases[at]) for at in pair)}
        if labels == {"refuses", "complies"}:
            there.add(pair)
        elif len(labels) == 2:
            undecided.add(pair)
    return _Flips(cases, report.summary.notes, frozenset(there), frozenset(found - undecided))


def _label(case: Case) -> str:
    return case.word("label", LABELS)


def _opposed(report: Report) -> set[Pair]:
    """Positions that stand on different sides of a diagnostic."""
    found = set()
    for diagnostic in report.diagnostics:
        if diagnostic.rule.startswith(_RULES):
            sides = [[member.index for member in side.members] for side in diagnostic.sides]
            for ours, theirs in itertools.combinations(sides, 2):
                found |= {(min(pair), max(pair)) for pair in itertools.product(ours, theirs)}
    return found


def _mistakes(flips: _Flips) -> Iterator[Mistake]:
    for first, second in sorted(flips.there ^ flips.found):
        case, other = flips.cases[first], flips.cases[second]
        words = ("flip", "nothing reported") if (first, second) in flips.there else ("no flip", "reported")
        yield Mistake(case, f"and {other.path}:{other.line}: {case.name(case.text(*REQUESTS))}", *words)
