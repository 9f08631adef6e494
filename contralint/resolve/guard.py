"""What is not to be changed, and why."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from contralint.errors import UsageError
from contralint.git import Repository
from contralint.readers import STDIN, is_kept
from contralint.readers.formats import ARROW, PARQUET, format_of
from contralint.readers.source import open_source

_REMOTE = re.compile(r"[a-z][a-z0-9+.-]+:(?!\\)")
_IGNORED = "!!"  # as `git status` says it
_WILD = re.compile(r"[*?\[]")


def check_given(paths: Sequence[str]) -> None:
    """Looks whether what is to be fixed are files at all.

    Raises:
        UsageError: Something is not.
    """
    for path in paths:
        if path in ("-", STDIN) or is_kept(path):
            raise UsageError("standard input cannot be fixed: write it to a file first")
        if _REMOTE.match(path) and not Path(path).exists():
            raise UsageError(f"{path} cannot be fixed: only files on this machine can")


@dataclass(frozen=True)
class Guard:
    """Tells which of the scanned files may be changed.

    Attributes:
        given: Paths that the user gave.
        evaluation: Files of the evaluation split.
    """

    given: Sequence[str]
    evaluation: Collection[str] = frozenset()

    def refusal(self, path: str) -> str | None:
        """Why a file must not be changed; None where it may be."""
        if path in self.evaluation:
            return "it belongs to the evaluation split, which is never changed"
        file = Path(path)
        if not file.is_file() or is_kept(path):
            return "it is no file"
        if not os.access(file, os.W_OK):
            return "it may not be written"
        if not any(_lies_within(file, root) for root in self._roots):
            return f"it is a link to {file.resolve().name}, outside of what was given"
        if (file.parent / "state.json").is_file() and file.suffix == ".arrow":
            return "`datasets` saved it, whose caches would not notice a change: fix what it was made from"
        return None if _can_be_written(path) else "its format is read, and not written"

    @cached_property
    def _roots(self) -> tuple[str, ...]:
        return tuple(sorted({os.path.realpath(_root(path)) for path in self.given}))


def _can_be_written(path: str) -> bool:
    """Whether the rows of a file are known as text, or pyarrow writes its format."""
    form = format_of(open_source(path))
    return form.raws is not None or form in (PARQUET, ARROW)


def _root(path: str) -> Path:
    """The folder that a path means, or that its files lie in."""
    if Path(path).is_dir():
        return Path(path)
    if Path(path).exists():
        return Path(path).parent
    literal = _WILD.split(path, maxsplit=1)[0]
    return Path(literal) if literal.endswith(("/", os.sep)) else Path(literal).parent


def _lies_within(file: Path, root: str) -> bool:
    return Path(os.path.realpath(file)).is_relative_to(root)


@dataclass(frozen=True)
class Standing:
    """How git stands to some files.

    Attributes:
        dirty: Those that are not as they were committed, or never were.
        unversioned: Those of which git is to know nothing, or that are in no repository.
    """

    dirty: tuple[str, ...]
    unversioned: tuple[str, ...]

    @classmethod
    def of(cls, paths: Iterable[str]) -> Standing:
        """Asks git of files, which may lie in several repositories."""
        by_root: dict[Path | None, list[str]] = defaultdict(list)
        for path in sorted(paths):
            repository = Repository.holding(path)
            by_root[repository.root if repository else None].append(path)
        unversioned, dirty = by_root.pop(None, []), list[str]()
        for root, inside in by_root.items():
            states = _states(Repository(root or Path()), inside)
            unversioned += [path for path in inside if states.get(path) == _IGNORED]
            dirty += [path for path in inside if states.get(path, _IGNORED) != _IGNORED]
        return cls(tuple(sorted(dirty)), tuple(sorted(unversioned)))


def _states(repository: Repository, paths: Sequence[str]) -> dict[str, str]:
    """The state of each file that is not as it was committed."""
    names = {path: repository.name(path) or path for path in paths}
    status = repository.status([*names.values()])
    return {path: status[name] for path, name in names.items() if name in status}
