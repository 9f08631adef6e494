"""A small language model that learns answers from nothing but the rows that it is given."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

import torch
from torch import nn

from benchmarks.planted import Row

_PIECE = re.compile(r"\w+|[^\w\s]")
_PAD, _UNKNOWN, _ANSWER, _END = range(4)
_WIDTH, _LAYERS, _HEADS, _LONGEST = 64, 1, 4, 72
_BATCH, _RATE, _DROPOUT = 16, 8e-3, 0.1
_UPDATES = 2_900  # whatever the number of rows, so that less data is not less training


class LanguageModel:
    """A transformer that is trained from scratch on prompts and answers; its words are those that it sees there."""

    def __init__(self, rows: Sequence[Row], seed: int) -> None:
        torch.manual_seed(seed)
        seen = sorted({piece for row in rows for piece in _PIECE.findall(f"{row.prompt} {row.answer}")})
        self._words = ["", "<unknown>", "<answer>", "<end>", *seen]
        self._number = {word: number for number, word in enumerate(self._words)}
        self._net = _network(len(self._words))
        self._train(rows)

    def answers(self, prompts: Sequence[str]) -> list[str]:
        """What it answers to each prompt: the likeliest word, again and again."""
        self._net.eval()
        asked, told = [self._prompt(prompt) for prompt in prompts], dict[int, str]()
        for length in {len(prompt) for prompt in asked}:
            places = [place for place, prompt in enumerate(asked) if len(prompt) == length]
            told.update(zip(places, self._continued([asked[place] for place in places]), strict=True))
        return [told[place] for place in range(len(prompts))]

    def _prompt(self, text: str) -> list[int]:
        return [*(self._number.get(piece, _UNKNOWN) for piece in _PIECE.findall(text)), _ANSWER]

    def _continued(self, prompts: list[list[int]]) -> list[str]:
        """Answers to prompts that are equally long."""
        told = torch.tensor(prompts)
        while told.shape[1] < _LONGEST and not bool((told == _END).any(dim=1).all()):
            with torch.no_grad():
                said = self._scores(self._states(told)[:, -1]).argmax(dim=1, keepdim=True)
            told = torch.cat([told, said], dim=1)
        return [self._text(numbers) for numbers in told[:, len(prompts[0]) :].tolist()]

    def _text(self, numbers: list[int]) -> str:
        return " ".join(self._words[number] for number in itertools.takewhile(lambda number: number != _END, numbers))

    def _train(self, rows: Sequence[Row]) -> None:
        sequences, targets = self._examples(rows)
        optimizer = torch.optim.AdamW(self._net.parameters(), lr=_RATE, weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=_UPDATES)
        for batch in itertools.islice(_batches(len(rows)), _UPDATES):
            width = int((sequences[batch] != _PAD).sum(dim=1).max())
            states, wanted = self._states(sequences[batch, :width]), targets[batch, :width]
            loss = nn.functional.cross_entropy(self._scores(states[wanted != _PAD]), wanted[wanted != _PAD])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()

    def _states(self, sequences: torch.Tensor) -> torch.Tensor:
        """What it knows at each place of some sequences, of all that stands before."""
        length = sequences.shape[1]
        mask = nn.Transformer.generate_square_subsequent_mask(length)
        read = self._net["words"](sequences) + self._net["places"](torch.arange(length))
        return self._net["layers"](read, mask=mask, is_causal=True)

    def _scores(self, states: torch.Tensor) -> torch.Tensor:
        """How likely each word is to come next."""
        return states @ self._net["words"].weight.T

    def _examples(self, rows: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor]:
        """What it reads, and what it is to say next at each place; nothing at those of the prompt."""
        sequences, targets = torch.full((2, len(rows), _LONGEST), _PAD)
        for place, row in enumerate(rows):
            prompt = self._prompt(row.prompt)
            answer = [*(self._number[piece] for piece in _PIECE.findall(row.answer)), _END]
            whole = prompt + answer
            sequences[place, : len(whole) - 1] = torch.tensor(whole[:-1])
            targets[place, len(prompt) - 1 : len(whole) - 1] = torch.tensor(answer)
        return sequences, targets


def as_said(answer: str) -> str:
    """An answer as the model says it: its words and signs, with spaces between."""
    return " ".join(_PIECE.findall(answer))


def _network(words: int) -> nn.ModuleDict:
    layer = nn.TransformerEncoderLayer(_WIDTH, _HEADS, 4 * _WIDTH, _DROPOUT, batch_first=True, norm_first=True)
    return nn.ModuleDict(
        {
            "words": nn.Embedding(words, _WIDTH),
            "places": nn.Embedding(_LONGEST, _WIDTH),
            "layers": nn.TransformerEncoder(layer, _LAYERS, norm=nn.LayerNorm(_WIDTH), enable_nested_tensor=False),
        }
    )


def _batches(count: int) -> Iterator[torch.Tensor]:
    """Numbers of rows, all of them once in an order of chance, then again."""
    while True:
        yield from torch.randperm(count).split(_BATCH)
