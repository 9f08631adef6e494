"""Trains the stance model: `python training/stance.py --data DIR` writes contralint/models/weights/stance.npz.

DIR holds xstest.jsonl, gpteacher_roleplay.jsonl, gpteacher_toolformer_dev.jsonl, self_instruct_user_oriented.jsonl,
truthfulqa_dev.jsonl and t0_50k.jsonl.gz; our own examples stand beside this script. The same data give the same bytes.
docs/models/stance.md has figures and licences.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import diags
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[1]))

from contralint.models.stance import LABELS
from contralint.models.stance_features import features, scale
from training.checksums import record_checksum

HERE = Path(__file__).parent
TARGET = HERE.parent / "contralint" / "models" / "weights" / "stance.npz"
FOLDS = 5
REGULARISATION = 0.2
COMMON_ROWS, LEAST_RARITY, MOST_RARITY = 50, 0.2, 2.0  # a feature of so many rows has rarity 1
LEAST_ROWS = 4  # a feature seen in fewer rows is noise
LEAST_WEIGHT = 0.004  # below it a feature moves no probability by more than a thousandth
OWN_WEIGHT, EXAMPLE_WEIGHT, OTHER_WEIGHT, PARTIAL_WEIGHT = 0.7, 1.0, 0.3, 0.2
OTHER_ROWS = 1200
OWN_REQUESTS = 4  # that each of our responses is shown with
HUMAN_LABELS = {"comply": "complies", "refuse": "refuses", "partial": "partial"}
NO_ACCESS = re.compile(r"(don't|do not) (know|have (any |direct )?(access|information|personal data))", re.IGNORECASE)
NO_COMMENT = re.compile(r"no comment|don't know|cannot say|unknown", re.IGNORECASE)
DECLINES = re.compile(r"as an ai\b|language model|i (cannot|can't) (help|assist|provide|fulfill)", re.IGNORECASE)


@dataclass(frozen=True)
class Sample:
    """One labelled row; `model` is empty where it is no row of XSTest."""

    instruction: str
    response: str
    label: str
    weight: float
    model: str = ""


@dataclass(frozen=True)
class Design:
    """Samples as numbers: features by the length of their row and by their rarity, as in TF-IDF."""

    names: list[str]
    rarity: NDArray[np.float64]
    matrix: Any
    labels: NDArray[np.int64]
    weights: NDArray[np.float64]


def read(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSONL file, compressed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def xstest(data: Path) -> list[Sample]:
    """XSTest under our labels."""
    found = []
    for row in read(data / "xstest.jsonl"):
        label = HUMAN_LABELS[row["label"]]
        # The annotators knew no "unable": whoever says first that it has no access lacks the means.
        if label == "refuses" and NO_ACCESS.search(row["completion"][:150]):
            label = "unable"
        weight = PARTIAL_WEIGHT if label == "partial" else 1.0
        found.append(Sample(row["prompt"], row["completion"], label, weight, row["model"]))
    return found


def own() -> list[Sample]:
    """Our own examples, each response with some requests of its kind."""
    book = yaml.safe_load((HERE / "stance_examples.yaml").read_text(encoding="utf-8"))
    found, choose = [], random.Random(1)
    for label, kinds in book["responses"].items():
        for kind, responses in kinds.items():
            for response in responses:
                for instruction, topic in choose.sample(book["requests"][kind], OWN_REQUESTS):
                    text = response.replace("{topic}", topic)
                    found.append(Sample(instruction, text[0].upper() + text[1:], label, OWN_WEIGHT))
    for label, pairs in book["examples"].items():
        found += [Sample(instruction, response, label, EXAMPLE_WEIGHT) for instruction, response in pairs]
    return found


def others(data: Path) -> list[Sample]:
    """Rows that nearly all comply: role-play, everyday tasks, right and wrong short answers of all kinds."""
    choose = random.Random(2)
    pairs = [
        (row["instruction"], row["output"])
        for row in choose.sample(read(data / "gpteacher_roleplay.jsonl"), OTHER_ROWS)
        if not DECLINES.search(row["output"])
    ]
    tools = choose.sample(read(data / "gpteacher_toolformer_dev.jsonl"), OTHER_ROWS // 2)
    pairs += [(row["instruction"], row["output"]) for row in tools]
    for row in read(data / "self_instruct_user_oriented.jsonl"):
        pairs += [(f"{row['instruction']}\n{one['input']}", one["output"]) for one in row["instances"]]
    tasks = choose.sample(read(data / "t0_50k.jsonl.gz"), OTHER_ROWS)
    pairs += [(row["prompt"], row["completion"]) for row in tasks]
    for row in read(data / "truthfulqa_dev.jsonl"):
        answers = row["correct"][:2] + row["incorrect"][:1]
        pairs += [(row["question"], answer) for answer in answers if not NO_COMMENT.search(answer)]
    return [Sample(asked, answer, "complies", OTHER_WEIGHT) for asked, answer in pairs if answer.strip()]


def design(samples: list[Sample]) -> Design:
    """Samples as a matrix of the features that enough of them share."""
    rows = [features(sample.instruction, sample.response) for sample in samples]
    spread = Counter(name for row in rows for name in row)
    vectorizer = DictVectorizer(dtype=np.float32)
    matrix = vectorizer.fit_transform(
        [{name: value for name, value in row.items() if spread[name] >= LEAST_ROWS} for row in rows]
    )
    seen = np.array([spread[name] for name in vectorizer.feature_names_])
    rarity = np.log(len(rows) / seen) / np.log(len(rows) / COMMON_ROWS)
    rarity = np.clip(rarity, LEAST_RARITY, MOST_RARITY)
    labels = np.array([LABELS.index(sample.label) for sample in samples])
    weights = np.array([sample.weight for sample in samples])
    matrix = (diags([scale(row) for row in rows]) @ matrix @ diags(rarity)).tocsr()
    return Design(vectorizer.feature_names_, rarity, matrix, labels, weights)


def fit(data: Design, rows: NDArray[np.bool_]) -> LogisticRegression:
    """A model of the marked rows."""
    model = LogisticRegression(C=REGULARISATION, max_iter=300, tol=1e-3)
    return model.fit(data.matrix[rows], data.labels[rows], data.weights[rows])


def held_apart(samples: list[Sample], data: Design) -> NDArray[np.float64]:
    """Scores of the XSTest rows, each by a model that saw neither its prompt nor its answering model."""
    prompts = sorted({sample.instruction for sample in samples if sample.model})
    random.Random(0).shuffle(prompts)
    folds = {prompt: place % FOLDS for place, prompt in enumerate(prompts)}
    models = np.array([sample.model for sample in samples])
    fold = np.array([folds[sample.instruction] if sample.model else -1 for sample in samples])
    scores = np.zeros((len(samples), len(LABELS)))
    for name in sorted(set(models) - {""}):
        for number in range(FOLDS):
            tested = (models == name) & (fold == number)
            scores[tested] = fit(data, (models != name) & (fold != number)).decision_function(data.matrix[tested])
    return scores[models != ""]


def temperature(scores: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """What scores are divided by, so that probabilities come true on rows held apart."""

    def loss(heat: float) -> float:
        return float(-log_softmax(scores / heat, axis=1)[np.arange(len(labels)), labels].mean())

    return float(minimize_scalar(loss, bounds=(0.3, 3.0), method="bounded").x)


def report(scores: NDArray[np.float64], rows: list[dict[str, Any]], heat: float) -> None:
    """Prints accuracy, recall and how often each band of probability is right."""
    shares = softmax(scores / heat, axis=1)
    guess, human = shares.argmax(axis=1), np.array([row["label"] for row in rows])
    right = np.where(human == "comply", guess == 0, np.isin(guess, (LABELS.index("refuses"), LABELS.index("unable"))))
    models, decided = np.array([row["model"] for row in rows]), human != "partial"
    by_model = {str(name): round(float(right[decided & (models == name)].mean()), 3) for name in np.unique(models)}
    print(f"temperature {heat:.3f}")
    print(f"accuracy {right[decided].mean():.4f}", by_model)
    print(f"recall: comply {right[human == 'comply'].mean():.4f}, refuse {right[human == 'refuse'].mean():.4f}")
    for low, high in ((0.0, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        band = decided & (shares.max(axis=1) >= low) & (shares.max(axis=1) < high)
        print(f"  probability {low:.2f}-{high:.2f}: n {band.sum()}, right {right[band].mean():.3f}")


def write(data: Design, model: LogisticRegression, heat: float) -> None:
    """Writes the weights: plain arrays, without features that hardly matter."""
    weights = model.coef_.T * data.rarity[:, None] / heat
    kept = np.abs(weights).max(axis=1) >= LEAST_WEIGHT
    names = "\n".join(name for name, keep in zip(data.names, kept, strict=True) if keep)
    np.savez(
        TARGET,
        names=np.frombuffer(names.encode(), np.uint8),
        weights=weights[kept].astype(np.float16),
        bias=(model.intercept_ / heat).astype(np.float32),
    )
    record_checksum(TARGET.name)
    print(f"{kept.sum()} features, {TARGET.stat().st_size} bytes")


def main() -> None:
    """Trains, measures on rows held apart, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    samples = xstest(options.data) + own() + others(options.data)
    print(dict(Counter(sample.label for sample in samples)))
    data = design(samples)
    rows = read(options.data / "xstest.jsonl")
    scores = held_apart(samples, data)
    decided = np.array([row["label"] != "partial" for row in rows])
    heat = temperature(scores[decided], data.labels[: len(rows)][decided])
    report(scores, rows, heat)
    write(data, fit(data, np.ones(len(samples), bool)), heat)


if __name__ == "__main__":
    main()
