"""Which files of a repository are its dataset: told by what their first rows hold."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from contralint.errors import MissingExtraError, UsageError
from contralint.intake import Intake
from contralint.readers import discover, holds_rows, read

_LOOKED_AT = 5  # rows of a file
_OWN = "contralint."  # what the names of contralint's own files begin with


@dataclass(frozen=True)
class Dataset:
    """What is to be checked.

    Attributes:
        paths: Files and folders, from the top of the repository.
        files: How many files of training data they hold.
        unknown: Files that look like data by their names, but whose rows fit no known shape.
    """

    paths: tuple[str, ...]
    files: int
    unknown: tuple[str, ...] = ()


def found(root: Path, names: Iterable[str]) -> Dataset:
    """The dataset among the files of a repository.

    Args:
        root: The top of the repository.
        names: Its files, from there.
    """
    data = [name for name in sorted(names) if _named_as_data(name)]
    training = [name for name in data if _trains(root / name)]
    unknown = [name for name in data if name not in set(training)]
    mixed = {folder for name in unknown for folder in PurePosixPath(name).parents}
    paths = {_covering(PurePosixPath(name), mixed) for name in training}
    return Dataset(tuple(sorted(paths)), len(training), tuple(unknown))


def given(root: Path, paths: Sequence[str]) -> Dataset:
    """The dataset that a user names, with paths from the working directory.

    Raises:
        UsageError: A path does not exist, holds no data, or lies outside the repository.
    """
    files = discover(paths)
    names = [os.path.relpath(path, root).replace(os.sep, "/") for path in paths]
    for path, name in zip(paths, names, strict=True):
        if name == ".." or name.startswith("../"):
            raise UsageError(f"{path}: lies outside {root}")
    return Dataset(tuple(names), len(files))


def _named_as_data(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return holds_rows(name) and not any(part.startswith(".") for part in parts) and not parts[-1].startswith(_OWN)


def _trains(path: Path) -> bool:
    """Whether one of the first rows is a training example."""
    intake = Intake()
    try:
        intake.take(islice(read(str(path)), _LOOKED_AT))
    except MissingExtraError:
        return True  # its name says so, and a scan tells what to install
    except UsageError:
        return False
    return bool(intake.records)


def _covering(file: PurePosixPath, mixed: set[PurePosixPath]) -> str:
    """The topmost folder of a file that holds nothing but training data, else the file."""
    folders = list(file.parents)[-2::-1]
    return str(next((folder for folder in folders if folder not in mixed), file))
