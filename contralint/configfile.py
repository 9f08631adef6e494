"""Configuration files: `contralint.toml`, or `[tool.contralint]` in `pyproject.toml`."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from contralint.config import DECISIONS_FILE, Config, LlmSettings, RaySettings, SettingError
from contralint.errors import UsageError
from contralint.ignore import Ignore
from contralint.spelling import did_you_mean

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_OWN_FILE = "contralint.toml"
_SHARED_FILE = "pyproject.toml"
_NESTED: Mapping[str, type[LlmSettings | RaySettings]] = {"llm": LlmSettings, "ray": RaySettings}


def load_config(path: Path | None = None, *, isolated: bool = False, start: Path | None = None) -> Config:
    """Reads the configuration, and where it names no decisions, looks for them beside it and in `start`.

    Args:
        path: The file to read; None takes the nearest one from `start` upwards.
        isolated: Whether to read no file at all.
        start: Folder to start from; None is the working directory. Paths in the result are relative to it.

    Raises:
        UsageError: The file cannot be read, or says what it may not; the message names file, line and key.
    """
    start = start or Path.cwd()
    table = _find_table(path, isolated, start)
    config = table.config(start) if table else Config()
    if config.decisions or isolated:
        return config
    return msgspec.structs.replace(
        config, decisions=_decisions([*([table.path.parent] if table else []), start], start)
    )


def setting_places(path: Path | None = None, *, isolated: bool = False) -> dict[str, str]:
    """File and line of each setting that the configuration file says, by its key; of a table's also "llm.timeout".

    Raises:
        UsageError: As `load_config`.
    """
    table = _find_table(path, isolated, Path.cwd())
    return table.places() if table else {}


def config_candidates(path: Path | None = None, *, isolated: bool = False) -> list[Path]:
    """The files that the configuration comes from, or would come from if they were there."""
    if isolated:
        return []
    return [path] if path else list(_candidates(Path.cwd()))


@dataclass(frozen=True)
class _Table:
    """The part of a TOML file that is contralint's."""

    path: Path
    text: str
    data: dict[str, Any]

    def config(self, start: Path) -> Config:
        settings = _rebased(self.data, self.path.parent, start)
        try:
            arguments = self._arguments(Config, settings)
            for key, kind in _NESTED.items():
                if isinstance(settings.get(key), dict):
                    arguments[key] = kind(**self._arguments(kind, settings[key]))
            self._check_ignores()
            return Config(**arguments)
        except SettingError as error:
            raise UsageError(f"{self._place(error.key.rpartition('.')[2])}: {error}") from None

    def places(self) -> dict[str, str]:
        """File and line of each key, those of the tables `llm` and `ray` too."""
        tables = {name: self.data[name] for name in _NESTED if isinstance(self.data.get(name), dict)}
        inner = {f"{name}.{key}": self._place(key) for name, table in tables.items() for key in table}
        return {**{key: self._place(key) for key in self.data}, **inner}

    def _check_ignores(self) -> None:
        ignores = self.data.get("per-path-ignores")
        for glob, asked in ignores.items() if isinstance(ignores, dict) else ():
            if isinstance(asked, dict):
                self._arguments(Ignore, asked, glob)

    def _arguments(self, kind: type[msgspec.Struct], table: Mapping[str, Any], above: str = "") -> dict[str, Any]:
        """The settings of a table under their names in Python, with unknown ones refused; `above` is its own key."""
        known = [field.encode_name for field in msgspec.structs.fields(kind)]
        for key in table:
            if key not in known:
                hint = did_you_mean(key, known) or f"; known: {', '.join(known)}"
                raise UsageError(f"{self._place(key, above)}: unknown key '{key}'{hint}")
        return {key.replace("-", "_"): value for key, value in table.items()}

    def _place(self, *keys: str) -> str:
        """Path and the line of the first key that can be found, if one can: TOML parsers keep no places."""
        here = Path.cwd()
        path = self.path.relative_to(here) if self.path.is_relative_to(here) else self.path
        lines = filter(None, map(self._line, keys))
        return next((f"{path}:{line}" for line in lines), str(path))

    def _line(self, key: str) -> int | None:
        if not key:
            return None
        word = rf"[\"']?{re.escape(key)}[\"']?"
        section = self.text.find("[tool.contralint") if self.path.name == _SHARED_FILE else 0
        found = re.compile(rf"^[ \t]*(?:{word}[ \t]*[=.]|\[[^\]\n]*\b{word}[ \t]*\])", re.MULTILINE).search(
            self.text, max(section, 0)
        )
        return self.text.count("\n", 0, found.start()) + 1 if found else None


def _decisions(folders: Iterable[Path], start: Path) -> str | None:
    files = (folder / DECISIONS_FILE for folder in folders)
    return next((Path(os.path.relpath(file, start)).as_posix() for file in files if file.is_file()), None)


def _find_table(path: Path | None, isolated: bool, start: Path) -> _Table | None:
    if isolated:
        return None
    return _read_table(path) if path else _nearest_table(start)


def _nearest_table(start: Path) -> _Table | None:
    for path in _candidates(start):
        if path.is_file() and (table := _read_table(path, optional=path.name == _SHARED_FILE)):
            return table
    return None


def _candidates(start: Path) -> Iterator[Path]:
    """Files that may hold a configuration, the nearest one first."""
    for folder in (start.absolute(), *start.absolute().parents):
        yield from (folder / _OWN_FILE, folder / _SHARED_FILE)


def _read_table(path: Path, *, optional: bool = False) -> _Table | None:
    """The table of a file; None where it has none and need not have one."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from None
    except ValueError as error:  # also of a number with more digits than Python reads
        raise UsageError(f"{path}: not valid TOML: {error}") from None
    except RecursionError:
        raise UsageError(f"{path}: nested too deeply") from None
    if path.name != _SHARED_FILE:
        return _Table(path, text, data)
    tools = data.get("tool")
    own = tools.get("contralint") if isinstance(tools, dict) else None
    if isinstance(own, dict):
        return _Table(path, text, own)
    if optional:
        return None
    raise UsageError(f"{path}: has no [tool.contralint] table")


def _rebased(data: Mapping[str, Any], home: Path, start: Path) -> dict[str, Any]:
    """The same settings with paths, which the file means from its own folder, seen from `start`."""

    def seen(path: Any) -> Any:  # noqa: ANN401 (not checked yet)
        if not isinstance(path, str) or path == "-" or path.startswith("*"):
            return path
        if path.startswith("hf:"):  # of what follows, only "./" and "../" say that it is a folder
            return f"hf:./{seen(path[3:])}" if path.startswith(("hf:./", "hf:../")) else path
        return Path(os.path.relpath(home / path, start)).as_posix()

    moved = dict(data)
    for key in ("paths", "against", "usage", "rules"):
        if isinstance(moved.get(key), list):
            moved[key] = [seen(path) for path in moved[key]]
    for key in ("baseline", "decisions", "cache-dir"):
        if key in moved:
            moved[key] = seen(moved[key])
    if isinstance(moved.get("per-path-ignores"), dict):
        moved["per-path-ignores"] = {seen(glob): words for glob, words in moved["per-path-ignores"].items()}
    return moved
