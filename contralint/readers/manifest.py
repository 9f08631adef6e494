"""What LLaMA-Factory's `dataset_info.json` says of the data files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

MANIFEST = "dataset_info.json"


def described(path: str) -> Mapping[str, Any] | None:
    """The entry of a file in the manifest beside it; None where there is none, or the manifest is another tool's.

    Of several entries about one file, the first counts.
    """
    manifest = Path(path).parent / MANIFEST
    try:
        entries = orjson.loads(manifest.read_bytes()) if manifest.is_file() else None
    except (OSError, ValueError):
        return None
    listed = entries.values() if isinstance(entries, dict) else ()
    name = Path(path).name
    return next((entry for entry in listed if isinstance(entry, dict) and entry.get("file_name") == name), None)
