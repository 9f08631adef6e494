"""Fits the judge's last step on questions that its cross-encoder has not seen, and prints what the judge is worth.

    python -m training.calibrate_judge --data DIR --graph FILE [--write]

The graph is one whose training left out a half of TruthfulQA's questions (`--without 0`). It has not seen these, the
questions of everyday.txt, nor ConjNLI's development set. Figures are cross-validated by question over these. The graph
that ships is trained alike on all of TruthfulQA, and takes over what is fitted here.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import precision_recall_curve, roc_auc_score
from sklearn.model_selection import GroupKFold

from contralint import Linter
from contralint.models.judge import FEATURES, SIGNS, CrossEncoder, Triple, features, shortened
from contralint.models.logistic import logistic
from contralint.models.onnx import TokenModel
from contralint.models.released import WEIGHTS, shipped
from training.answer_pair import AnswerPair, rows, split
from training.answer_pairs import FOLDS, paired, read_cases, truthful
from training.checksums import record_checksum
from training.signed_regression import fit

APART = 0
SHARES = {"truthfulqa": 0.7, "cases": 0.2, "conjnli": 0.1}
ALL_SIGNS = (1, *SIGNS.values(), 1)
RIDGE = 1e-3


def unseen(data: Path) -> list[AnswerPair]:
    """Pairs that the cross-encoder has not seen."""
    found = [
        pair for pair, apart in split(truthful(data, random.Random(0), 4, introduced=False), APART, FOLDS) if apart
    ]
    found += [pair for case in read_cases(Path(__file__).with_name("everyday.txt")) for pair in paired(case)]
    inference = rows(data / "conjnli_dev.jsonl")
    return found + [
        AnswerPair("", row["premise"], row["hypothesis"], row["label"] == "contradiction", "conjnli", row["premise"])
        for row in inference
    ]


def recall(clash: NDArray[np.float64], scores: NDArray[np.float64], precision: float) -> float:
    """Highest recall at which precision still holds."""
    precisions, recalls, _ = precision_recall_curve(clash, scores)
    return float(recalls[precisions >= precision].max(initial=0.0))


def show(name: str, clash: NDArray[np.float64], scores: NDArray[np.float64]) -> None:
    """Prints AUC, and recall at two precisions."""
    found = f"recall {recall(clash, scores, 0.90):.3f} at precision 0.90, {recall(clash, scores, 0.95):.3f} at 0.95"
    print(f"{name}: AUC {roc_auc_score(clash, scores):.3f}, {found}, {len(clash)} pairs")


@dataclass(frozen=True)
class Given:
    """A judge whose probabilities are known beforehand."""

    probabilities: NDArray[np.float64]

    def probability(self, triples: Sequence[Triple]) -> NDArray[np.float64]:  # noqa: ARG002 - a judge's signature
        """The probabilities it was given."""
        return self.probabilities


def with_slots(pairs: Sequence[AnswerPair], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities as the linter gives them: yes, no and numbers settle what they can, besides the judge."""
    linter = Linter()
    linter.models.judge = Given(logistic(scores))
    rows = [[{"instruction": pair.question, "output": text} for text in (pair.left, pair.right)] for pair in pairs]
    return np.array(linter.judge([(left, right) for left, right in rows]))


def main() -> None:
    """Prints figures; with --write, writes judge.npz."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--graph", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    pairs = unseen(options.data)
    triples = [shortened((pair.question, pair.left, pair.right)) for pair in pairs]
    encoder = CrossEncoder(TokenModel(options.graph, shipped("encoder.json"), jobs=1))
    seen = features(triples, encoder.score(triples))
    clash = np.array([float(pair.conflict) for pair in pairs])
    sources = np.array([pair.source for pair in pairs])
    weight = np.array([SHARES[pair.source] / np.sum(sources == pair.source) for pair in pairs]) * len(pairs)
    apart = np.zeros(len(pairs))
    for known, other in GroupKFold(5).split(seen, clash, [pair.group for pair in pairs]):
        apart[other] = fit(seen[known], clash[known], weight[known], ALL_SIGNS, RIDGE).scores(seen[other])
    for source in SHARES:
        chosen = sources == source
        show(f"{source}, cross-encoder alone", clash[chosen], seen[chosen, 0])
        show(f"{source}, with what differs", clash[chosen], apart[chosen])
        show(
            f"{source}, with slots", clash[chosen], with_slots([p for p in pairs if p.source == source], apart[chosen])
        )
    model = fit(seen, clash, weight, ALL_SIGNS, RIDGE)
    print({name: float(value) for name, value in zip(FEATURES, model.coefficients, strict=True)}, model.intercept)
    if options.write:
        np.savez(WEIGHTS / "judge.npz", coefficients=model.coefficients, intercept=model.intercept)
        record_checksum("judge.npz")


if __name__ == "__main__":
    main()
