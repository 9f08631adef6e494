"""IDs and names of rules for completion: read off their files, since a shell does not wait for YAML."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from contralint.configfile import load_config
from contralint.errors import UsageError
from contralint.rulefiles import rule_packs, rule_paths, rules_folder

_ID_OR_NAME = re.compile(r"(?P<key>id|name):\s*[\"']?(?P<word>[\w-]+)")


@dataclass(frozen=True, order=True)
class Named:
    """A rule's ID and its name."""

    id: str
    name: str


def complete_rules(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What a word of rules may become: an ID or a name, or the last of several with commas between."""
    before, comma, beginning = incomplete.rpartition(",")
    rules = named_rules(_folders(context))
    words = {**{rule.id: rule.name for rule in rules}, **{rule.name: rule.id for rule in rules}}
    return [
        CompletionItem(before + comma + word, help=told) for word, told in words.items() if word.startswith(beginning)
    ]


def named_rules(folders: Iterable[Path]) -> list[Named]:
    """The rules in files and folders, sorted by ID; what is no rule file is passed over."""
    return sorted(rule for folder in folders for rule in _rules_of(folder))


def _rules_of(folder: Path) -> Iterator[Named]:
    with contextlib.suppress(UsageError, OSError, UnicodeDecodeError):
        for path in rule_paths(folder):
            found: dict[str, str] = {}
            with path.open(encoding="utf-8") as file:
                for line in file:
                    if match := _ID_OR_NAME.match(line):
                        found[match["key"]] = match["word"]
                    if len(found) == 2:
                        yield Named(found["id"], found["name"])
                        break


def _folders(context: click.Context) -> list[Path]:
    """Where the rules of this command line lie: those that ship, of packs, of the configuration, of `--rules`."""
    folders = [rules_folder()]
    with contextlib.suppress(UsageError):
        folders += rule_packs()
    with contextlib.suppress(UsageError):
        config = load_config(context.params.get("config"), isolated=bool(context.params.get("isolated")))
        folders += [Path(name) for name in config.rules]
    return [*folders, *(Path(name) for name in context.params.get("rules") or ())]
