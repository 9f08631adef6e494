"""Speed of the judge: `python benchmarks/judge_speed.py` prints pairs of answers a second, beside torch where installed.

The torch figure is of a cross-encoder of the same size, which reads each pair in one order; the judge reads both.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable

from contralint.models.judge import Triple, load_judge

BATCH = 1024
TRIPLES: list[Triple] = [
    (f"Who was the winner of the race in {1900 + year}?", f"It was won by rider {year}.", f"Rider {year + 7} won it.")
    for year in range(BATCH)
]


def rate(run: Callable[[list[Triple]], object]) -> float:
    """Pairs a second, after a first run that warms up."""
    run(TRIPLES[:64])
    start = time.perf_counter()
    run(TRIPLES)
    return BATCH / (time.perf_counter() - start)


def in_torch() -> Callable[[list[Triple]], object]:
    """The same architecture with fresh weights in torch."""
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification

    from training.judge import base

    config = BertConfig(hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536, num_labels=1)
    encoder = CrossEncoder(str(base()), num_labels=1, max_length=112)
    encoder.model = BertForSequenceClassification(config).eval()
    return lambda triples: encoder.predict([(f"{question} {left}", right) for question, left, right in triples])


if __name__ == "__main__":
    print(f"judge: {rate(load_judge().probability):.0f} pairs a second")
    if importlib.util.find_spec("sentence_transformers"):
        print(f"torch, one order only: {rate(in_torch()):.0f} pairs a second")
