"""How much of a user's data a scan read: what it did not read may be the reason for what it did not find."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from contralint.errors import UsageError
from contralint.readers import discover, held_out, shown

_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Scope:
    """What was read, and what might have been.

    Attributes:
        files: Files that were read, as they are shown.
        given: Paths that the scan was asked for.
        configured: The `paths` of the configuration.
    """

    files: Sequence[str]
    given: Sequence[str] = ()
    configured: Sequence[str] = ()

    @cached_property
    def partial(self) -> bool:
        """Whether the configuration names data that was not read; where it names none, all was."""
        try:
            return not set(self.files).issuperset(discover(self.configured))
        except UsageError:
            return True

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What the reader should know: splits that were left out since they are held out, and nobody said them."""
        left = {path: [file for file in held_out(path) if file not in self.files] for path in self.given}
        return tuple(f"held out, so not scanned unless said: {', '.join(files)}" for files in left.values() if files)

    def covers(self, glob: str) -> bool:
        """Whether every file was read that a glob could mean."""
        if self.configured:
            return not self.partial
        literal = _WILD.split(glob, maxsplit=1)[0]
        if literal == glob in self.files:
            return True
        folder = posixpath.dirname(posixpath.normpath(literal + "x")) or "."
        return any(read == "." or f"{folder}/".startswith(f"{read}/") for read in self._folders)

    @cached_property
    def _folders(self) -> tuple[str, ...]:
        return tuple(shown(path) for path in self.given if Path(path).is_dir())
