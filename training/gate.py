"""Trains the gate: does a request admit one answer?

    python -m training.gate --data DIR [--write]

Prints figures on requests held apart, beside those of the rules alone; with --write, writes gate.npz.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import GroupKFold

from contralint.facets.question import asking, kind_of
from contralint.models.gate import features, tokens
from contralint.models.released import WEIGHTS
from training.answer_pair import rows
from training.answer_pairs import BUILDERS
from training.checksums import record_checksum

_OWN = Path(__file__).with_name("gate_requests.txt")
_MEASURED = Path(__file__).with_name("gate_measured.txt")
_FOLDS = 10
_SEEN = 2  # own requests in which a word must stand to count as itself
_MOST = 300  # requests taken of each public source
_SHARE = 0.5  # what one of those counts beside an own one
_DECIMALS = 3


@dataclass(frozen=True)
class Request:
    """A request, whether it admits one answer, and what it counts."""

    text: str
    closed: bool
    weight: float = 1.0


def written(path: Path) -> list[Request]:
    """Requests of a text file: `=` admits one answer, `~` admits many."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Request(line[2:], line.startswith("=")) for line in lines if line[:2] in ("= ", "~ ")]


def public(data: Path) -> list[Request]:
    """Questions of question answering sets, and requests for role-play and for sentences, stories and titles."""
    rng = random.Random(0)
    asked = {pair.question for name in ("choices", "spans") for pair in BUILDERS[name](data, rng)}
    played = {row["instruction"] for row in rows(data / "gpteacher_roleplay.jsonl")}
    wanted = re.compile(
        r"^(?:Generate a (?:question|title)|Put the concepts|Write a (?:title|summary|dialogue)|Suggest a)"
    )
    told = {row["prompt"].strip()[:200] for row in rows(data / "t0_50k.jsonl.gz") if wanted.match(row["prompt"])}
    found = []
    for texts, closed in ((asked, True), (played, False), (told, False)):
        found += [Request(text, closed, _SHARE) for text in rng.sample(sorted(texts), min(_MOST, len(texts)))]
    return found


class Trained:
    """A gate as it is trained."""

    def __init__(self, requests: list[Request]) -> None:
        counts = Counter(
            word.lower() for each in requests if each.weight == 1 for word in set(tokens(asking(each.text)))
        )
        self.known = frozenset(word for word, count in counts.items() if count >= _SEEN)
        self.names = DictVectorizer()
        seen = self.names.fit_transform([self._features(each) for each in requests])
        self.model = LogisticRegression(C=0.7, max_iter=2000)
        self.model.fit(seen, [each.closed for each in requests], [each.weight for each in requests])

    def _features(self, request: Request) -> dict[str, float]:
        return features(request.text, asking(request.text), kind_of(request.text), self.known)

    def probabilities(self, requests: list[Request]) -> NDArray[np.float64]:
        """Probability of each that it admits one answer."""
        seen = self.names.transform([self._features(each) for each in requests])
        return np.asarray(self.model.predict_proba(seen)[:, 1])

    def write(self) -> None:
        """Writes the weights that are not nothing."""
        weights = np.round(self.model.coef_[0], _DECIMALS)
        kept = np.flatnonzero(weights)
        names = "\n".join(np.array(self.names.get_feature_names_out())[kept])
        texts = {"known": "\n".join(sorted(self.known)), "names": names}
        packed = {name: np.frombuffer(text.encode("utf-8"), dtype=np.uint8) for name, text in texts.items()}
        bias = np.round(self.model.intercept_[0], _DECIMALS)
        np.savez_compressed(WEIGHTS / "gate.npz", **packed, weights=weights[kept].astype(np.float32), bias=bias)
        record_checksum("gate.npz")


def show(name: str, requests: list[Request], probabilities: NDArray[np.float64]) -> None:
    """Prints figures of rules and gate side by side."""
    closed = np.array([each.closed for each in requests])
    rules = np.array([kind_of(each.text) != "open" for each in requests])
    for by, found in (("rules", rules), ("gate", probabilities >= 0.5)):
        right = (found & closed).sum()
        figures = f"accuracy {(found == closed).mean():.3f}, precision {right / max(1, found.sum()):.3f}"
        print(f"{name}, {by}: {figures}, recall {right / max(1, closed.sum()):.3f} of closed, {len(closed)} requests")
    if 0 < closed.sum() < len(closed):
        spread = f"AUC {roc_auc_score(closed, probabilities):.3f}, Brier {brier_score_loss(closed, probabilities):.3f}"
        print(f"{name}, gate: {spread}")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    own, others = written(_OWN), public(options.data)
    apart = np.zeros(len(own))
    # Requests of like opening stay together.
    groups = [" ".join(tokens(each.text)[:2]) for each in own]
    for known, unknown in GroupKFold(_FOLDS).split(own, groups=groups):
        apart[unknown] = Trained([own[at] for at in known] + others).probabilities([own[at] for at in unknown])
    show("own, cross-validated by opening", own, apart)
    trained = Trained(own + others)
    measured = written(_MEASURED)
    show("written for measuring", measured, trained.probabilities(measured))
    truthful = [Request(row["question"], True) for row in rows(options.data / "truthfulqa_dev.jsonl")]
    show("TruthfulQA", truthful, trained.probabilities(truthful))
    if options.write:
        trained.write()


if __name__ == "__main__":
    main()
