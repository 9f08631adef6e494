"""What the `datasets` library says of its columns: names of classes that are stored as numbers, JSON stored as text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

# Of which one is written depends on the library's version; a list of one is the oldest.
_LISTS = ("List", "LargeList", "Sequence")

Convert = Callable[[Any], Any]


def conversion(features: object) -> Convert | None:
    """How a row is turned into what it means; None where it is that already.

    Args:
        features: A description of the columns, as the library writes it into files and `Features.to_dict` gives it;
            anything else converts nothing.
    """
    try:
        return _struct(features) if isinstance(features, Mapping) else None
    except RecursionError:
        return None


def described_in(metadata: Mapping[bytes, bytes] | None) -> object:
    """The description of the columns in the metadata of an Arrow schema; None where there is none."""
    try:
        return json.loads((metadata or {})[b"huggingface"])["info"]["features"]
    except (LookupError, TypeError, ValueError, RecursionError):
        return None


def _of(feature: object) -> Convert | None:
    if isinstance(feature, list):
        return _each(feature[0]) if len(feature) == 1 else None
    if not isinstance(feature, Mapping):
        return None
    kind = feature.get("_type")
    if not isinstance(kind, str):
        return _struct(feature)
    if kind in _LISTS:
        return _each(feature.get("feature"))
    if kind == "ClassLabel":
        return _named(feature.get("names"))
    return _decoded if kind == "Json" else None


def _struct(fields: Mapping[str, object]) -> Convert | None:
    found = {key: inner for key, field in fields.items() if (inner := _of(field))}

    def convert(value: object) -> object:
        if not isinstance(value, Mapping):
            return value
        return {key: found[key](held) if key in found else held for key, held in value.items()}

    return convert if found else None


def _each(feature: object) -> Convert | None:
    inner = _of(feature)
    if inner is None:
        return None
    # Older versions store a sequence of objects as an object of lists.
    columns = _struct({key: [field] for key, field in feature.items()}) if isinstance(feature, Mapping) else None

    def convert(value: object) -> object:
        if isinstance(value, list):
            return [inner(held) for held in value]
        return columns(value) if columns else value

    return convert


def _named(names: object) -> Convert | None:
    if not isinstance(names, Sequence) or isinstance(names, str):
        return None

    def convert(value: object) -> object:
        if not isinstance(value, int) or not -1 <= value < len(names):
            return value
        return None if value == -1 else names[value]  # -1 is how the library says that there is no label

    return convert


def _decoded(value: object) -> object:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return value
