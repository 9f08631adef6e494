"""Training data in which a share of rows contradicts the others, and prompts held apart from it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import yaml

from benchmarks.generate import Phrasebook

_BOOK: Final = Path(__file__).with_name("training_effect.yaml")
_ITEMS = 18  # of each family
_HELD_APART = 2  # wordings of each item


@dataclass(frozen=True)
class Row:
    """A row to train on.

    Attributes:
        item: Number of the item that it asks about.
        wrong: Whether its answer is not the right one.
    """

    item: int
    prompt: str
    answer: str
    wrong: bool = False


@dataclass(frozen=True)
class Item:
    """Something that is asked, and the one right answer.

    Attributes:
        prompts: Wordings to train on.
        held_apart: Wordings to test with.
        right: The right answer.
        wrong: The one that wrong rows give.
    """

    prompts: tuple[str, ...]
    held_apart: tuple[str, ...]
    right: str
    wrong: str


class Dataset:
    """Items, of which some are contradicted.

    Attributes:
        items: All items; their places are their numbers.
        clean: Rows, all right.
        contradicting: The same rows, some of them wrong.
        contradicted: Numbers of the items that have wrong rows.
    """

    def __init__(self, seed: int, *, items: float, rows: float) -> None:
        """Makes one.

        Args:
            seed: Decides all that is chosen by chance.
            items: Share of items that wrong rows are planted in.
            rows: Share of wrong rows among theirs, each decided on its own.
        """
        rng = random.Random(seed)
        self.items = list(_items(rng))
        self.clean = [Row(at, prompt, item.right) for at, item in enumerate(self.items) for prompt in item.prompts]
        rng.shuffle(self.clean)
        chosen = set(rng.sample(range(len(self.items)), round(items * len(self.items))))
        self.contradicting = [
            replace(row, answer=self.items[row.item].wrong, wrong=True)
            if row.item in chosen and rng.random() < rows
            else row
            for row in self.clean
        ]
        self.contradicted = {row.item for row in self.contradicting if row.wrong}


def majority(rows: Sequence[Row]) -> list[Row]:
    """The rows whose answer is the one that more than half of the rows of their item give."""
    answers = Counter((row.item, row.answer) for row in rows)
    asked = Counter(row.item for row in rows)
    return [row for row in rows if 2 * answers[row.item, row.answer] > asked[row.item]]


def _items(rng: random.Random) -> Iterator[Item]:
    """As many items of each family as there are to be, no two of which ask the same."""
    phrasebook, seen = Phrasebook(), set[str]()
    for family in yaml.safe_load(_BOOK.read_text(encoding="utf-8")):
        wanted = len(seen) + _ITEMS
        while len(seen) < wanted:
            item, asked = _item(family, phrasebook, rng)
            if asked not in seen:
                seen.add(asked)
                yield item


def _item(family: dict[str, Any], phrasebook: Phrasebook, rng: random.Random) -> tuple[Item, str]:
    """An item, and its first wording."""
    values: dict[str, str] = {}
    asked = [phrasebook.filled(phrasing, rng, values) for phrasing in family["phrasings"]]
    right = wrong = phrasebook.filled(family["right"], rng, dict(values))
    while wrong == right:
        wrong = phrasebook.filled(family["wrong"], rng, dict(values))
    mixed = rng.sample(asked, len(asked))
    return Item(tuple(mixed[_HELD_APART:]), tuple(mixed[:_HELD_APART]), right, wrong), asked[0]
