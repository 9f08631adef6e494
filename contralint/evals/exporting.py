"""From a dataset and its decisions to evaluation cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from contralint.config import DECISIONS_FILE, Config
from contralint.decisions import Decisions
from contralint.errors import UsageError
from contralint.evals.case import Case
from contralint.evals.making import Maker
from contralint.evals.prompting import Prompting
from contralint.linter import Linter
from contralint.progress import Progress
from contralint.records import Record
from contralint.resolve.decided import Archive, Decided, LeftOut, decided
from contralint.resolve.rows import short_hash
from contralint.words import normalise


@dataclass(frozen=True)
class Export:
    """Cases, and what became of the decisions that give none.

    Attributes:
        notes: What the reader should know.
    """

    cases: tuple[Case, ...]
    left: tuple[LeftOut, ...]
    notes: tuple[str, ...]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why decisions give no case, with how many they are, most first."""
        return Counter(one.reason for one in self.left).most_common()


def export(config: Config, paths: Sequence[str], most: int, progress: Progress | None = None) -> Export:
    """Scans the data and makes a case of each decision that can be put to the test.

    Args:
        config: Whose decisions; those of the default file where it names none.
        paths: The data, before the decisions are carried out or after.
        most: Prompts of a case.
        progress: Is told what is done.

    Raises:
        UsageError: There are no decisions, or as `Linter.trace_paths`.
    """
    path = Path(config.decisions or DECISIONS_FILE)
    if not path.is_file():
        raise UsageError(f"{path}: no such decisions file: decide conflicts first, by contralint review")
    decisions = Decisions.read(path)
    everything = msgspec.structs.replace(config, decisions=None, baseline=None, min_confidence=0.0)
    linter = Linter(everything, progress=progress)
    trace = linter.trace_paths(paths)
    archive = Archive(trace.records, (record.origin.path for record in trace.records), linter.intake)
    found, left = decided(decisions, trace.report.diagnostics, archive)
    prompting = Prompting(linter.models, _apart(trace.records), _taught(trace.records, found), most)
    made = Maker(linter.rules, linter.models, prompting).make(found, left)
    notes = (*linter.models.take_notes(), *_notes(archive, made.unreadable))
    return Export(made.cases, made.left, notes)


def _apart(records: Sequence[Record]) -> list[Record]:
    """Records that train no answer, or belong to the evaluation split."""
    return [one for one in records if one.request and (one.origin.split == "evaluation" or not one.teaches)]


def _taught(records: Sequence[Record], found: Sequence[Decided]) -> frozenset[str]:
    """Requests that stay in the training data, normalised."""
    gone = {short_hash(record) for one in found for part in one.dropped for record in part.records}
    staying = [one for one in records if one.origin.split == "training" and one.teaches and short_hash(one) not in gone]
    written = [record for one in found for part in one.kept for record in part.records]
    return frozenset(normalise(record.request) for record in (*staying, *written))


def _notes(archive: Archive, unreadable: int) -> Iterator[str]:
    if archive.unreadable:
        yield f"{archive.unreadable} lines of dropped rows hold no record"
    if unreadable:
        noun = "prompt is" if unreadable == 1 else "prompts are"
        yield f"{unreadable} {noun} left out: what the record's own answer does could not be told"
