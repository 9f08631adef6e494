"""Settings of a user's own model that name code, or a place outside of its folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from contralint.errors import UsageError

Settings = TypeVar("Settings")
_MODULES = "modules.json"
_OWN, _TORCH = "sentence_transformers.", "torch.nn."
# Names of classes that the library imports and calls while it loads a module.
_CALLED = ("activation_function", "activation_fn", "sbert_ce_default_activation_function", "tokenizer_class")


def check_harmless(source: Path) -> None:
    """Looks whether a folder's settings can run code, or load what was not looked at.

    Raises:
        UsageError: They can, or cannot be read.
    """
    for path in sorted(source.rglob("*.json")):
        if path.name == _MODULES:
            _check_modules(path)
        elif path.name.endswith("config.json"):
            for name in _named(_read(path, object)):
                if not name.startswith((_OWN, _TORCH)):
                    raise UsageError(f"{path}: names code of its own, '{name}', which is not run")


class _Module(msgspec.Struct):
    type: str
    path: str = ""


def _check_modules(path: Path) -> None:
    """Each module is of the library, and lies in the folder of the model."""
    home = os.path.realpath(path.parent)
    for module in _read(path, list[_Module]):
        if not module.type.startswith(_OWN):
            raise UsageError(f"{path}: names code of its own, '{module.type}', which is not run")
        if not Path(os.path.realpath(path.parent / module.path)).is_relative_to(home):
            raise UsageError(f"{path}: leads out of the model's folder, to '{module.path}'")


def _named(settings: object) -> Iterator[str]:
    """The classes that settings have the library import, by dotted names."""
    if not isinstance(settings, dict):
        return
    held = settings.get("sentence_transformers")
    yield from _named(held) if isinstance(held, dict) else ()
    yield from (name for key in _CALLED if isinstance(name := settings.get(key), str) and "." in name)
    types = settings.get("types")
    yield from (str(name) for name in types.values()) if isinstance(types, dict) else ()


def _read(path: Path, kind: type[Settings]) -> Settings:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
        raise UsageError(f"{path}: cannot be read") from None
