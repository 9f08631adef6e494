"""Which conflicts are to be listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from contralint.review.conflict import Conflict

STATES = ("undecided", "decided")


@dataclass(frozen=True)
class Filter:
    """What a conflict must have to be listed; "" asks for nothing.

    Attributes:
        state: One of STATES.
    """

    rule: str = ""
    severity: str = ""
    file: str = ""
    source: str = ""
    state: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filter:
        """The filter that a query of an address names; what it names besides is left to others."""
        return cls(**{field.name: query.get(field.name, "") for field in fields(cls)})

    @property
    def query(self) -> str:
        """The filter as a query of an address, "?" included; "" where it asks for nothing."""
        given = {name: value for name, value in vars(self).items() if value}
        return f"?{urlencode(given)}" if given else ""

    def lists(self, conflict: Conflict, *, decided: bool) -> bool:
        """Whether a conflict is to be listed."""
        return (
            self.rule in ("", conflict.found.rule)
            and self.severity in ("", conflict.found.severity.value)
            and (not self.file or self.file in conflict.files)
            and (not self.source or self.source in conflict.sources)
            and (not self.state or (self.state == "decided") == decided)
        )
