"""Trains the judge: a MiniLM cross-encoder for "these two answers cannot both be right".

    python -m training.judge inference --data DIR --to A --steps 500
    python -m training.judge mixed --data DIR --start A --to B --steps 500
    python -m training.judge answers --data DIR --start B --to C --steps 800 --without 0
    python -m training.judge answers --data DIR --start C --to D --steps 400 --seed 1 --without 0
    python -m training.export_judge --source D --to D.onnx
    python -m training.calibrate_judge --data DIR --graph D.onnx --write

Each phase starts where the one before ended: statements of inference sets; then answers to questions beside them; then
TruthfulQA beside all of it, twice. `--without` leaves out one half of its questions, for measuring and calibrating on
them; the graph that ships leaves none out. What is saved is the running mean of the weights.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from transformers import AutoModelForSequenceClassification, AutoTokenizer, PreTrainedTokenizerBase

from training.answer_pair import AnswerPair, split
from training.answer_pairs import BUILDERS, FOLDS, truthful
from training.export_encoder import packaged_model, verify

BATCH = 32
LONGEST = 112
RATE = 8e-5
_WARM_UP = 60
_FLOOR = 0.05
_DECAY = 0.99
# Short pairs cost less and teach as much.
CHARACTERS = 200
# In the last phase the lowest layers stay as they are: a fifth less work, and what they know of words is kept.
FROZEN = {"inference": 0, "mixed": 0, "answers": 2}
SHARES: dict[str, dict[str, float]] = {
    "inference": {"inference": 1.0},
    "mixed": {
        "inference": 0.38,
        "facts": 0.17,
        "members": 0.04,
        "cases": 0.04,
        "choices": 0.13,
        "spans": 0.06,
        "edited": 0.15,
        "reworded": 0.01,
        "told": 0.02,
    },
    "answers": {
        "truthfulqa": 0.28,
        "cases": 0.22,
        "inference": 0.18,
        "facts": 0.1,
        "members": 0.03,
        "choices": 0.07,
        "spans": 0.03,
        "edited": 0.07,
        "told": 0.02,
    },
}


def base() -> Path:
    """Folder of the verified weights of all-MiniLM-L6-v2."""
    folder = packaged_model()
    verify(folder)
    return folder


def sources(phase: str, data: Path, without: int | None, rng: random.Random) -> dict[str, list[AnswerPair]]:
    """Pairs by source."""
    built = {name: BUILDERS[name](data, rng) for name in SHARES[phase] if name in BUILDERS}
    if "truthfulqa" in SHARES[phase]:
        halves = split(truthful(data, rng), -1 if without is None else without, FOLDS)
        built["truthfulqa"] = [pair for pair, apart in halves if not apart]
    return built


def drawn(
    found: dict[str, list[AnswerPair]], shares: dict[str, float], number: int, rng: random.Random
) -> list[AnswerPair]:
    """This many pairs, each source by its share, each pair of a source once before one comes again."""
    taken: list[AnswerPair] = []
    for name, built in found.items():
        wanted = round(shares[name] * number)
        pairs = [pair for pair in built if len(pair.question + pair.left + pair.right) <= CHARACTERS]
        while wanted > 0:
            some = rng.sample(pairs, min(wanted, len(pairs)))
            taken += some
            wanted -= len(some)
    rng.shuffle(taken)
    return taken


def batches(pairs: Sequence[AnswerPair], rng: random.Random) -> Iterator[list[AnswerPair]]:
    """Batches of texts of like length, in random order."""
    for start in range(0, len(pairs), BATCH * 30):
        near = sorted(pairs[start : start + BATCH * 30], key=lambda pair: len(pair.question + pair.left + pair.right))
        some = [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
        rng.shuffle(some)
        yield from some


def encoded(tokenizer: PreTrainedTokenizerBase, triples: Sequence[tuple[str, str, str]]) -> dict[str, torch.Tensor]:
    """Question and answer as first text, other answer as second."""
    first = [f"{question} [SEP] {left}" if question else left for question, left, _ in triples]
    second = [right for _, _, right in triples]
    return tokenizer(first, second, return_tensors="pt", padding=True, truncation=True, max_length=LONGEST)


def rate(step: int, steps: int) -> float:
    """Share of the learning rate: up in a line, down in a cosine."""
    fallen = (1 + math.cos(math.pi * min(1.0, step / steps))) / 2
    return min(1.0, (step + 1) / _WARM_UP) * (_FLOOR + (1 - _FLOOR) * fallen)


def train(phase: str, options: argparse.Namespace) -> None:
    """Runs one phase and saves the running mean of its weights."""
    torch.manual_seed(options.seed)
    rng = random.Random(f"{phase}{options.seed}")
    model = AutoModelForSequenceClassification.from_pretrained(options.start or base(), num_labels=1)
    tokenizer = AutoTokenizer.from_pretrained(base())
    for part in (model.bert.embeddings, *model.bert.encoder.layer[: FROZEN[phase]]):
        part.requires_grad_(False)
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(_DECAY))
    optimizer = torch.optim.AdamW([each for each in model.parameters() if each.requires_grad], weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: RATE * rate(step, options.steps) / 1e-3)
    found = sources(phase, options.data, options.without, rng)
    pairs = drawn(found, SHARES[phase], options.steps * BATCH, rng)
    model.train()
    shown = 0.7
    for step, batch in enumerate(batches(pairs, rng), 1):
        triples = [
            (p.question, p.left, p.right) if rng.random() < 0.5 else (p.question, p.right, p.left) for p in batch
        ]
        wanted = torch.tensor([float(pair.conflict) for pair in batch])
        scores = model(**encoded(tokenizer, triples)).logits[:, 0]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, wanted)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        mean.update_parameters(model)
        shown = 0.97 * shown + 0.03 * loss.item()
        if step % 50 == 0:
            print(step, round(shown, 4), flush=True)
        if step % 250 == 0:
            mean.module.save_pretrained(options.to)
    mean.module.save_pretrained(options.to)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("phase", choices=SHARES)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--without", type=int)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    train(options.phase, options)


if __name__ == "__main__":
    main()
