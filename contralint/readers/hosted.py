"""Datasets that the `datasets` library opens: `hf:NAME[:CONFIG][@SPLIT]`. Each split is read as if it were a file."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass

from contralint.errors import UsageError

PREFIX = "hf:"
_FORM = re.compile(r"hf:(?P<name>.+?)(?::(?P<config>[^<>:/\\|?*@]+))?(?:@(?P<split>\w+(?:\.\w+)*))?")
_HELD_OUT = frozenset({"test", "testing", "validation", "valid", "val", "dev", "eval", "evaluation"})


@dataclass(frozen=True)
class Hosted:
    """What a path means.

    Attributes:
        name: A dataset of the hub, or a folder.
        config: Which of its configurations; None where it has one.
        split: Which of its splits; None for all that are trained on.
    """

    name: str
    config: str | None = None
    split: str | None = None

    @classmethod
    def parse(cls, path: str) -> Hosted:
        """Takes a path apart.

        Raises:
            UsageError: It is not of the form.
        """
        match = _FORM.fullmatch(path)
        if not match:
            raise UsageError(f"'{path}' is not of the form hf:NAME[:CONFIG][@SPLIT]")
        return cls(os.path.expanduser(match["name"]), match["config"], match["split"])  # noqa: PTH111 - keeps "./"

    def __str__(self) -> str:
        config = f":{self.config}" if self.config else ""
        return f"{PREFIX}{self.name}{config}" + (f"@{self.split}" if self.split else "")


def is_hosted(path: str) -> bool:
    """Whether a path is one for the `datasets` library."""
    return path.startswith(PREFIX)


def is_held_out(split: str) -> bool:
    """Whether the name of a split says that it is for testing or validation: "test", "validation", "test_sft"."""
    return not _HELD_OUT.isdisjoint(re.split(r"[._]", split.lower()))


def with_splits(paths: Sequence[str], splits: Sequence[str]) -> list[str]:
    """Paths with the splits said for those that could have one and say none.

    Raises:
        UsageError: There are splits to say, and no such path.
    """
    if not splits:
        return list(paths)
    open_ones = [path for path in paths if is_hosted(path) and Hosted.parse(path).split is None]
    if not open_ones:
        raise UsageError(f"--split {splits[0]}: no PATH has splits to choose from; only hf:NAME has")
    return [
        str(dataclasses.replace(Hosted.parse(path), split=split)) if path in open_ones else path
        for path in paths
        for split in (splits if path in open_ones else splits[:1])
    ]
