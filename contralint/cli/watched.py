"""The files that a scan depends on, and whether they changed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contralint.cli.settings import configured, named_paths
from contralint.configfile import config_candidates
from contralint.errors import UsageError
from contralint.readers import discover, is_hosted, state_of
from contralint.readers.manifest import MANIFEST
from contralint.readers.state import State
from contralint.rulefiles import rule_paths

if TYPE_CHECKING:
    from contralint.config import Config

Stamps = Mapping[str, State]
"""Path of each file that is there, to what changes when it is written or replaced."""


class Watched:
    """The files that a scan depends on: data, manifests, configuration, rules, baseline, decisions.

    Reports and caches of our own are left out: they change with every scan.
    """

    def __init__(self, options: Mapping[str, Any], config: Config) -> None:
        self._options = options
        self._config = config
        self._configuration: Stamps | None = None

    def stamps(self) -> Stamps:
        """How things stand with all the files, as the configuration now names them."""
        options = self._options
        candidates = config_candidates(options["config"], isolated=options["isolated"])
        configuration = _stamps({path.as_posix() for path in candidates})
        # Read when it changed, not at every look: msgspec swallows an interrupt that reaches it between two types.
        if configuration != self._configuration:
            self._configuration = configuration
            with contextlib.suppress(UsageError):  # broken for the time being: what it named before still counts
                self._config = configured(options)
        own = [Path(name) for name in (*options["files_out"], self._config.cache_dir) if name]
        data = {path.as_posix() for path in _read_by(self._config, named_paths(self._config, options))}
        here = Path.cwd()
        return {
            _shown(path, here): stamp
            for path, stamp in sorted({**configuration, **_stamps(data)}.items())
            if not any(_within(path, each) for each in own)
        }


def _read_by(config: Config, paths: Sequence[str]) -> Iterator[Path]:
    for path in (*paths, *config.against, *config.usage):
        if is_hosted(path):
            continue
        with contextlib.suppress(UsageError):  # nothing there yet
            files = [Path(file) for file in discover([path])]
            yield from files
            yield from {file.parent / MANIFEST for file in files}
    for path in config.rules:
        with contextlib.suppress(UsageError):
            yield from rule_paths(Path(path))
    yield from map(Path, filter(None, (config.baseline, config.decisions)))


def _stamps(paths: Iterable[str]) -> Stamps:
    return {path: state for path in paths if (state := state_of(path))}


def _within(path: str, folder: Path) -> bool:
    return Path(os.path.abspath(path)).is_relative_to(os.path.abspath(folder))  # noqa: PTH100 (follows no symlinks)


def _shown(path: str, here: Path) -> str:
    return Path(path).relative_to(here).as_posix() if Path(path).is_relative_to(here) else path
