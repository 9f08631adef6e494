"""What `contralint scan --show-settings` prints: every setting and whence it comes, the files, the rules."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from contralint.cli.outputs import STDOUT, Output
from contralint.cli.settings import named_paths, settings_of
from contralint.config import Config
from contralint.configfile import setting_places
from contralint.escape import json_text, visible
from contralint.readers import discover, discover_splits
from contralint.rulebook import configured, load_rules

_NAMES = {"paths": "PATH", "cache": "--no-cache"}  # of options that are not called as their setting is
_ADDED = ("extend-select", "ignore", "map", "rules")  # settings that options add to
_FILES = 10  # files that are named of each split
_VALUE = 44  # characters of a line before its origin; longer ones push it to the right


@dataclass(frozen=True)
class Setting:
    """A setting as it stands.

    Attributes:
        key: As a configuration file writes it.
        origin: "default", file and line, the option, or file and option where both add to it.
    """

    key: str
    value: object
    origin: str

    def __str__(self) -> str:
        shown = "none" if self.value is None else json_text(self.value)
        return f"{f'{self.key} = {shown}':<{_VALUE}}  # {visible(self.origin)}"


def settings_page(config: Config, outputs: Sequence[Output], options: Mapping[str, Any]) -> Iterator[str]:
    """Lines of the page.

    Raises:
        UsageError: A file or a rule that a setting names does not exist.
    """
    for setting in settings(config, options):
        yield str(setting)
    for output in outputs:
        place = "standard output" if output.path == STDOUT else visible(output.path)
        yield f"report: {output.format} to {place}"
    yield from _files(config, options)
    rules = configured(load_rules([Path(name) for name in config.rules]), config)
    yield f"\nrules: {len(rules)}"
    for rule in rules.values():
        yield f"  {rule.id} {rule.name} ({rule.severity.value})"


def settings(config: Config, options: Mapping[str, Any]) -> list[Setting]:
    """Every setting, in the order of the configuration's keys."""
    if options["paths"]:
        config = msgspec.structs.replace(config, paths=[*options["paths"]])
    origins = _Origins.of(options)
    return [Setting(key, value, origins.of_key(key, value)) for key, value in _values(config)]


def _values(settings: msgspec.Struct, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for field in msgspec.structs.fields(settings):
        value = getattr(settings, field.name)
        if isinstance(value, msgspec.Struct):
            yield from _values(value, f"{field.encode_name}.")
        else:
            yield prefix + field.encode_name, msgspec.to_builtins(value)


@dataclass(frozen=True)
class _Origins:
    """What each setting can come from.

    Attributes:
        places: Key to file and line, of what the configuration file says.
        given: Key to value, of what the command line says.
    """

    places: Mapping[str, str]
    given: Mapping[str, Any]

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> _Origins:
        places = setting_places(options["config"], isolated=options["isolated"])
        said = {**settings_of(options), "paths": options["paths"]}
        given = {name.replace("_", "-"): value for name, value in said.items() if value not in (None, [], (), {})}
        return cls({key: _seen(place) for key, place in places.items()}, given)

    def of_key(self, key: str, value: object) -> str:
        place = self.places.get(key)
        if key in self.given:
            option = _NAMES.get(key, f"--{key}")
            added = place and key in _ADDED and value != msgspec.to_builtins(self.given[key])
            return f"{place}, {option}" if added else option
        if key == "ignore" and place and "select" in self.given:
            return f"--select, over {place}"
        if key == "decisions" and value and not place:
            return "found beside the configuration, or here"
        return place or "default"


def _files(config: Config, options: Mapping[str, Any]) -> Iterator[str]:
    name, paths = options["stdin_filename"], named_paths(config, options)
    if not paths:
        yield "\nfiles: none; give a PATH, or set `paths` in the configuration"
        return
    splits = discover_splits(paths, config.against, config.usage)
    listed = {
        "files": splits.training,
        "files of the evaluation split": splits.evaluation,
        "files of the usage log": discover(config.usage),
    }
    for title, files in listed.items():
        if files:
            yield f"\n{title}: {len(files)}"
            yield from (f"  {visible(name if name and file == '<stdin>' else file)}" for file in files[:_FILES])
            if len(files) > _FILES:
                yield f"  ... and {len(files) - _FILES} more"


def _seen(place: str) -> str:
    """File and line as seen from the working directory."""
    path, colon, line = place.rpartition(":")
    return Path(os.path.relpath(path)).as_posix() + colon + line if colon and line.isdigit() else place
