"""Where rule files lie: those that ship, those of rule packs, and those of users' own folders."""

from __future__ import annotations

from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from contralint.errors import UsageError

_SUFFIXES = (".yaml", ".yml")
_PACKS = "contralint.rules"


def rules_folder() -> Path:
    """Folder of the rules that ship: inside the package once built, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def rule_packs() -> list[Path]:
    """Folders of the rule packs that are installed: packages that the entry point group "contralint.rules" names.

    Nothing of a pack is run: its folder is looked up, and its YAML files are read.

    Raises:
        UsageError: An entry point names no package.
    """
    folders = []
    for point in sorted(entry_points(group=_PACKS), key=lambda point: (point.name, point.value)):
        spec = find_spec(point.value)
        if spec is None or not spec.submodule_search_locations:
            raise UsageError(f"rule pack '{point.name}': {point.value} is no package with rule files")
        folders += [Path(location) for location in spec.submodule_search_locations]
    return folders


def rule_paths(path: Path) -> list[Path]:
    """The rule files that a path means: itself, or the `*.yaml` of a folder, but not its subfolders'.

    Raises:
        UsageError: There is none.
    """
    if not path.exists():
        raise UsageError(f"{path}: no such rule file or folder")
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES and file.is_file())
    if not files:
        raise UsageError(f"{path}: no rule file (*.yaml) in this folder")
    return files
