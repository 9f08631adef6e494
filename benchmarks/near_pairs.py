"""Pairs of requests that our search finds, beside brute force over the same vectors at the same threshold.

    python -m benchmarks.near_pairs FILE [--encoder static|encoder] [--threshold T] [--rows N]

Brute force multiplies all vectors with all, by numpy, in float32. Our search is exact below 50,000 rows and an
inverted file from there on; where a file holds fewer requests than --rows, the rest are its own with a word left out.
Told are the recall of all pairs and that of listed ones: of which either is among the nearest of the other, as a
scan looks at them.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from benchmarks.processes import machine
from contralint.intake import Intake
from contralint.models.encoder import Encoder, load_encoder
from contralint.models.search import NEIGHBOURS, SIEVES, SIMILARITY
from contralint.models.static import load_static_encoder
from contralint.neighbours import collapse, distinctive, near_pairs
from contralint.neighbours.index import DECIMALS, EXACT_LIMIT, NearPairs, joined, ranked
from contralint.readers import read

Search = Callable[[NDArray[np.float32], float, int], NearPairs]

QUERIES = 512
VARIANTS = 50  # of a request
ENCODERS: dict[str, Callable[[], Encoder]] = {"static": load_static_encoder, "encoder": load_encoder}
THRESHOLDS = {"static": SIEVES["balanced"][0], "encoder": SIMILARITY}


def brute_force(vectors: NDArray[np.float32], threshold: float, k: int) -> NearPairs:
    """What `near_pairs` should give."""
    least = np.float32(round(threshold, DECIMALS))
    degree = np.zeros(len(vectors), np.int64)
    lists = []
    for start in range(0, len(vectors), QUERIES):
        similarity = np.round(vectors[start : start + QUERIES] @ vectors.T, DECIMALS)
        row, other = np.nonzero(similarity >= least)
        found = ranked(row + start, other, similarity[row, other])
        degree += np.bincount(found.row, minlength=len(vectors))
        lists.append(found.nearest(k))
    return joined(lists, len(vectors), degree)


def recall(found: NearPairs, brute: NearPairs) -> tuple[float, float]:
    """Share of all pairs that a search has come across, and of listed pairs that it has listed."""
    rows = len(brute.degree)
    there = brute.first * rows + brute.second
    listed = np.isin(there, found.first * rows + found.second).mean() if len(there) else 1.0
    return float(found.degree.sum() / max(1, brute.degree.sum())) if len(there) else 1.0, float(listed)


def requests(path: str, rows: int | None) -> list[str]:
    """Different requests of a file without their templates, and as many variants of them as are asked for."""
    intake = Intake()
    intake.take(read(path))
    texts = dict.fromkeys(distinctive(collapse([record.request for record in intake.records]).unique))
    rng, originals = random.Random(1), list(texts)
    for number in range(VARIANTS * len(originals)):
        if len(texts) >= (rows or 0):
            break
        words = originals[number % len(originals)].split()
        words.pop(rng.randrange(len(words)))
        texts[" ".join(words)] = None
    return list(islice(texts, rows))


def timed(search: Search, vectors: NDArray[np.float32], threshold: float, k: int) -> tuple[NearPairs, float]:
    """What a search finds, and the seconds that it takes."""
    start = time.perf_counter()
    found = search(vectors, threshold, k)
    return found, time.perf_counter() - start


def main() -> None:
    """Searches both ways and prints what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--encoder", choices=ENCODERS, default="static")
    parser.add_argument("--threshold", type=float, help="of cosine [what a scan searches by]")
    parser.add_argument("--rows", type=int, help="how many requests [those of the file]")
    parser.add_argument("--neighbours", type=int, default=NEIGHBOURS)
    arguments = parser.parse_args()
    threshold = arguments.threshold or THRESHOLDS[arguments.encoder]
    print(machine())
    texts = requests(arguments.file, arguments.rows)
    encoder: Encoder = ENCODERS[arguments.encoder]()
    vectors = encoder.encode(texts)
    vectors = vectors[np.any(vectors != 0, axis=1)]
    rows = len(vectors)
    brute, seconds = timed(brute_force, vectors, threshold, arguments.neighbours)
    near, ours = timed(near_pairs, vectors, threshold, arguments.neighbours)
    kind = "exact" if rows < EXACT_LIMIT else "inverted file"
    print(f"{rows} requests, {arguments.encoder} vectors, cosine from {threshold}, lists of {arguments.neighbours}")
    for name, found, took in (("brute force", brute, seconds), (f"search, {kind}", near, ours)):
        print(f"{name:<24}{found.degree.sum() // 2:10} pairs{len(found.first):10} listed{took:8.1f} s")
    of_all, of_listed = recall(near, brute)
    print(f"{ours / seconds:.2f} times the time; recall of all pairs {of_all:.5f}, of listed pairs {of_listed:.5f}")


if __name__ == "__main__":
    main()
