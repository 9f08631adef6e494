"""The whole of an adoption, known before anything is written."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contralint import git
from contralint.adoption import configuration, dataset, hook, workflow
from contralint.adoption.dataset import Dataset
from contralint.adoption.edit import Edit
from contralint.adoption.source import Source
from contralint.errors import UsageError


@dataclass(frozen=True)
class Wishes:
    """What a user asks for.

    Attributes:
        paths: The dataset, from the working directory; found where nothing is named.
        without: Parts to leave out: "configuration", "hook", "workflow".
        source: Where the hook and the workflow get contralint from.
    """

    source: Source
    paths: Sequence[str] = ()
    without: Collection[str] = ()


@dataclass(frozen=True)
class Plan:
    """What is to be done.

    Attributes:
        root: The folder that names of files start from.
        in_git: Whether it is the top of a git repository.
        dataset: What is to be checked; None where an old configuration says that.
        edits: What becomes of each file, in order.
    """

    root: Path
    in_git: bool
    dataset: Dataset | None
    edits: tuple[Edit, ...]

    def write(self) -> None:
        """Does all of it.

        Raises:
            UsageError: A file cannot be written.
        """
        for edit in self.edits:
            edit.write(self.root)


def planned(wishes: Wishes) -> Plan:
    """Looks at the repository that holds the working directory, or at that directory where there is none.

    Raises:
        UsageError: No dataset is found, or a file is not what its name says.
    """
    repository = _repository()
    root = repository.root if repository else Path.cwd()
    data = None
    if "configuration" not in wishes.without and not configuration.configured(root):
        data = dataset.given(root, wishes.paths) if wishes.paths else dataset.found(root, _names(root, repository))
        if not data.paths:
            raise UsageError(_nothing_found(data))
    return Plan(root, repository is not None, data, tuple(_edits(root, data, wishes)))


def _edits(root: Path, data: Dataset | None, wishes: Wishes) -> Iterator[Edit]:
    if "configuration" not in wishes.without:
        yield from configuration.edits(root, data or Dataset((), 0))
    if "hook" not in wishes.without:
        yield hook.edit(root, wishes.source)
    if "workflow" not in wishes.without:
        yield workflow.edit(root, wishes.source)


def _repository() -> git.Repository | None:
    try:
        return git.Repository.here()
    except UsageError:
        return None


def _names(root: Path, repository: git.Repository | None) -> Iterator[str]:
    if repository:
        yield from repository.listed()
        return
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        yield from ((Path(folder) / name).relative_to(root).as_posix() for name in names)


def _nothing_found(data: Dataset) -> str:
    if not data.unknown:
        return "no dataset found here: name its files or folders, as in `contralint init data/`"
    more = f" and {len(data.unknown) - 1} more" if len(data.unknown) > 1 else ""
    return (
        f"no dataset found: rows of {data.unknown[0]}{more} fit no known shape; name the files, as in "
        "`contralint init data/`, and their columns by `map` in the configuration"
    )
