"""What a comparison may lean on besides the two records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from contralint.facets.described import Described
from contralint.kinds.candidate import Candidate, Clash
from contralint.models.judge import Judge
from contralint.models.suite import Models

Side = Callable[[Described], str | None]

# A slot (yes or no, a number, a label) is compared exactly, so what can be wrong is only its reading.
SLOT_CONFIDENCE = 0.97


@dataclass(frozen=True)
class Aids:
    """The models, and for each file the class labels that stand in it."""

    models: Models
    label_sets: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def judge(self) -> Judge:
        """Loaded when a comparison asks for it."""
        return self.models.judge


class Comparison(Protocol):
    """Compares pairs all at once, so that a model may run in batches; None where a pair does not clash."""

    def __call__(
        self, candidates: Sequence[Candidate], parameters: Mapping[str, Any], aids: Aids
    ) -> list[Clash | None]: ...


def both_answer(candidate: Candidate) -> bool:
    """Whether both records answer at all: a refusal or a question back gives no answer to compare."""
    return answers(candidate.first) and answers(candidate.second)


def answers(described: Described) -> bool:
    """Whether a record does what it is asked, rather than declining in one way or another."""
    said = described.stance
    declined = said.probabilities["refuses"] + said.probabilities["unable"]
    return said.label == "complies" and declined < said.probability
