"""A YAML file that knows on which line each of its keys stands, so that errors can say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from contralint.complaints import Complaint
from contralint.errors import UsageError

Parsed = TypeVar("Parsed")
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_SafeLoader):  # type: ignore[misc] # one of two loaders, as PyYAML was built
    """Reads scalars as JSON does: YAML 1.1 makes `No` false, `12:30` 750 and `2024-05-01` a date."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (a fresh table: the parent's is shared)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuses a key that stands twice, where YAML would let the last one win."""
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key '{name}' stands twice", key.start_mark)
            seen.add(name)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


_NUMBER = r"-?(?:0|[1-9][0-9]*)"
for _tag, _pattern, _first in (
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("bool", r"^(?:true|false)$", ["t", "f"]),
    ("int", rf"^{_NUMBER}$", list("-0123456789")),
    ("float", rf"^{_NUMBER}(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$", list("-0123456789")),
):
    _PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


@dataclass(frozen=True)
class YamlFile:
    """A parsed YAML file: its data, and its tree of nodes with their places."""

    path: Path
    data: Any
    root: yaml.Node | None

    def line(self, *keys: str | int) -> int:
        """Line, from 1, of the key or item that keys and positions lead to, or of the nearest one above it."""
        node, line = self.root, 1
        for key in keys:
            step = _step(node, key)
            if step is None:
                break
            node, line = step.node, step.line
        return line

    def place(self, *keys: str | int) -> str:
        """Path, from the working directory where the file lies in it, and line of a key: as errors print it."""
        here = Path.cwd()
        path = self.path.relative_to(here) if self.path.is_relative_to(here) else self.path
        return f"{path}:{self.line(*keys)}"

    def convert(self, kind: type[Parsed]) -> Parsed:
        """Reads the data as a msgspec type.

        Raises:
            UsageError: It does not fit; the message names the file, the line and the key.
        """
        try:
            return msgspec.convert(self.data, kind)
        except msgspec.ValidationError as error:
            complaint = Complaint.of(error)
            raise UsageError(f"{self.place(*complaint.keys)}: {complaint}") from None


@dataclass(frozen=True)
class _Step:
    node: yaml.Node
    line: int


def _step(node: yaml.Node | None, key: str | int) -> _Step | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return _Step(value, name.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        item = node.value[key]
        return _Step(item, item.start_mark.line + 1)
    return None


def read_yaml(path: Path) -> YamlFile:
    """Reads one YAML document, safely: plain data only.

    Raises:
        UsageError: The file cannot be read or parsed; the message names the file and the line.
    """
    try:
        loader = _PlainLoader(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        return YamlFile(path, loader.construct_document(root) if root else None, root)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"{path}:{line}: {error.problem}") from None
    except yaml.YAMLError as error:
        raise UsageError(f"{path}: no YAML: {str(error).splitlines()[0]}") from None
