"""The class that OpenAI's evals run on cases of contralint; their registry names it. Needs `pip install evals`."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import evals
import evals.record

from contralint.evals.checking import Checker
from contralint.evals.scoring import share_consistent


class Behaviour(evals.Eval):  # type: ignore[misc] # the library has no types
    """Checks each completion by contralint's own facets."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (the base class's signature)
        super().__init__(*args, **kwargs)
        self._checker = Checker()

    def eval_sample(self, sample: Mapping[str, Any], rng: random.Random) -> None:  # noqa: ARG002 (the base class's signature)
        """Asks for one completion, and records what it does."""
        said = self.completion_fn(prompt=sample["input"], temperature=0.0).get_completions()[0]
        found = self._checker.check_sample(sample, said)
        evals.record.record_match(
            found.verdict == "expected",
            expected=sample["ideal"],
            picked=found.shown,
            sampled=said,
            verdict=found.verdict,
            behaviour=found.behaviour,
            case=sample["case"],
            conflict=sample["conflict"],
        )

    def run(self, recorder: Any) -> dict[str, float]:  # noqa: ANN401 (the library has no types)
        """Asks for all completions; shares of those that are right and wrong, and of the conflicts met alike."""
        self.eval_all_samples(recorder, self.get_samples())
        told: Sequence[Mapping[str, Any]] = [event.data for event in recorder.get_events("match")]
        count = max(1, len(told))
        return {
            "accuracy": sum(one["verdict"] == "expected" for one in told) / count,
            "forbidden": sum(one["verdict"] == "forbidden" for one in told) / count,
            "consistency": share_consistent((one["conflict"], one["case"], one["behaviour"]) for one in told),
        }
