"""A rule, as its YAML file says it."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from contralint.diagnostics import Severity

RuleId = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2,}\d{3}$")]
RuleName = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Text = Annotated[str, msgspec.Meta(min_length=1)]
Probability = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rows that a rule must report, or must leave alone; the name says why.

    Attributes:
        records: The rows.
        against: Rows of the evaluation split beside them.
        text: A JSONL file as it stands, in place of `records`: for rules about rows that no parser accepts.
    """

    name: Text
    records: list[dict[str, Any]] = []
    against: list[dict[str, Any]] = []
    text: str | None = None

    def __post_init__(self) -> None:
        if bool(self.records) == (self.text is not None):
            raise ValueError(f"example '{self.name}' needs `records`, or `text` in their place")
        if self.against and self.text is not None:
            raise ValueError(f"example '{self.name}': `against` needs `records`")


class Todo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule should do and does not do yet: conflicts that it misses, and near misses that it reports."""

    conflict: list[Example] = []
    ok: list[Example] = []


class Examples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `contralint test-rules` runs: row sets that conflict, and near misses that do not.

    Attributes:
        todo: The same where the rule is known to fail; one that starts to work must be moved up.
    """

    conflict: list[Example] = []
    ok: list[Example] = []
    todo: Todo = Todo()


class BoundaryResponse(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A response that takes one side of a conflict, whatever exactly is asked.

    Attributes:
        side: How the label of the side begins, such as "refuses" or "denies".
    """

    side: Text
    text: Text


class Boundary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `contralint synth` makes boundary examples of, besides the records of the conflict themselves.

    Attributes:
        requests: Frames around a request: "{request}" stands for it, "{bare}" for it without the mark at its end,
            "{lower}" for that with a small first letter.
        responses: For sides that have no response of their own to a request.
    """

    requests: list[Text] = []
    responses: list[BoundaryResponse] = []


class Documentation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `contralint rule` shows, under fixed headings."""

    what_it_does: Text = msgspec.field(name="what it does")
    why_it_harms_training: Text = msgspec.field(name="why it harms training")
    known_problems: Text = msgspec.field(name="known problems")
    conflict: Text
    instead: Text
    options: Text


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule: which kind of matcher finds it, with which parameters, and what a reader is told.

    Attributes:
        kind: Name of the matcher that finds it.
        parameters: The matcher's own settings.
        supersedes: IDs of rules that stay silent about a pair for which this one holds.
        lower_below: Confidence below which the severity is one step lower.
        min_confidence: Confidence below which nothing is reported.
        default: Whether the rule is on where nobody selects any.
        boundary: Templates for examples of where one side ends and the other begins.
    """

    id: RuleId
    name: RuleName
    severity: Severity
    kind: Text
    message: Text
    help: Text
    documentation: Documentation
    examples: Examples
    parameters: dict[str, Any] = {}
    supersedes: list[RuleId] = []
    lower_below: Probability = 0.0
    min_confidence: Probability = 0.0
    default: bool = True
    boundary: Boundary = Boundary()
