"""The entry of pre-commit: put after the last one of its configuration, with all else left as it stands."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import yaml

from contralint.adoption.edit import Edit, content, joined
from contralint.adoption.source import Repository, Source
from contralint.errors import UsageError

NAME = ".pre-commit-config.yaml"
_ABOUT = "checks the rows of a commit or merge against the whole dataset"
# A merge that git makes by itself runs no hook of the first kind.
_TYPES = "default_install_hook_types: [pre-commit, pre-merge-commit]\n"
# What `.pre-commit-hooks.yaml` says of the hook, for a contralint that is installed already.
_LOCAL = r"""
- repo: local
  hooks:
    - id: contralint
      name: contralint
      entry: contralint hook
      args: ["--"]
      language: system
      files: (?i)\.(jsonl|ndjson|json|csv|tsv|parquet|arrow)(\.(gz|bz2|xz|zst))?$
      exclude: (^|/)contralint\.(baseline|decisions)\.jsonl$
      require_serial: true
"""


def edit(root: Path, source: Source) -> Edit:
    """What becomes of pre-commit's configuration.

    Raises:
        UsageError: It cannot be read, or is none.
    """
    old, entry = content(root, NAME), _entry(source)
    if old is None or not old.strip():
        return Edit(NAME, _ABOUT, old, joined(old or "", f"{_TYPES}repos:\n{textwrap.indent(entry, '  ')}"))
    repositories = _repositories(old)
    if any(str(hook.get("id", "")).startswith("contralint") for entry in repositories for hook in _hooks(entry)):
        return Edit(NAME, "has a hook of contralint already")
    new = _added(old, entry)
    if new is None or _repositories(new) != [*repositories, *yaml.safe_load(entry)]:
        return Edit(NAME, f"cannot be added to without writing it anew; add this to its `repos`:\n{entry}")
    return Edit(NAME, _ABOUT, old, new)


def _entry(source: Source) -> str:
    if isinstance(source, Repository):
        return f"- repo: {source.url}\n  rev: {_scalar(source.revision)}\n  hooks:\n    - id: contralint\n"
    return _LOCAL.lstrip("\n")


def _scalar(text: str) -> str:
    """A text as YAML, where it would be a number without quotation marks."""
    return text if yaml.safe_load(text) == text else json.dumps(text)


def _repositories(text: str) -> list[Any]:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UsageError(f"{NAME}: not valid YAML: {error}") from None
    if not isinstance(data, dict):
        raise UsageError(f"{NAME}: is no configuration of pre-commit: it holds no keys")
    repositories = data.get("repos") or []
    if not isinstance(repositories, list):
        raise UsageError(f"{NAME}: is no configuration of pre-commit: its `repos` are no list")
    return repositories


def _hooks(entry: Any) -> list[dict[str, Any]]:  # noqa: ANN401 (whatever a file holds)
    hooks = entry.get("hooks") if isinstance(entry, dict) else None
    return [hook for hook in hooks if isinstance(hook, dict)] if isinstance(hooks, list) else []


def _added(text: str, entry: str) -> str | None:
    """The text with an entry after the last one of `repos`; None where they are written in brackets."""
    lines = text.splitlines(keepends=True)
    ends = "\r\n" if "\r\n" in text else "\n"
    listed = _value(yaml.compose(text, Loader=yaml.SafeLoader), "repos")
    if listed is None:
        return joined(text, f"repos:\n{textwrap.indent(entry, '  ')}")
    if not isinstance(listed, yaml.SequenceNode) or listed.flow_style:
        return None
    after = _end(listed)
    if not lines[after - 1].endswith("\n"):
        lines[after - 1] += ends
    indented = textwrap.indent(entry, " " * listed.start_mark.column)
    return "".join([*lines[:after], indented.replace("\n", ends), *lines[after:]])


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    assert isinstance(node, yaml.MappingNode)
    return next((value for name, value in node.value if name.value == key), None)


def _end(node: yaml.Node) -> int:
    """How many lines of the text there are up to the end of a node, not of the comments after it."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    return int(node.end_mark.line) + (node.end_mark.column > 0)
