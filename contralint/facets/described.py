"""A record with its facets, each read when first asked for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from contralint.facets.answer import Answer, answer
from contralint.facets.choices import Choice, choice
from contralint.facets.claims import claims
from contralint.facets.concession import concedes
from contralint.facets.form import Form, form
from contralint.facets.identity import identities
from contralint.facets.lacking import lacks_tool_or_input
from contralint.facets.language import Language, language
from contralint.facets.polarity import Polarity, polarity
from contralint.facets.quantities import Quantity, in_asked_unit, quantities
from contralint.facets.question import Question, question
from contralint.models.stance import StancePrediction, load_stance
from contralint.records import Record, Span
from contralint.words import content_words, sentences

_SPEAKS_OF = 2  # words of a request that a sentence shares which speaks of what is asked


@dataclass(frozen=True)
class Described:
    """A record and what it observably does."""

    record: Record

    @cached_property
    def question(self) -> Question:
        return question(self.record.request)

    @cached_property
    def stance(self) -> StancePrediction:
        return load_stance().predict(self.record.request, self.record.response.text)

    @cached_property
    def concedes(self) -> bool:
        return concedes(self.record.response.text)

    @cached_property
    def lacks_tool_or_input(self) -> bool:
        return lacks_tool_or_input(self.record.response.text)

    @cached_property
    def polarity(self) -> Polarity | None:
        return polarity(self.record.request, self.record.response.text)

    @cached_property
    def choice(self) -> Choice | None:
        return choice(self.record.request, self.record.response.text)

    @cached_property
    def answer(self) -> Answer | None:
        return answer(self.record.request, self.record.response.text)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Quantities of the sentence that answers, placed in the whole response.

        Where that sentence states none, though one is asked for, of the first later one that speaks of what is asked.
        """
        if self.answer is None:
            return ()
        asked = {(one.dimension, one.value) for one in quantities(self.record.request)}
        for start, end in self._answering():
            found = quantities(self.record.response.text[start:end])
            told = [one for one in found if (one.dimension, one.value) not in asked]
            if found or self.question.kind != "quantity":
                placed = tuple(dataclasses.replace(one, start=one.start + start, end=one.end + start) for one in told)
                return in_asked_unit(placed, self.record.request)
        return ()

    def _answering(self) -> Iterator[tuple[int, int]]:
        """The sentence that answers, then those after it that share words with the request."""
        assert self.answer is not None
        yield self.answer.start, self.answer.end
        words = set(content_words(self.record.request))
        text = self.record.response.text
        for start, end in sentences(text):
            if start > self.answer.start and len(words.intersection(content_words(text[start:end]))) >= _SPEAKS_OF:
                yield start, end

    @cached_property
    def form(self) -> Form:
        return form(self.record.response.text)

    @cached_property
    def language(self) -> Language | None:
        return language(self.record.response.text)

    @cached_property
    def request_language(self) -> Language | None:
        return language(self.record.request)

    def span(self, start: int, end: int) -> Span:
        """A stretch of the response."""
        return Span(self.record.response, start, end)

    def to_dict(self) -> dict[str, Any]:
        """The facets as plain values, for `Linter.describe` and `contralint compare`."""
        said = self.stance
        return {
            "shape": self.record.shape,
            "question": {
                "kind": self.question.kind,
                "closed": self.question.closed,
                "probability": self.question.probability,
            },
            "stance": {
                "label": said.label,
                "probability": said.probability,
                "probabilities": dict(said.probabilities),
                "concedes": self.concedes,
                "evidence": self.span(said.start, said.end).text,
            },
            "polarity": self.polarity.value if self.polarity else None,
            "answer": self.answer.text if self.answer else None,
            "choice": self.choice.text if self.choice else None,
            "quantities": [
                {"dimension": one.dimension, "value": one.value, "text": self.span(one.start, one.end).text}
                for one in self.quantities
            ],
            "label": self.record.response.text.strip() if self.record.labelled else None,
            "format": {"name": self.form.name, "language": self.form.language or None},
            "language": self.language.name if self.language else None,
            "claims": [
                {"capability": one.capability, "stance": one.stance, "text": one.span.text}
                for one in claims(self.record)
            ],
            "identity": [
                {"attribute": one.attribute, "value": one.value, "text": one.span.text}
                for one in identities(self.record)
            ],
            "tools": [tool.name for tool in self.record.tools],
            "calls": [call.name for call in self.record.calls],
        }
