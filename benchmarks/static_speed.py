"""Texts a second of the static table on the requests of a dataset, beside model2vec with the same table.

    python -m benchmarks.static_speed FILE...

The model2vec line needs the package model2vec and is left out without it.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Tokenizer

from contralint.intake import Intake
from contralint.models.released import WEIGHTS
from contralint.models.static import load_static_encoder
from contralint.neighbours import collapse, distinctive
from contralint.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from contralint.models.encoder import Encoder


def report(name: str, encode: Callable[[list[str]], object], texts: list[str]) -> None:
    """Prints texts a second by the clock and by the processor, after a warm-up."""
    encode(texts[:64])
    start, worked = time.perf_counter(), time.process_time()
    encode(texts)
    clock, work = time.perf_counter() - start, time.process_time() - worked
    print(f"{name:<12}{len(texts) / clock:8.0f} texts/s{len(texts) / work:8.0f} texts a processor second")


def static_model() -> Any:  # noqa: ANN401 - model2vec is optional
    """The same table in model2vec."""
    from model2vec import StaticModel

    tokenizer = Tokenizer.from_file(str(WEIGHTS / "encoder.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    table = np.load(WEIGHTS / "static.npy", allow_pickle=False).astype(np.float32)
    return StaticModel(table, tokenizer, normalize=True)


def main() -> None:
    """Measures both in one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    intake = Intake()
    for path in parser.parse_args().files:
        intake.take(read(path))
    texts = distinctive(collapse([record.request for record in intake.records]).unique)
    print(f"{len(texts)} texts of {np.mean([len(text.split()) for text in texts]):.0f} words")
    encoder: Encoder = load_static_encoder()
    report("contralint", encoder.encode, texts)
    if importlib.util.find_spec("model2vec"):
        report("model2vec", static_model().encode, texts)


if __name__ == "__main__":
    main()
