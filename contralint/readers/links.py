"""What a folder may hold besides plain files: links as far as the folder's own reach, and nothing that never ends.

Folders come from others. A link in one to a file of this machine would have a report quote that file, and a pipe or a
device in it would be read for ever. Whoever names such a path means it; a search that meets one stops.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from contralint.errors import UsageError


def check_found(file: str, root: str) -> None:
    """Looks whether a search may read what it found.

    Args:
        file: A file or folder that was found.
        root: The folder that was searched.

    Raises:
        UsageError: It leads out of the folder, or is no plain file.
    """
    real = Path(os.path.realpath(file))
    if not any(real.is_relative_to(bound) for bound in _bounds(Path(os.path.realpath(root)), Path.cwd())):
        raise UsageError(f"{file}: is a link out of {root}, to {real}: name that as a PATH of its own, or take it away")
    if real.exists() and not real.is_file() and not real.is_dir():
        raise UsageError(f"{file}: is a pipe or a device: name it as a PATH of its own, or take it away")


@lru_cache
def _bounds(root: Path, here: Path) -> tuple[Path, ...]:
    """The folders that links may lead to: what was searched, the working directory around it, and its store.

    Snapshots of the Hugging Face cache are folders of links to the `blobs` of the same repository.
    """
    stores = [part.parent / "blobs" for part in (root, *root.parents) if part.name == "snapshots"]
    return (root, *([here] if root.is_relative_to(here) else []), *stores)
