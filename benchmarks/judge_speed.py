"""Speed of the judge: `python -m benchmarks.judge_speed` prints pairs of answers a second, beside torch if installed.

The torch figure is of a cross-encoder of the same size, which reads each pair in one order; the judge reads both.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable

from contralint.models.judge import Triple, load_judge

BATCH = 1024
TORCH_BATCH = 32
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
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    from training.judge import base, encoded

    shape = {"hidden_size": 384, "num_hidden_layers": 6, "num_attention_heads": 12, "intermediate_size": 1536}
    model = BertForSequenceClassification(BertConfig(num_labels=1, **shape)).eval()
    tokenizer = AutoTokenizer.from_pretrained(base())

    def run(triples: list[Triple]) -> object:
        with torch.inference_mode():
            return [
                model(**encoded(tokenizer, triples[at : at + TORCH_BATCH])).logits
                for at in range(0, len(triples), TORCH_BATCH)
            ]

    return run


if __name__ == "__main__":
    print(f"judge: {rate(load_judge().probability):.0f} pairs a second")
    if importlib.util.find_spec("torch"):
        print(f"torch, one order only: {rate(in_torch()):.0f} pairs a second")
