"""The rules there are: those that ship, and those of users' own folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from contralint.config import Config
from contralint.errors import UsageError
from contralint.ignore import as_ignore
from contralint.rule import Documentation, Example, Examples, Rule
from contralint.selection import matching, named, select, with_levels
from contralint.spelling import did_you_mean
from contralint.yamlfile import YamlFile, read_yaml

__all__ = [
    "Documentation",
    "Example",
    "Examples",
    "Rule",
    "RuleFile",
    "configured",
    "load_rules",
    "read_rule_files",
    "rules_folder",
    "select",
]

_SUFFIXES = (".yaml", ".yml")
_PACKS = "contralint.rules"


@dataclass(frozen=True)
class RuleFile:
    """A rule and the file that holds it."""

    rule: Rule
    source: YamlFile


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


def read_rule_files(paths: Iterable[Path]) -> list[RuleFile]:
    """Reads rules from files, and from folders (their own `*.yaml`, not their subfolders'), sorted by ID.

    Raises:
        UsageError: A file is missing, or breaks the form of a rule, or an ID or name stands twice.
    """
    files = {file.resolve(): file for path in paths for file in _rule_paths(path)}
    read = [RuleFile(source.convert(Rule), source) for source in map(read_yaml, files.values())]
    _refuse_twins(read, "id")
    _refuse_twins(read, "name")
    return sorted(read, key=lambda file: file.rule.id)


def load_rules(extra: Sequence[Path] = ()) -> dict[str, Rule]:
    """Reads the rules that ship, those of installed rule packs, and those of further folders or files.

    Returns:
        ID to rule, sorted.

    Raises:
        UsageError: As `read_rule_files`, or a rule supersedes one that does not exist.
    """
    files = read_rule_files([rules_folder(), *rule_packs(), *extra])
    rules = {file.rule.id: file.rule for file in files}
    for file in files:
        for position, other in enumerate(file.rule.supersedes):
            if other not in rules:
                place = file.source.place("supersedes", position)
                raise UsageError(f"{place}: unknown rule '{other}' (at supersedes){did_you_mean(other, rules)}")
    return rules


def configured(rules: Mapping[str, Rule], config: Config) -> dict[str, Rule]:
    """The rules that a configuration switches on, with the severities and parameters that it gives them.

    Raises:
        UsageError: The configuration names a rule, or a parameter of one, that does not exist.
    """
    ignores = config.per_path_ignores.values()
    for word in (*config.severity, *(word for asked in ignores for word in as_ignore(asked).rules)):
        matching(rules, word)
    changed = {named(rules, word).id: _with_parameters(rules, word, given) for word, given in config.parameters.items()}
    chosen = select({**rules, **changed}, config.select, config.extend_select, config.ignore)
    return with_levels(chosen, config.severity)


def _with_parameters(rules: Mapping[str, Rule], word: str, given: Mapping[str, Any]) -> Rule:
    rule = named(rules, word)
    for key, value in given.items():
        if key not in rule.parameters:
            known = did_you_mean(key, rule.parameters) or f"; known: {', '.join(rule.parameters)}"
            raise UsageError(f"parameters: {rule.id} has no parameter '{key}'{known}")
        if _form(value) != _form(rule.parameters[key]):
            raise UsageError(f"parameters: {rule.id}: '{key}' must be {_form(rule.parameters[key])}, as in its file")
    return msgspec.structs.replace(rule, parameters={**rule.parameters, **given})


def _form(value: object) -> str:
    """What sort of value something is, as far as one may stand for another."""
    for kind, name in ((bool, "true or false"), ((int, float), "a number"), (str, "text"), (list, "a list")):
        if isinstance(value, kind):
            return name
    return "a table"


def _rule_paths(path: Path) -> list[Path]:
    if not path.exists():
        raise UsageError(f"{path}: no such rule file or folder")
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES and file.is_file())
    if not files:
        raise UsageError(f"{path}: no rule file (*.yaml) in this folder")
    return files


def _refuse_twins(files: Iterable[RuleFile], key: str) -> None:
    first: dict[str, RuleFile] = {}
    for file in files:
        value = getattr(file.rule, key)
        if value in first:
            raise UsageError(
                f"{file.source.place(key)}: {key} {value} is taken by {first[value].source.place(key)} (at {key})"
            )
        first[value] = file
