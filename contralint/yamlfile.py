"""A YAML file that knows on which line each of its keys stands, so that errors can say so.

Such files come with datasets of others. They hold plain data alone, and no more than they show: what they may nest, and
what their aliases may stand for, is limited before any of it is built.
"""

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
_DEEPEST = 100
_LARGEST = 1_000_000  # values, those of aliases counted wherever they stand
_SURELY_SHALLOW = 1000  # levels that do no harm
_INDENTATION = re.compile("^[ ?-]+", re.MULTILINE)
_SHOWN = 40  # characters of a value that an error quotes
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_SafeLoader):  # type: ignore[misc] # one of two loaders, as PyYAML was built
    """Reads scalars as JSON does: YAML 1.1 makes `No` false, `12:30` 750 and `2024-05-01` a date."""

    # Fresh tables: the parent's are shared.
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML's own way)
    yaml_constructors: dict[str | None, Any] = {}  # noqa: RUF012 (as above)

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Merges no keys: merged merges grow without bound."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ANN401 (any YAML value)
        """Refuses a value that its tag, or Python, cannot read, where it stands."""
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, KeyError):
            told = f"'{str(node.value)[:_SHOWN]}' cannot be read as {node.tag.rpartition(':')[2]}"
            raise yaml.constructor.ConstructorError(None, None, told, node.start_mark) from None

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


for _tag in (None, *(f"tag:yaml.org,2002:{_kind}" for _kind in ("null", "bool", "int", "float", "str", "seq", "map"))):
    _PlainLoader.add_constructor(_tag, yaml.SafeLoader.yaml_constructors[_tag])
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
        text = path.read_text(encoding="utf-8")
        if _may_be_large(text):
            _check_size(text)
        loader = _PlainLoader(text)
        root = loader.get_single_node()
        return YamlFile(path, loader.construct_document(root) if root else None, root)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"{path}:{line}: {error.problem}") from None
    except RecursionError:
        raise UsageError(f"{path}: nested too deeply") from None
    except yaml.YAMLError as error:
        raise UsageError(f"{path}: no YAML: {str(error).splitlines()[0]}") from None


def _may_be_large(text: str) -> bool:
    """Whether a document may be nested deeply, or have aliases: a look that costs nothing, where parsing is slow."""
    deepest = text.count("[") + text.count("{") + max(map(len, _INDENTATION.findall(text)), default=0)
    return "&" in text or deepest > _SURELY_SHALLOW


def _check_size(text: str) -> None:
    """Follows the document without building it, for which libraries call themselves at each level, down to a crash.

    Raises:
        yaml.MarkedYAMLError: It is nested too deeply, stands for too much, or holds itself.
    """
    sizes: dict[str, int] = {}  # of what is anchored and complete
    open_ones = [_Node(None)]
    for event in yaml.parse(text, Loader=_PlainLoader):
        node = open_ones[-1]
        if isinstance(event, yaml.CollectionStartEvent):
            open_ones.append(_Node(event.anchor))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = open_ones.pop()
            open_ones[-1].size += done.size
            sizes |= {done.anchor: done.size} if done.anchor else {}
        elif isinstance(event, yaml.AliasEvent):
            held = any(one.anchor == event.anchor for one in open_ones)  # by itself
            node.size += _LARGEST + 1 if held else sizes.get(event.anchor or "", 1)
        elif isinstance(event, yaml.ScalarEvent):
            node.size += 1
            sizes |= {event.anchor: 1} if event.anchor else {}
        if len(open_ones) > _DEEPEST or open_ones[-1].size > _LARGEST:
            reason = "nested too deeply" if len(open_ones) > _DEEPEST else f"stands for more than {_LARGEST:,} values"
            mark: Any = event.start_mark  # of one of two kinds, as PyYAML was built
            raise yaml.MarkedYAMLError(problem=reason, problem_mark=mark)


@dataclass
class _Node:
    """A list or mapping that is being followed, and the values in it so far, itself counted."""

    anchor: str | None
    size: int = 1
