"""Distils the encoder into a table from tokens to vectors, for sieving large data.

    python -m training.static_table --data DIR --work FOLDER [--steps N]

Two steps. A ridge regression finds the vectors whose sum over a text is nearest to the encoder's vector of it; tokens
that no text holds keep the encoder's vector of the token itself. Then pairs of texts are learned: each that the encoder
finds near is to pass one threshold, and each other not, most of all those that the table itself finds near.
The encoder's vectors of all texts are kept in the work folder, since they take the most time.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
import scipy.sparse
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from contralint.models.encoder import load_encoder
from contralint.models.released import WEIGHTS, shipped
from contralint.models.static import bags
from training.checksums import record_checksum
from training.static_texts import families

TABLE = "static.npy"
DIMENSION, LARGEST = 128, 127
# Common tokens say little: a token of this share of all counts half (Arora et al., 2017).
COMMON = 1e-3
RIDGE, ITERATIONS = 1.0, 25
# Nearness at which the encoder's pairs are told apart, how sharply, and what a near pair counts more than another.
NEAR, STEEPNESS, WEIGHT = 0.72, 20.0, 4.0
FIRST_THRESHOLD, RATE, LAST_RATE, WARMING, DISTANCES = 0.62, 1e-3, 0.03, 50, 2.0
# Families and clusters of a step; families among which clusters are sought anew, after so many steps.
FAMILIES, CLUSTERS, POOL, ROUND = 32, 24, 13_000, 400
CLUSTER, LEAST = 6, 0.4

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Corpus:
    """What is learned from.

    Attributes:
        families: Rows of the texts of each family.
        ids: Tokens of all texts, one text after the other.
        lengths: Tokens of each text.
        vectors: The encoder's vectors of the texts.
        tokens: The encoder's vectors of each token by itself.
    """

    families: list[Rows]
    ids: NDArray[np.int32]
    lengths: Rows
    vectors: Floats
    tokens: Floats


def read_corpus(data: Path, work: Path) -> Corpus:
    """Texts, their tokens, and the encoder's vectors, which are kept in the work folder."""
    found = families(data)
    texts = sorted(set(itertools.chain.from_iterable(found)))
    place = {text: row for row, text in enumerate(texts)}
    tokenizer = Tokenizer.from_file(str(shipped("encoder.json")))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    read = bags(texts, tokenizer)
    words = [tokenizer.id_to_token(token).removeprefix("##") for token in range(tokenizer.get_vocab_size())]
    members = [np.unique([place[text] for text in family]) for family in found]
    return Corpus(members, read.ids, read.lengths, encoded(texts, work), encoded(words, work))


def encoded(texts: Sequence[str], work: Path) -> Floats:
    """The encoder's vectors of texts, made once."""
    encoder = load_encoder()
    digest = hashlib.sha256("\0".join([encoder.fingerprint, *texts]).encode("utf-8", "replace")).hexdigest()
    kept = work / f"{digest[:16]}.npy"
    if not kept.is_file():
        np.save(kept, encoder.encode(texts).astype(np.float16))
    vectors: Floats = np.load(kept, allow_pickle=False).astype(np.float32)
    return vectors


def regressed(corpus: Corpus) -> Floats:
    """Vectors of tokens by ridge regression on the encoder's vectors, in their principal directions."""
    _, directions = np.linalg.eigh(corpus.vectors.T @ corpus.vectors)
    directions = directions[:, : -DIMENSION - 1 : -1]
    start = (corpus.tokens - corpus.tokens.mean(axis=0)) @ directions
    start /= np.maximum(np.linalg.norm(start, axis=1, keepdims=True), 1e-6)
    counts = np.bincount(corpus.ids, minlength=len(start))
    weights = (COMMON / (COMMON + counts / counts.sum())).astype(np.float32)
    bounds = np.concatenate([[0], np.cumsum(corpus.lengths)])
    shape = (len(corpus.lengths), len(start))
    # Copied, since adding up repeated tokens sorts them in place.
    texts = scipy.sparse.csr_matrix((weights[corpus.ids], corpus.ids, bounds), shape, copy=True)
    texts.sum_duplicates()
    lengths = np.sqrt(np.asarray(texts.multiply(texts).sum(axis=1)).ravel())
    texts = scipy.sparse.diags(1 / np.maximum(lengths, 1e-6)).dot(texts).tocsr().astype(np.float32)
    wanted = corpus.vectors @ directions - texts @ start
    found: Floats = (start + ridge(texts, wanted)) * weights[:, None]
    return found


def ridge(texts: scipy.sparse.csr_matrix, wanted: Floats) -> Floats:
    """Rows whose weighted sums are nearest to what is wanted, by conjugate gradients, all columns side by side."""
    back = texts.T.tocsr()
    scale = np.asarray(texts.multiply(texts).sum(axis=0)).ravel()[:, None] + RIDGE
    rest = back @ wanted
    found, step = np.zeros_like(rest), rest / scale
    size = (rest * step).sum(axis=0)
    for _ in range(ITERATIONS):
        turned = back @ (texts @ step) + RIDGE * step
        rate = size / (step * turned).sum(axis=0)
        found += rate * step
        rest -= rate * turned
        before, size = size, (rest * rest / scale).sum(axis=0)
        step = rest / scale + size / before * step
    return found


class Learner:
    """The table while it learns pairs."""

    def __init__(self, corpus: Corpus, table: Floats) -> None:
        self.table = torch.nn.Embedding.from_pretrained(torch.from_numpy(table), freeze=False, sparse=True)
        self.threshold = torch.nn.Parameter(torch.tensor(FIRST_THRESHOLD))
        self._optimizers = [
            torch.optim.SparseAdam(self.table.parameters(), lr=RATE),
            torch.optim.Adam([self.threshold], lr=RATE),
        ]
        self._ids = torch.from_numpy(corpus.ids.astype(np.int64))
        self._lengths = torch.from_numpy(corpus.lengths)
        self._ends = torch.cumsum(self._lengths, 0)
        self._corpus = corpus
        self._random = np.random.default_rng(0)

    def vectors(self, rows: Rows) -> torch.Tensor:
        """Vectors of texts as the table gives them."""
        lengths = self._lengths[rows]
        offsets = torch.cumsum(lengths, 0) - lengths
        starts = self._ends[rows] - lengths
        at = torch.arange(int(lengths.sum())) + torch.repeat_interleave(starts - offsets, lengths)
        sums = functional.embedding_bag(self._ids[at], self.table.weight, offsets, mode="sum", sparse=True)
        return functional.normalize(sums, dim=1)

    def some_families(self, count: int) -> list[Rows]:
        """Families at random."""
        families = self._corpus.families
        return [families[at] for at in self._random.choice(len(families), min(count, len(families)), replace=False)]

    @torch.no_grad()
    def clusters(self) -> list[Rows]:
        """Texts with those that the table now finds nearest among others at random: where it errs most."""
        rows = np.unique(np.concatenate(self.some_families(POOL)))
        vectors = torch.cat([self.vectors(rows[start : start + 2000]) for start in range(0, len(rows), 2000)]).numpy()
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        asked = self._random.choice(len(rows), min(len(rows), ROUND * CLUSTERS), replace=False)
        similarity, neighbour = index.search(vectors[asked], CLUSTER + 1)
        return [np.unique(rows[near[close > LEAST]]) for near, close in zip(neighbour, similarity, strict=True)]

    def learn(self, rows: Rows, share: float) -> float:
        """One step on all pairs of these texts, at a share of the full rate."""
        first, second = torch.triu_indices(len(rows), len(rows), 1)
        ours, theirs = self.vectors(rows), torch.from_numpy(self._corpus.vectors[rows])
        similarity, wanted = (ours @ ours.T)[first, second], (theirs @ theirs.T)[first, second]
        near = torch.sigmoid((wanted - NEAR) * STEEPNESS)
        told = (similarity - self.threshold) * STEEPNESS
        missed = functional.binary_cross_entropy_with_logits(told, near, 1 + WEIGHT * near, reduction="sum")
        apart = ((similarity - wanted) ** 2 * (1 + 10 * wanted.clamp(min=0) ** 2)).sum()
        loss = missed / (near.sum() + len(rows)) + DISTANCES * apart / len(rows)
        for optimizer in self._optimizers:
            optimizer.param_groups[0]["lr"] = RATE * share
            optimizer.zero_grad()
        loss.backward()
        for optimizer in self._optimizers:
            optimizer.step()
        return float(loss.detach())


def learned(corpus: Corpus, table: Floats, steps: int) -> Floats:
    """The table after it has learned pairs."""
    learner, total = Learner(corpus, table), 0.0
    clusters: list[Rows] = []
    for step in range(1, steps + 1):
        clusters = clusters if len(clusters) >= CLUSTERS else learner.clusters()
        chosen, clusters = clusters[:CLUSTERS], clusters[CLUSTERS:]
        rows = np.unique(np.concatenate([*learner.some_families(FAMILIES), *chosen]))
        total += learner.learn(rows, min(step / WARMING, max(LAST_RATE, 1 - step / steps)))
        if step % ROUND == 0:
            print(f"{step}: {total / ROUND:.4f}, threshold {float(learner.threshold.detach()):.3f}", flush=True)
            total = 0.0
    found: Floats = learner.table.weight.detach().numpy()
    return found


def main() -> None:
    """Distils, rounds to whole numbers, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder for the encoder's vectors")
    parser.add_argument("--steps", type=int, default=7000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    faiss.omp_set_num_threads(1)
    corpus = read_corpus(options.data, options.work)
    table = learned(corpus, regressed(corpus), options.steps)
    largest = np.quantile(np.abs(table).max(axis=1), 0.999)
    np.save(WEIGHTS / TABLE, np.clip(np.rint(table / largest * LARGEST), -LARGEST, LARGEST).astype(np.int8))
    record_checksum(TABLE)


if __name__ == "__main__":
    main()
