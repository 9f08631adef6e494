"""An answer held against what a case expects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from contralint.evals.case import Expectation, Prompt
from contralint.evals.conversation import Message, answered
from contralint.evals.facets import facet
from contralint.facets.described import Described
from contralint.models.suite import Models

Verdict = Literal["expected", "forbidden", "neither"]


@dataclass(frozen=True)
class Outcome:
    """What an answer does.

    Attributes:
        verdict: Whether it does what is expected, what is forbidden, or neither of the two (or both at once).
        shown: What it shows of the facet, in a word; "" for nothing.
        behaviour: Answers of one behaviour do the same.
    """

    verdict: Verdict
    shown: str
    behaviour: str


class Checker:
    """Checks answers as a scan reads records; models are loaded when first needed."""

    def __init__(self, models: Models | None = None) -> None:
        self._models = models or Models()

    def check(self, expectation: Expectation, prompt: Prompt, answer: str | Message) -> Outcome:
        """What an answer to a prompt does.

        Args:
            expectation: What the prompt's case expects.
            prompt: What is answered.
            answer: The answer, or the message of an assistant that holds it, with its tool calls.

        Raises:
            UsageError: The answer cannot be read, or the expectation's parameters are wrong.
        """
        said = {"content": answer} if isinstance(answer, str) else answer
        record = answered(prompt.messages, prompt.tools, {**said, "role": "assistant"})
        return self.judge(expectation, Described(record))

    def check_sample(self, sample: Mapping[str, Any], answer: str | Message) -> Outcome:
        """The same of a sample as exports to other tools hold it, under the keys "check" and "prompt".

        Raises:
            UsageError: As `check`.
        """
        prompt = msgspec.convert(sample["prompt"], Prompt)
        return self.check(msgspec.convert(sample["check"], Expectation), prompt, answer)

    def judge(self, expectation: Expectation, answer: Described) -> Outcome:
        """What an answer, read as a record, does."""
        looked_at = facet(expectation.facet, expectation.parameters, self._models)
        matching = set(looked_at.matching(answer, expectation.values))
        known = [value for value in expectation.known if value in matching]
        right = [value for value in expectation.expected if value in matching]
        wrong = [value for value in expectation.forbidden if value in matching]
        shown = "; ".join([*right, *wrong, *known]) or "; ".join(looked_at.shown(answer))
        if right and wrong:
            return Outcome("neither", shown, "both")
        if right:
            return Outcome("expected", shown, "expected")
        if not wrong and not expectation.expected and expectation.forbidden and shown:
            return Outcome("expected", shown, "expected")  # all is right that is not wrong
        if wrong:
            return Outcome("forbidden", shown, f"forbidden: {wrong[0]}")
        return Outcome("neither", shown, f"other: {shown}")
