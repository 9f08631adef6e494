"""What `contralint config` prints: one setting, or all of them, as the JSON Schema of configurations has them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contralint.errors import UsageError
from contralint.spelling import did_you_mean

SCHEMA = Path(__file__).parent.parent / "schema" / "config.schema.json"
_WIDTH = 100  # columns of a description


@dataclass(frozen=True)
class Setting:
    """A setting as a configuration file may say it.

    Attributes:
        key: Its key; that of a table's, with the table: "llm.timeout".
        values: What it may be, such as "list of text" or "whole number from 1".
        default: What it is otherwise, as TOML writes it; empty where it is then not set.
    """

    key: str
    values: str
    default: str
    description: str


def settings(schema: Mapping[str, Any]) -> list[Setting]:
    """All settings of a JSON Schema, in order."""
    return list(_settings(schema, schema["$defs"], ""))


def text_page(found: Sequence[Setting], word: str) -> str:
    """One setting.

    Raises:
        UsageError: There is no such setting.
    """
    setting = next((each for each in found if each.key == word), None)
    if setting is None:
        raise UsageError(f"unknown setting '{word}'{did_you_mean(word, [each.key for each in found])}")
    description = textwrap.fill(setting.description, _WIDTH)
    return f"{setting.key}\n\n{description}\n\nValues: {setting.values}\nDefault: {setting.default or 'not set'}\n"


def text_list(found: Sequence[Setting]) -> str:
    """A line a setting, in columns."""
    keys = max(len(each.key) for each in found)
    defaults = max(len(each.default) for each in found)
    return "".join(f"{each.key:<{keys}}  {each.default:<{defaults}}  {each.description}\n" for each in found)


def markdown_list(found: Sequence[Setting]) -> str:
    """The settings as a table of Markdown."""
    rows = [f"| `{each.key}` | {each.values} | {_code(each.default)} | {each.description} |" for each in found]
    return "\n".join(["| key | values | default | |", "|---|---|---|---|", *rows]) + "\n"


def _settings(part: Mapping[str, Any], kinds: Mapping[str, Any], prefix: str) -> Iterator[Setting]:
    for name, each in _resolved(part, kinds)["properties"].items():
        found = _resolved(each, kinds)
        if "properties" in found:
            yield from _settings(found, kinds, f"{prefix}{name}.")
        else:
            yield Setting(prefix + name, _values(found, kinds), _toml(found), found["description"])


def _resolved(part: Mapping[str, Any], kinds: Mapping[str, Any]) -> Mapping[str, Any]:
    return kinds[part["$ref"].rpartition("/")[2]] if "$ref" in part else part


def _values(part: Mapping[str, Any], kinds: Mapping[str, Any]) -> str:
    found = _resolved(part, kinds)
    if "enum" in found:
        return ", ".join(f'"{word}"' for word in found["enum"])
    if "anyOf" in found:
        return " or ".join(_values(each, kinds) for each in found["anyOf"])
    if found.get("type") == "array":
        return f"list of {_values(found['items'], kinds)}"
    if "properties" in found:
        return f"table with {', '.join(found['properties'])}"
    if found.get("type") == "object":
        inner = found.get("additionalProperties")
        return f"table of {_values(inner, kinds)}" if isinstance(inner, dict) else "table"
    names = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
    return f"{names.get(found.get('type', ''), 'anything')}{_bounds(found)}"


def _bounds(part: Mapping[str, Any]) -> str:
    words = {"exclusiveMinimum": " above", "minimum": " from", "maximum": " to"}
    return "".join(f"{word} {part[key]}" for key, word in words.items() if key in part)


def _toml(part: Mapping[str, Any]) -> str:
    import orjson

    return orjson.dumps(part["default"]).decode() if "default" in part else ""


def _code(text: str) -> str:
    return f"`{text}`" if text else "not set"
