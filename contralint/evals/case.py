"""An evaluation case, as a line of a file holds it: prompts, and the behaviour that is expected of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from contralint.decision import Choice, Fingerprint
from contralint.errors import UsageError
from contralint.ledger import Ledger, encoded
from contralint.rule import RuleId, RuleName, Text

SCHEMA_VERSION = 1
DEFAULT_FILE = "contralint.evals.jsonl"
Origin = Literal["kept", "dropped", "recombined", "evaluation", "untaught", "reworded"]
FacetName = Literal[
    "answer",
    "arguments",
    "capability",
    "choice",
    "clarify",
    "comments",
    "constraint",
    "critique",
    "edit scope",
    "format",
    "identity",
    "label",
    "language",
    "length",
    "polarity",
    "quantity",
    "stance",
    "tool",
    "turns",
]


class Expectation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which behaviour is right, and which is wrong.

    Attributes:
        facet: What is looked at.
        expected: Values of it that are right; none where nothing is, or only consistency can be asked for.
        forbidden: Values that are wrong.
        known: Values that are neither; answers that show one of them do the same.
        parameters: What the facet is narrowed down to, as the rule file says it.
    """

    facet: FacetName
    expected: tuple[Text, ...] = ()
    forbidden: tuple[Text, ...] = ()
    known: tuple[Text, ...] = ()
    parameters: dict[str, Any] = {}

    @property
    def judges(self) -> bool:
        """Whether anything is right or wrong."""
        return bool(self.expected or self.forbidden)

    @property
    def values(self) -> tuple[str, ...]:
        """The values that an answer is held against."""
        return (*self.expected, *self.forbidden, *self.known)


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The row that a prompt comes from."""

    path: str
    line: int
    id: str | None = None


class Prompt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a model is asked.

    Attributes:
        messages: The conversation up to the answer, in the form of chat completions.
        origin: Where it comes from: a record that stays or goes, one side's request under the other side's condition,
            the evaluation split, a record that trains no answer, or a rewording of another prompt.
        taught: Whether the training data, once the decisions are carried out, answers this request.
        tools: Tools at hand, in the form of chat completions.
        source: The row that it comes from.
        rewords: ID of the prompt that it is a rewording of.
    """

    id: Text
    messages: list[dict[str, Any]]
    origin: Origin
    taught: bool
    tools: list[dict[str, Any]] = []
    source: Source | None = None
    rewords: str | None = None


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was decided about one conflict, or holds under one condition, put to a model in several wordings.

    Attributes:
        conflict: Fingerprint of the conflict: cases of one conflict are judged together.
        condition: What the system prompt says, where the decision keeps both sides, each under its own condition.
    """

    id: Text
    rule: RuleId
    name: RuleName
    conflict: Fingerprint
    decision: Choice
    check: Expectation
    prompts: Annotated[tuple[Prompt, ...], msgspec.Meta(min_length=1)]
    message: str = ""
    reason: str = ""
    condition: str = ""
    schema_version: Literal[1] = 1


def as_lines(cases: Iterable[Case]) -> bytes:
    """Cases as JSON Lines."""
    return b"".join(map(encoded, cases))


def read_cases(path: Path) -> list[Case]:
    """Reads the cases of a file.

    Raises:
        UsageError: It cannot be read, a line is no case, an ID stands twice, or there is none.
    """
    keys = [field.encode_name for kind in (Case, Prompt, Expectation) for field in msgspec.structs.fields(kind)]
    ledger = Ledger(path, "file of evaluation cases", keys)
    lines = enumerate(ledger.read(), start=1)
    cases = [ledger.parse(number, line, Case) for number, line in lines if line.strip()]
    ids = Counter(prompt.id for case in cases for prompt in case.prompts)
    twice = [name for name, count in ids.items() if count > 1]
    if twice:
        raise UsageError(f"{path}: two prompts have the id '{twice[0]}'")
    if not cases:
        raise UsageError(f"{path}: holds no evaluation case")
    return cases
