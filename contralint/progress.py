"""How long work tells how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Something that follows a scan: stage after stage, each counted up to its total."""

    def stage(self, name: str, total: int | None) -> None:
        """Begins a stage; a total of None is not known beforehand."""

    def advance(self, count: int) -> None:
        """Counts work done in the present stage."""


class NoProgress:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int | None) -> None:
        """Does nothing."""

    def advance(self, count: int) -> None:
        """Does nothing."""
