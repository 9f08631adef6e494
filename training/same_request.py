"""Trains the same-request classifier.

    python -m training.same_request --data DIR

Logistic regression whose coefficients may only push the way that `SIGNS` allows, written as plain arrays. The printed
figures are cross-validated by group: all pairs made from one request stay on one side.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from contralint.models.encoder import Encoder, load_encoder
from contralint.models.released import WEIGHTS
from contralint.models.same_request import FEATURES, SIGNS, features
from training.answer_pairs import rows
from training.checksums import record_checksum
from training.request_groups import apart
from training.request_pairs import RequestPair, everything, instructions
from training.signed_regression import Fitted, fit

# What each source counts; within a source, the same and the different count alike.
SHARES = {"written": 0.4, "edited": 0.3, "facts": 0.1, "xstest": 0.05, "paws": 0.05, "near": 0.1}
RIDGE = 1e-3
FOLDS = 4


def untrained(pairs: Sequence[RequestPair]) -> list[RequestPair]:
    """The pairs whose cosines are as honest as those of any request: the encoder did not train on them."""
    return [pair for pair in pairs if pair.source not in ("written", "edited") or apart(pair.group)]


def near(texts: Sequence[str], encoder: Encoder, most: float = 0.92, neighbours: int = 2) -> list[RequestPair]:
    """Real requests with the nearest other ones, which mostly ask something else."""
    vectors = encoder.encode(texts)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, 0)
    found = []
    for number, row in enumerate(cosines):
        for other in np.argsort(-row, kind="stable")[:neighbours]:
            ours, theirs = (set(texts[at].lower().split()) for at in (number, other))
            if row[other] < most and len(ours & theirs) < 0.75 * len(ours | theirs):
                found.append(RequestPair(texts[number], texts[other], False, "near", texts[number]))
    return found


def cosines(pairs: Sequence[RequestPair], encoder: Encoder) -> NDArray[np.float64]:
    """Cosine of each pair's vectors."""
    texts = sorted({text for pair in pairs for text in (pair.left, pair.right)})
    place = {text: number for number, text in enumerate(texts)}
    vectors = encoder.encode(texts).astype(np.float64)
    return np.sum(
        vectors[[place[pair.left] for pair in pairs]] * vectors[[place[pair.right] for pair in pairs]], axis=1
    )


def weights(pairs: Sequence[RequestPair]) -> NDArray[np.float64]:
    """What each pair counts, 1 on average."""
    counts = Counter((pair.source, pair.same) for pair in pairs)
    found = np.array([SHARES[pair.source] / counts[pair.source, pair.same] for pair in pairs])
    return found * len(pairs) / found.sum()


def measured_only(data: Path, encoder: Encoder, model: Fitted) -> float:
    """AUC on medical question pairs, which train nothing."""
    found = [
        RequestPair(row["question_1"], row["question_2"], bool(row["same"]), "medical", "")
        for row in rows(data / "medical_question_pairs_dev.jsonl")
    ]
    seen = features([(pair.left, pair.right) for pair in found], cosines(found, encoder))
    return float(roc_auc_score([pair.same for pair in found], model.scores(seen)))


def main() -> None:
    """Trains, prints figures, writes same_request.npz."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    encoder = load_encoder(jobs=1)
    pairs = untrained(everything(data))
    pairs += near(random.Random(0).sample(instructions(data), 2500), encoder)
    seen = features([(pair.left, pair.right) for pair in pairs], cosines(pairs, encoder))
    same, weight = np.array([float(pair.same) for pair in pairs]), weights(pairs)
    sources, apart = np.array([pair.source for pair in pairs]), np.zeros(len(pairs))
    for known, unseen in GroupKFold(FOLDS).split(seen, same, [pair.group for pair in pairs]):
        apart[unseen] = fit(seen[known], same[known], weight[known], SIGNS, RIDGE).scores(seen[unseen])
    for source in ("written", "edited", "facts", "paws"):
        chosen = sources == source
        print(f"{source}: AUC {roc_auc_score(same[chosen], apart[chosen]):.3f} of {chosen.sum()} pairs held apart")
    model = fit(seen, same, weight, SIGNS, RIDGE)
    print(f"medical question pairs: AUC {measured_only(data, encoder, model):.4f}")
    print({name: float(value) for name, value in zip(FEATURES, model.coefficients, strict=True)}, model.intercept)
    np.savez(WEIGHTS / "same_request.npz", coefficients=model.coefficients, intercept=model.intercept)
    record_checksum("same_request.npz")


if __name__ == "__main__":
    main()
