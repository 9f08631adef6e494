"""What a scan of changes needs of the linter that asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from contralint.config import Config
from contralint.intake import Intake
from contralint.kinds.dataset import Dataset
from contralint.models.suite import Models
from contralint.records import Record
from contralint.rulebook import Rule


class Pipeline(Protocol):
    """What a linter brings to a scan of its data."""

    @property
    def config(self) -> Config: ...

    @property
    def rules(self) -> Mapping[str, Rule]: ...

    @property
    def models(self) -> Models: ...

    @property
    def running(self) -> list[Rule]:
        """The rules that are run, of which `rules` are reported."""
        ...

    def intake(self) -> Intake:
        """Takes in rows."""
        ...

    def dataset(self, records: Iterable[Record]) -> Dataset:
        """Records as the rules look at them."""
        ...
