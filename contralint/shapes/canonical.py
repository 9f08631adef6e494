"""JSON values as strings in one form, so that equal values are equal strings.

Arrow pads the keys of unlike objects with nulls, and the same value comes as an object here, as a JSON string there:
keys without value are dropped, the others sorted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping


def canonical(value: object) -> str:
    """JSON without null keys and blanks, keys sorted."""
    return json.dumps(_without_nulls(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def decode(value: object) -> object:
    """The value of a JSON string; anything else, and a string that is no JSON, as it is."""
    if not isinstance(value, str):
        return value
    try:
        decoded: object = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return decoded


def _without_nulls(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _without_nulls(held) for key, held in value.items() if held is not None}
    return [_without_nulls(held) for held in value] if isinstance(value, (list, tuple)) else value
