"""Which rows of a dataset a change touches: `--diff`."""

from __future__ import annotations

import dataclasses
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from contralint.diagnostics import Diagnostic, Location, Report, Side
from contralint.errors import UsageError
from contralint.git import Repository
from contralint.readers import content_digest, digests, holds_rows, is_hosted, is_kept, read_some

_Rows = dict[str, set[int]]


@dataclass(frozen=True)
class Changes:
    """Rows that a revision does not have.

    Attributes:
        revision: What was compared with, as the user wrote it.
        rows: For each file that has such rows, their indices.
    """

    revision: str
    rows: Mapping[str, frozenset[int]]

    @classmethod
    def since(cls, revision: str, files: Sequence[str], within: Sequence[str] | None = None) -> Changes:
        """Compares rows by their content: one that only moved, or was written otherwise, is no change.

        Hosted datasets, of which git knows nothing, have no changed rows.

        Args:
            revision: Any name of a commit that git takes; "main..." compares with where the two parted.
            files: The files of the dataset, as `discover` gives them.
            within: Files, of those, whose rows count; None for all.

        Raises:
            UsageError: There is no git, no repository, or no such revision.
        """
        repository = Repository.here()
        tree = repository.tree_of(revision)
        names = {file: repository.name(file) for file in files if not is_hosted(file)}
        unsaved = {name for file, name in names.items() if name and is_kept(file)}  # what an editor hands over
        changed, blobs = repository.changed(tree) | unsaved, repository.blobs(tree)
        touched = [file for file, name in names.items() if name not in blobs or name in changed]
        with tempfile.TemporaryDirectory(prefix="contralint-") as folder:
            former = [_restored(repository, tree, name, Path(folder)) for name in sorted(changed & blobs.keys())]
            rows = _added(touched, [file for file in former if file])
        counted = rows.keys() if within is None else rows.keys() & set(within)
        return cls(revision, {file: frozenset(rows[file]) for file in sorted(counted)})

    @property
    def count(self) -> int:
        """How many rows they are."""
        return sum(map(len, self.rows.values()))

    def report(self, report: Report) -> Report:
        """A report with nothing but what the change takes part in."""
        rows = "1 row is" if self.count == 1 else f"{self.count} rows are"
        told = f"{rows} new or changed since {self.revision}: only what they take part in is reported"
        summary = report.summary
        return Report.of(
            self.touching(report.diagnostics),
            files=summary.files,
            records=summary.records,
            unread=summary.unread,
            notes=(*summary.notes, told),
        )

    def touching(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The diagnostics in which a changed row takes part, with that row in front."""
        for found in diagnostics:
            if any(self._has(place) for side in found.sides for place in side.members):
                sides = tuple(self._in_front(side) for side in found.sides)
                yield dataclasses.replace(found, sides=tuple(sorted(sides, key=self._unchanged)))

    def _has(self, place: Location) -> bool:
        return place.index in self.rows.get(place.path, ())

    def _in_front(self, side: Side) -> Side:
        return dataclasses.replace(side, members=tuple(sorted(side.members, key=lambda place: not self._has(place))))

    def _unchanged(self, side: Side) -> bool:
        return not self._has(side.members[0])


def check_history(files: Sequence[str]) -> None:
    """Refuses files of which git cannot tell what changed.

    Raises:
        UsageError: There is one.
    """
    for file in filter(is_hosted, files):
        raise UsageError(f"--diff: git knows nothing of {file}: leave it out, or scan without --diff")


def _restored(repository: Repository, tree: str, name: str, folder: Path) -> str | None:
    """A file as it was, under a name that tells its format; None where it is none of a dataset."""
    if not holds_rows(name):
        return None
    copy = Path(tempfile.mkdtemp(dir=folder)) / Path(name).name
    copy.write_bytes(repository.content(tree, name))
    return str(copy)


def _added(files: Sequence[str], former: Sequence[str]) -> _Rows:
    """Rows of files that the former ones do not have: first told by how they are written, then by what they hold."""
    now = {file: dict(enumerate(digests(file))) for file in files}
    before = {file: dict(enumerate(digests(file))) for file in former}
    fresh, gone = _left_over(now, before), _left_over(before, now)
    return _left_over(_contents(fresh), _contents(gone)) if gone and fresh else fresh


def _left_over(rows: Mapping[str, Mapping[int, bytes]], others: Mapping[str, Mapping[int, bytes]]) -> _Rows:
    """Rows for which the others hold no equal one; of equal rows, the first are taken to be the old ones."""
    there = Counter(digest for digests_of in others.values() for digest in digests_of.values())
    left: _Rows = {}
    for file, digests_of in rows.items():
        for index, digest in digests_of.items():
            if there[digest] > 0:
                there[digest] -= 1
            else:
                left.setdefault(file, set()).add(index)
    return left


def _contents(rows: _Rows) -> dict[str, dict[int, bytes]]:
    return {file: {row.index: content_digest(row) for row in read_some(file, some)} for file, some in rows.items()}
