"""Trains the judge: a MiniLM cross-encoder for "these two answers cannot both be right".

    python -m training.judge inference --data DIR --to A --steps 500
    python -m training.judge mixed --data DIR --start A --to B --steps 550
    python -m training.judge answers --data DIR --start B --to C --steps 1200 --without 0
    python -m training.export_judge --source C
    python -m training.calibrate_judge --data DIR --write

Each phase starts where the one before ended: statements of inference sets; then answers to questions beside them; then
TruthfulQA beside all of it. `--without` leaves out one half of its questions, for measuring and calibrating on them.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer, PreTrainedTokenizerBase

from training.answer_pairs import BUILDERS, FOLDS, AnswerPair, inference, split, truthful
from training.export_encoder import packaged_model, verify

BATCH = 32
LONGEST = 112
# The lowest layers stay as they are: a fifth less work, and what they know of words is kept.
FROZEN = 2

RATE = {"inference": 6e-5, "mixed": 6e-5, "answers": 6e-5}
# Short pairs cost less and teach as much.
CHARACTERS = 200
SHARES = {"inference": 0.35, "facts": 0.14, "cases": 0.12, "choices": 0.09, "spans": 0.09, "edited": 0.17, "told": 0.04}
TRUTHFUL = 0.3


def base() -> Path:
    """Folder of the verified weights of all-MiniLM-L6-v2."""
    folder = packaged_model()
    verify(folder)
    return folder


def sources(
    phase: str, data: Path, without: int | None, rng: random.Random
) -> dict[str, tuple[float, list[AnswerPair]]]:
    """Pairs by source, each with its share of the batches."""
    if phase == "inference":
        return {"inference": (1.0, inference(data))}
    built = {name: (SHARES[name], build(data, rng)) for name, build in BUILDERS.items()}
    if phase == "mixed":
        return built
    kept = [pair for pair, apart in split(truthful(data, rng), -1 if without is None else without, FOLDS) if not apart]
    return {name: (share * (1 - TRUTHFUL), pairs) for name, (share, pairs) in built.items()} | {
        "truthfulqa": (TRUTHFUL, kept)
    }


def drawn(found: dict[str, tuple[float, list[AnswerPair]]], number: int, rng: random.Random) -> list[AnswerPair]:
    """This many pairs, each source by its share, each pair of a source once before one comes again."""
    taken: list[AnswerPair] = []
    for share, built in found.values():
        wanted = round(share * number)
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


def train(phase: str, options: argparse.Namespace) -> None:
    """Runs one phase and saves the model."""
    torch.manual_seed(0)
    rng = random.Random(phase)
    start = options.start or base()
    model = AutoModelForSequenceClassification.from_pretrained(start, num_labels=1)
    tokenizer = AutoTokenizer.from_pretrained(base())
    for part in (model.bert.embeddings, *model.bert.encoder.layer[:FROZEN]):
        part.requires_grad_(False)
    optimizer = torch.optim.AdamW([each for each in model.parameters() if each.requires_grad], weight_decay=0.01)
    pairs = drawn(sources(phase, options.data, options.without, rng), options.steps * BATCH, rng)
    model.train()
    mean = 0.0
    for step, batch in enumerate(batches(pairs, rng)):
        for group in optimizer.param_groups:
            group["lr"] = RATE[phase] * min(1.0, (step + 1) / 60) * (1 - 0.9 * step / options.steps)
        triples = [
            (p.question, p.left, p.right) if rng.random() < 0.5 else (p.question, p.right, p.left) for p in batch
        ]
        wanted = torch.tensor([float(pair.conflict) for pair in batch])
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            model(**encoded(tokenizer, triples)).logits[:, 0], wanted
        )
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        mean = 0.97 * mean + 0.03 * loss.item() if step else loss.item()
        if step % 50 == 49:
            print(step + 1, round(mean, 4), flush=True)
        if step % 200 == 199:
            model.save_pretrained(options.to)
    model.save_pretrained(options.to)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("phase", choices=RATE)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--without", type=int)
    options = parser.parse_args()
    torch.set_num_threads(1)
    train(options.phase, options)


if __name__ == "__main__":
    main()
