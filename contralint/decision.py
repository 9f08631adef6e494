"""What was decided about one conflict, as a line of a file says it."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Annotated, Literal

import msgspec

from contralint.diagnostics import Diagnostic
from contralint.escape import visible
from contralint.rule import RuleId, Text

Choice = Literal["keep-side", "keep-both", "drop", "edit", "not-a-conflict"]
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{12,32}$")]
Fingerprint = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")]


class DecidedSide(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One side of a conflict, as it stood when it was decided.

    Attributes:
        records: Hashes of what its records teach, sorted.
        keep: Whether it is the side to keep.
        condition: When it holds, in words that a system prompt may say.
    """

    label: Text
    records: tuple[Hash, ...] = ()
    keep: bool = False
    condition: str = ""


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was decided about one conflict.

    Attributes:
        decision: Keep one side and drop the others, keep all because each has its condition, drop all records, write
            some of them anew, or leave all as they are because nothing is wrong.
        sides: The sides; without them, or without their records, the fingerprint alone tells the conflict.
        edits: For records that are written anew, by their hash: field to new text.
        by: By which means: "review", "fix", "hand", ...
        date: When, as the writer's version control says.
        until: The last day on which it holds; None for always.
        message: What the diagnostic says, for whoever reads the file.
    """

    rule: RuleId
    fingerprint: Fingerprint
    decision: Choice
    sides: tuple[DecidedSide, ...] = ()
    edits: dict[Hash, dict[str, str]] = {}
    reason: str = ""
    by: Text = "hand"
    date: datetime.date | None = None
    until: datetime.date | None = None
    message: str = ""

    def __post_init__(self) -> None:
        kept = [side.keep for side in self.sides]
        if self.decision == "keep-side" and (all(kept) or not any(kept)):
            raise ValueError('"keep-side" needs `sides` of which some, not all, have "keep": true')
        if self.decision != "keep-side" and any(kept):
            raise ValueError(f'"keep": true is for "keep-side", not for "{self.decision}"')
        if self.decision != "keep-both" and any(side.condition for side in self.sides):
            raise ValueError(f'a `condition` is for "keep-both", not for "{self.decision}"')
        if self.decision != "edit" and self.edits:
            raise ValueError(f'`edits` are for "edit", not for "{self.decision}"')
        if strange := sorted(set(self.edits).difference(self.records)):
            raise ValueError(f"`edits` name a record of no side: {strange[0]}")

    @classmethod
    def of(
        cls, diagnostic: Diagnostic, decision: Choice, *, keep: Collection[int] = (), reason: str = "", by: str = "hand"
    ) -> Decision:
        """A decision about a diagnostic; `keep` are the positions of the sides to keep.

        Raises:
            ValueError: The sides to keep do not fit the decision.
        """
        sides = tuple(
            DecidedSide(visible(side.label), side.contents, position in keep)
            for position, side in enumerate(diagnostic.sides)
        )
        told = visible(diagnostic.message)
        return cls(diagnostic.rule, diagnostic.fingerprint, decision, sides, reason=reason, by=by, message=told)

    @property
    def records(self) -> tuple[str, ...]:
        """Hashes of what the records of all sides teach, sorted."""
        return tuple(sorted({record for side in self.sides for record in side.records}))

    @property
    def resolves(self) -> bool:
        """Whether it asks for a change of the data, after which the conflict is gone."""
        return self.decision in ("keep-side", "drop", "edit") or any(side.condition for side in self.sides)
