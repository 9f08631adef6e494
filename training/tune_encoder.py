"""Tunes the encoder: rewordings of a request near, look-alikes far, everything else where it was.

    python -m training.tune_encoder --data DIR --to FOLDER [--steps N]

Three losses on each batch of groups. Ranking: a request finds its rewording among all rewordings and look-alikes of
the batch. Ordering: every rewording in the batch is nearer than every look-alike, whosever it is, since one threshold
must serve all. Staying: real requests keep the vectors that they had. Word embeddings and the lowest layers are frozen.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sklearn.metrics import roc_auc_score
from torch.nn.functional import cross_entropy, normalize

from training.answer_pairs import rows
from training.export_encoder import packaged_model, verify
from training.request_groups import Group, apart, by_aspect, by_fact, written
from training.request_pairs import RequestPair, edited, instructions

LOOK_ALIKES, KEPT, RUN = 2, 16, 16
# Groups of a batch that are written one by one, made by aspect and by fact, and edits of real requests.
MIX = (8, 4, 1, 3)
SCALE, FROZEN, RATE, WARMING = 20.0, 2, 3e-5, 0.1
STAYING = 4.0
# Requests that stay where they were, and tokens read of a text while training.
REQUESTS, READ = 3000, 128
CHECK_EVERY, CHECKED = 100, 500


@dataclass(frozen=True)
class Batch:
    """Texts of one step: first requests, their rewordings, look-alikes (one list a group), and requests that stay."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    other: tuple[str, ...]
    kept: tuple[int, ...]


def from_edits(pairs: Sequence[RequestPair]) -> list[Group]:
    """Edits of real requests as groups."""
    same: dict[str, list[str]] = {}
    other: dict[str, list[str]] = {}
    for pair in pairs:
        (same if pair.same else other).setdefault(pair.left, []).append(pair.right)
    return [Group((text, *same[text]), tuple(other[text])) for text in same if text in other]


def endless(groups: Sequence[Group], rng: random.Random) -> Iterator[Group]:
    """The groups over and over, each round in another order."""
    while True:
        yield from rng.sample(groups, len(groups))


def batches(data: Path, kept: int, rng: random.Random) -> Iterator[Batch]:
    """Batches without end."""
    ours = endless([group for group in written() if not apart(group.name)], rng)
    edits = endless([group for group in from_edits(edited(data, rng)) if not apart(group.name)], rng)

    def anew(made: Callable[[random.Random], list[Group]]) -> Iterator[Group]:
        while True:
            yield from made(rng)

    sources = list(zip((ours, anew(by_aspect), anew(by_fact), edits), MIX, strict=True))
    while True:
        groups = [next(source) for source, count in sources for _ in range(count)]
        pairs = [rng.sample(group.same, 2) for group in groups]
        other = [rng.choices(group.other, k=LOOK_ALIKES) for group in groups]
        yield Batch(
            tuple(first for first, _ in pairs),
            tuple(second for _, second in pairs),
            tuple(text for texts in other for text in texts),
            tuple(rng.sample(range(kept), KEPT)),
        )


def loss(
    model: SentenceTransformer, batch: Batch, requests: Sequence[str], original: NDArray[np.float32]
) -> torch.Tensor:
    """The three losses of a batch together."""
    texts = [*batch.first, *batch.second, *batch.other, *(requests[place] for place in batch.kept)]
    vectors = encode(model, texts)
    count = len(batch.first)
    first, second, other, kept = vectors.split([count, count, len(batch.other), len(batch.kept)])
    ranking = SCALE * first @ torch.cat([second, other]).T
    backward = SCALE * second @ torch.cat([first, other]).T
    places = torch.arange(count)
    near = (first * second).sum(1)
    far = (first.repeat_interleave(LOOK_ALIKES, 0) * other).sum(1)
    gaps = SCALE * (far[:, None] - near[None, :])
    ordering = torch.logsumexp(torch.cat([torch.zeros(1), gaps.flatten()]), 0)
    staying = (1 - (kept * torch.from_numpy(original[list(batch.kept)])).sum(1)).mean()
    ranked = (cross_entropy(ranking, places) + cross_entropy(backward, places)) / 2
    return ranked + ordering / 4 + STAYING * staying


def encode(model: SentenceTransformer, texts: Sequence[str]) -> torch.Tensor:
    """Vectors of length 1 through which gradients flow; texts of like length run together, so that little is padded."""
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    runs = [order[start : start + RUN] for start in range(0, len(order), RUN)]
    vectors = [model(_read(model, [texts[place] for place in run]))["sentence_embedding"] for run in runs]
    places = torch.tensor([order.index(place) for place in range(len(texts))])
    return normalize(torch.cat(vectors)[places], dim=1)


def _read(model: SentenceTransformer, texts: list[str]) -> dict[str, torch.Tensor]:
    return dict(model.tokenizer(texts, padding=True, truncation=True, max_length=READ, return_tensors="pt"))


def watched(data: Path) -> dict[str, list[RequestPair]]:
    """Sets that no step trains on."""
    edits = [pair for pair in edited(data, random.Random(0), 500) if apart(pair.group)]
    medical = [
        RequestPair(row["question_1"], row["question_2"], bool(row["same"]), "medical", "")
        for row in rows(data / "medical_question_pairs_dev.jsonl")
    ]
    ours = [
        RequestPair(group.name, text, same, "written", group.name)
        for group in written()
        if apart(group.name)
        for same, texts in ((True, group.same[1:]), (False, group.other))
        for text in texts
    ]
    return {"written": ours, "edited": edits[:CHECKED], "medical": random.Random(0).sample(medical, CHECKED)}


def measure(model: SentenceTransformer, sets: dict[str, list[RequestPair]]) -> str:
    """AUC of the cosine alone on each set, and the mean cosine of same and different pairs."""
    shown = []
    for name, pairs in sets.items():
        texts = sorted({text for pair in pairs for text in (pair.left, pair.right)})
        vectors = dict(zip(texts, model.encode(texts, normalize_embeddings=True), strict=True))
        cosine = np.array([float(vectors[pair.left] @ vectors[pair.right]) for pair in pairs])
        same = np.array([pair.same for pair in pairs])
        means = f"{cosine[same].mean():.2f} {cosine[~same].mean():.2f}"
        shown.append(f"{name} {roc_auc_score(same, cosine):.4f} ({means})")
    return ", ".join(shown)


def trainable(model: SentenceTransformer) -> list[torch.nn.Parameter]:
    """Parameters of the upper layers; the others are frozen."""
    network = model[0].auto_model
    model.requires_grad_(False)
    layers: torch.nn.ModuleList = network.encoder.layer[FROZEN:]
    layers.requires_grad_(True)
    return list(layers.parameters())


def main() -> None:
    """Tunes, watches, saves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True, help="folder for the tuned SentenceTransformer")
    parser.add_argument("--start", type=Path, default=None, help="folder of an earlier round, else the base")
    parser.add_argument("--steps", type=int, default=300)
    options = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    verify(packaged_model())
    base = SentenceTransformer(str(packaged_model()), device="cpu")
    requests = random.Random(0).sample(instructions(options.data), REQUESTS)
    original = base.encode(requests, normalize_embeddings=True)
    model = SentenceTransformer(str(options.start), device="cpu") if options.start else base
    sets = watched(options.data)
    parameters = trainable(model)
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    warm = max(1, int(WARMING * options.steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, (options.steps - step) / (options.steps - warm))
    )
    source, start, total = batches(options.data, len(requests), random.Random(1)), time.monotonic(), 0.0
    model.train()
    for step in range(1, options.steps + 1):
        found = loss(model, next(source), requests, original)
        optimizer.zero_grad()
        found.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        total += float(found.detach())
        if step % 20 == 0:
            print(f"{step} {total / 20:.4f} {time.monotonic() - start:.0f} s", flush=True)
            total = 0.0
        if step % CHECK_EVERY == 0 or step == options.steps:
            model.eval()
            print(f"{step}: {measure(model, sets)}", flush=True)
            model.save(str(options.to / str(step)))
            model.train()


if __name__ == "__main__":
    main()
