"""Which files a list of paths means: files, folders, globs, standard input, and splits of hosted datasets."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import orjson

from contralint.errors import UsageError
from contralint.readers.compressed import OPENERS
from contralint.readers.formats import FORMATS, JSON
from contralint.readers.hosted import Hosted, is_hosted
from contralint.readers.hugging_face import held_out_of, splits_of
from contralint.readers.links import check_found
from contralint.readers.source import STDIN, is_kept

DATA = frozenset(FORMATS) | JSON
# JSON files that stand beside data but hold none.
METADATA = frozenset(
    {"contralint.baseline.jsonl", "contralint.decisions.jsonl", "contralint.evals.jsonl"}
    | {"dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json"}
    | {"package.json", "package-lock.json", "tsconfig.json"}
)
_WILD = re.compile(r"[*?\[]")
DROPPED = ".dropped.jsonl"  # what `contralint fix` took out of the file whose name stands before it


def discover(paths: Sequence[str]) -> list[str]:
    """Files to read, sorted, each once.

    Args:
        paths: Files, which are read whatever their name; folders and globs, of which data files are read,
            hidden files and folders apart; "-" for standard input; and hf:NAME for a dataset that the `datasets`
            library opens, each of whose splits counts as a file.

    Returns:
        Paths as they are shown: relative to the working directory where they lie below it, with forward slashes;
        "<stdin>" for standard input.

    Raises:
        UsageError: A path does not exist, cannot be searched or holds no data file.
    """
    found: dict[str, str] = {}
    for path in paths:
        for file in _expand(path):
            name = shown(file)
            key = os.path.realpath(file)
            found[key] = min(name, found.get(key, name))
    return sorted(found.values())


@dataclass(frozen=True)
class Splits:
    """Files to read, by what they are for."""

    training: list[str]
    evaluation: list[str]

    def __len__(self) -> int:
        return len(self.training) + len(self.evaluation)


def discover_splits(paths: Sequence[str], against: Sequence[str], usage: Sequence[str] = ()) -> Splits:
    """Files to train on, and files to evaluate with; one that several lists name is no file to train on.

    Args:
        paths: What holds the data, as of `discover`.
        against: What holds the evaluation split.
        usage: What holds logs of prompts, which are neither.

    Raises:
        UsageError: As `discover`, or no file is left to train on.
    """
    evaluation = discover(against)
    held_apart = {os.path.realpath(file) for file in [*evaluation, *discover(usage)]}
    training = [file for file in discover(paths) if os.path.realpath(file) not in held_apart]
    if paths and not training:
        where = "to the evaluation split (--against)" if not usage else "to the evaluation split or the usage log"
        raise UsageError(f"nothing to scan: all files belong {where}")
    return Splits(training, evaluation)


def held_out(path: str) -> list[str]:
    """Splits of a hosted dataset that a path leaves out: those for testing and validation, unless it says one.

    Raises:
        UsageError: The dataset cannot be opened.
    """
    if not is_hosted(path):
        return []
    meant = Hosted.parse(path)
    return list(_shown_splits(meant, held_out_of(meant)))


def nothing_in(files: Sequence[str]) -> UsageError:
    """The error that no file holds a row."""
    shown = ", ".join(files[:3])
    return UsageError(f"nothing to scan: no rows in {shown}{' ...' if len(files) > 3 else ''}")


def _expand(path: str) -> Iterator[str]:
    if path in ("-", STDIN):
        yield STDIN
        return
    if is_kept(path):
        yield path
        return
    if is_hosted(path):
        yield from _hosted(path)
        return
    try:
        if Path(path).exists() and not Path(path).is_dir():
            yield path
            return
        files = _search(path)
    except OSError as error:
        raise UsageError(f"{error.filename or path}: cannot be searched: {error.strerror}") from error
    if not files:
        raise UsageError(f"{path}: no data files found (looked for {', '.join(sorted(DATA))})")
    yield from files


def _hosted(path: str) -> Iterator[str]:
    """The splits that are meant, as reports show them."""
    meant = Hosted.parse(path)
    return _shown_splits(meant, splits_of(meant))


def _shown_splits(meant: Hosted, splits: Iterable[str]) -> Iterator[str]:
    name = shown(meant.name) if Path(meant.name).is_dir() else meant.name
    return (str(Hosted(name, meant.config, split)) for split in splits)


def _search(path: str) -> list[str]:
    if Path(path).is_dir():
        return list(_walk(path))
    matches = glob.glob(path, recursive=True)  # noqa: PTH207 - takes absolute patterns too
    if not matches:
        raise UsageError(f"{path}: no such file or folder")
    files: list[str] = []
    for match in matches:
        check_found(match, _searched(path))
        files += _walk(match) if Path(match).is_dir() else filter(holds_rows, [match])
    return files


def _searched(pattern: str) -> str:
    """The folder that a glob looks through."""
    literal = _WILD.split(pattern, maxsplit=1)[0]
    return str(Path(f"{literal}*").parent)


def _walk(root: str) -> Iterator[str]:
    seen: set[str] = set()
    for folder, subfolders, names in os.walk(root, onerror=_raise, followlinks=True):
        check_found(folder, root)
        real = os.path.realpath(folder)
        if real in seen:
            subfolders.clear()
            continue
        seen.add(real)
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        arrows = _saved_dataset(Path(folder)) if "state.json" in names else None
        if missing := sorted((arrows or set()) - set(names)):
            raise UsageError(f"{Path(folder) / missing[0]}: missing, though the dataset saved there has it")
        for name in names:
            listed = arrows is None or name in arrows or not name.lower().endswith(".arrow")
            if holds_rows(name) and listed:
                check_found(str(Path(folder) / name), root)
                yield str(Path(folder) / name)


def _raise(error: OSError) -> NoReturn:
    raise error


def holds_rows(path: str) -> bool:
    """Whether a file's name is one that datasets go by."""
    name = Path(path).name.lower()
    if name.startswith(".") or name in METADATA or name.endswith(DROPPED):
        return False
    suffix = Path(name).suffix
    return (Path(Path(name).stem).suffix if suffix in OPENERS and suffix else suffix) in DATA


def _saved_dataset(folder: Path) -> frozenset[str] | None:
    """Arrow files of a Hugging Face dataset saved to a folder; caches of past transformations lie beside them."""
    try:
        check_found(str(folder / "state.json"), str(folder))
        state = orjson.loads((folder / "state.json").read_bytes())
        return frozenset(file["filename"] for file in state["_data_files"])
    except (ValueError, LookupError, TypeError):
        return None


def shown(path: str) -> str:
    """A path as reports show it."""
    if path == STDIN or is_hosted(path):
        return path
    try:
        return Path(os.path.abspath(path)).relative_to(Path.cwd()).as_posix()  # noqa: PTH100 - follows no symlinks
    except ValueError:
        return Path(path).as_posix()
