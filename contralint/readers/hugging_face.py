"""The `datasets` library, loaded on use since it is an extra: rows of its datasets, one by one, none kept."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from contralint.errors import MissingExtraError, UsageError
from contralint.readers.features import conversion
from contralint.readers.hosted import PREFIX, Hosted, is_held_out
from contralint.readers.row import Row, Unreadable
from contralint.spelling import did_you_mean

if TYPE_CHECKING:
    from contralint.readers.source import Source

_HUB_NAME = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)?", re.ASCII)
_SAVED = ("state.json", "dataset_dict.json")  # what the library writes into a folder that it saves a dataset to
_LONGEST = 300  # characters of what the library says of an error


class Stream(Protocol):
    """What is used of the library's streaming datasets."""

    features: Any

    def __iter__(self) -> Iterator[dict[str, Any]]: ...

    def decode(self, enable: bool, /) -> Stream: ...


def splits_of(hosted: Hosted) -> list[str]:
    """The splits that are meant, in the library's order: the one that is said, else all but the held-out ones.

    Raises:
        UsageError: The dataset cannot be opened, has no such split, or has none but held-out ones.
    """
    known = list(_streams(hosted))
    if hosted.split:
        if hosted.split not in known:
            hint = did_you_mean(hosted.split, known) or f"; it has {', '.join(known)}"
            raise UsageError(f"{hosted}: no such split{hint}")
        return [hosted.split]
    if trained := [split for split in known if not is_held_out(split)]:
        return trained
    choice = ", ".join(f"{hosted}@{split}" for split in known)
    raise UsageError(f"{hosted}: all its splits are held out for testing or validation; say which: {choice}")


def held_out_of(hosted: Hosted) -> list[str]:
    """The splits that are not meant, for want of being said.

    Raises:
        UsageError: The dataset cannot be opened.
    """
    return [] if hosted.split else [split for split in _streams(hosted) if is_held_out(split)]


def read_hosted(source: Source) -> Iterator[Row | Unreadable]:
    """Rows of one split; classes by their names, media as they are stored.

    Raises:
        UsageError: It cannot be opened, or the hub cannot be reached any more: half a dataset is none.
    """
    hosted = Hosted.parse(source.path)
    (split,) = splits_of(hosted)
    stream = _streams(hosted)[split]
    index = 0
    try:
        with _quiet():
            stream = stream.decode(False) if stream.features else stream
            convert = conversion(stream.features.to_dict()) if stream.features else None
            for data in stream:
                yield Row(source.path, index, index + 1, convert(data) if convert else data, None)
                index += 1
    except ValueError as error:  # what cannot be parsed, or does not fit the columns
        reason = f"the dataset cannot be read from here on: {_told(error)}"
        yield Unreadable(source.path, index, index + 1, 1, reason, "")
    except Exception as error:
        raise UsageError(f"{hosted}: reading ends after {index} rows: {_told(error)}") from error


def _streams(hosted: Hosted) -> Mapping[str, Stream]:
    """All splits of a dataset, by name."""
    dataset = dataclasses.replace(hosted, split=None)
    path = Path(hosted.name)
    if path.is_file() or any((path / mark).exists() for mark in _SAVED):
        raise UsageError(f"{hosted}: is a file, or a dataset saved to disk: leave out '{PREFIX}'")
    if path.is_dir():
        return _opened(dataset, os.path.join(".", hosted.name))  # noqa: PTH118 - pathlib drops the dot
    if not _HUB_NAME.fullmatch(hosted.name):
        raise UsageError(f"{hosted}: no such folder, and no name of a dataset")
    return _from_hub(dataset)


@cache
def _from_hub(dataset: Hosted) -> Mapping[str, Stream]:
    """Asked for once, so that all readings of a process are of the same revision."""
    return _opened(dataset, dataset.name)


def _opened(dataset: Hosted, location: str) -> Mapping[str, Stream]:
    try:
        import datasets
        from datasets.packaged_modules import _PACKAGED_DATASETS_MODULES as FORMATS
    except ImportError as error:
        raise MissingExtraError(f"reading {dataset}", "hf") from error
    if location in FORMATS:  # the library would look for such files in the working directory
        raise UsageError(f"{dataset}: is the name of a format, not of a dataset")
    try:
        with _quiet():
            return cast("Mapping[str, Stream]", datasets.load_dataset(location, dataset.config, streaming=True))
    except ConnectionError as error:
        raise UsageError(f"{dataset}: the hub cannot be reached, is this machine offline? {_told(error)}") from error
    except Exception as error:  # the library has no error of its own for most of what can go wrong
        raise UsageError(f"{dataset}: cannot be opened: {_told(error)}") from error


def _told(error: Exception) -> str:
    """What an error of the library says, on one line and without its advice on Python."""
    told = " ".join(str(error).partition("Example of usage")[0].split())
    told = told if len(told) <= _LONGEST else f"{told[:_LONGEST]}..."
    return told or type(error).__name__


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the library's bars and warnings to itself: what goes wrong is told in one error."""
    from datasets.utils import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

    loggers = {logger: logger.level for logger in map(logging.getLogger, ("datasets", "huggingface_hub"))}
    shown = not are_progress_bars_disabled()
    try:
        disable_progress_bars()
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        yield
    finally:
        for logger, level in loggers.items():
            logger.setLevel(level)
        if shown:
            enable_progress_bars()
