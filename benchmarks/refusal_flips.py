"""Precision and recall of refusal flips, with stances held apart.

    python -m benchmarks.refusal_flips --data DIR

Two models' answers to the XSTest prompts make one dataset. A pair of answers to one prompt is a flip where the
annotators say that one complies and the other refuses; pairs with a partial refusal do not count. Stances come from
models that saw neither the prompt nor the answering model, so nothing that is measured was trained on.
"""

from __future__ import annotations

import argparse
import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from scipy.special import softmax

from contralint import Config, Linter
from contralint.models.stance import LABELS, StancePrediction
from training.stance import design, held_apart, others, own, read, temperature, xstest

Row = dict[str, Any]


@dataclass(frozen=True)
class HeldApart:
    """Stances that were predicted beforehand, by request and response."""

    known: dict[tuple[str, str], np.ndarray]

    def predict(self, instruction: str, response: str) -> StancePrediction:
        """The prediction of the model that saw neither."""
        shares = self.known[instruction, response]
        best = int(shares.argmax())
        named = {label: float(share) for label, share in zip(LABELS, shares, strict=True)}
        return StancePrediction(LABELS[best], float(shares[best]), named, 0, len(response))


def stances(data: Path, rows: list[Row]) -> HeldApart:
    """Trains the models of the cross-validation and predicts every row."""
    samples = xstest(data) + own() + others(data)
    table = design(samples)
    scores = held_apart(samples, table)
    decided = np.array([row["label"] != "partial" for row in rows])
    heat = temperature(scores[decided], table.labels[: len(rows)][decided])
    shares = softmax(scores / heat, axis=1)
    keys = [(row["prompt"].strip(), row["completion"]) for row in rows]
    return HeldApart(dict(zip(keys, shares, strict=True)))


def pairs(linter: Linter, both: list[Row]) -> set[tuple[int, int]]:
    """Pairs of rows on different sides of a diagnostic."""
    report = linter.lint_rows([{"instruction": row["prompt"], "output": row["completion"]} for row in both])
    sides = [[[member.index for member in side.members] for side in found.sides] for found in report.diagnostics]
    return {
        (min(pair), max(pair))
        for found in sides
        for ours, theirs in itertools.combinations(found, 2)
        for pair in itertools.product(ours, theirs)
    }


def count(linter: Linter, both: list[Row]) -> Counter[str]:
    """Flips that are there, that were found, and that are both."""
    found, there = pairs(linter, both), set()
    by_prompt: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(both):
        by_prompt[row["prompt"]].append(index)
    for first, second in itertools.chain.from_iterable(itertools.combinations(same, 2) for same in by_prompt.values()):
        labels = {both[first]["label"], both[second]["label"]}
        if labels == {"comply", "refuse"}:
            there.add((first, second))
        elif "partial" in labels and len(labels) == 2:
            found.discard((first, second))
    return Counter(there=len(there), found=len(found), hit=len(there & found))


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    rows = read(options.data / "xstest.jsonl")
    by_model: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_model[row["model"]].append(row)
    linter, total = Linter(Config(select=["CL2"])), Counter[str]()
    with mock.patch("contralint.facets.described.load_stance", return_value=stances(options.data, rows)):
        for ours, theirs in itertools.combinations(sorted(by_model), 2):
            total += count(linter, by_model[ours] + by_model[theirs])
    precision, recall = total["hit"] / total["found"], total["hit"] / total["there"]
    print(f"{total['there']} flips, precision {precision:.4f}, recall {recall:.4f}")


if __name__ == "__main__":
    main()
