"""The rules there are: those that ship, and those of users' own folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from contralint.cache import Kept, digest
from contralint.config import Config
from contralint.errors import UsageError
from contralint.ignore import as_ignore
from contralint.rule import Documentation, Example, Examples, Rule
from contralint.rulefiles import rule_packs, rule_paths, rules_folder
from contralint.selection import matching, named, select, with_levels
from contralint.spelling import did_you_mean
from contralint.version import __version__
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


@dataclass(frozen=True)
class RuleFile:
    """A rule and the file that holds it."""

    rule: Rule
    source: YamlFile


def read_rule_files(paths: Iterable[Path]) -> list[RuleFile]:
    """Reads rules from files, and from folders (their own `*.yaml`, not their subfolders'), sorted by ID.

    Raises:
        UsageError: A file is missing, or breaks the form of a rule, or an ID or name stands twice.
    """
    files = {file.resolve(): file for path in paths for file in rule_paths(path)}
    read = [RuleFile(source.convert(Rule), source) for source in map(read_yaml, files.values())]
    _refuse_twins(read, "id")
    _refuse_twins(read, "name")
    return sorted(read, key=lambda file: file.rule.id)


def load_rules(extra: Sequence[Path] = (), store: Kept | None = None) -> dict[str, Rule]:
    """Reads the rules that ship, those of installed rule packs, and those of further folders or files.

    Args:
        extra: Further folders or files.
        store: Keeps the rules by the content of their files: YAML is slow to read.

    Returns:
        ID to rule, sorted.

    Raises:
        UsageError: As `read_rule_files`, or a rule supersedes one that does not exist.
    """
    folders = [rules_folder(), *rule_packs(), *extra]
    if store is None:
        return _read_rules(folders)
    try:
        key = digest(__version__, *(path.read_bytes() for folder in folders for path in rule_paths(folder)))
        return {rule.id: rule for rule in msgspec.msgpack.decode(store.get("rules", [key])[key], type=list[Rule])}
    except (OSError, KeyError, msgspec.DecodeError):  # not kept, or kept by another version of this code
        rules = _read_rules(folders)
    store.put("rules", {key: msgspec.msgpack.encode(list(rules.values()))})
    return rules


def _read_rules(folders: Sequence[Path]) -> dict[str, Rule]:
    files = read_rule_files(folders)
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


def _refuse_twins(files: Iterable[RuleFile], key: str) -> None:
    first: dict[str, RuleFile] = {}
    for file in files:
        value = getattr(file.rule, key)
        if value in first:
            raise UsageError(
                f"{file.source.place(key)}: {key} {value} is taken by {first[value].source.place(key)} (at {key})"
            )
        first[value] = file
