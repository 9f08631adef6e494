"""Two answers to one question, with whether both can be right: what the judge learns from."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class AnswerPair:
    """Two answers to one question.

    Attributes:
        question: What is asked, "" where two statements stand alone.
        left: One answer.
        right: The other.
        conflict: Whether not both can be right.
        source: Where it comes from.
        group: What must stay on one side of a split: the question, mostly.
    """

    question: str
    left: str
    right: str
    conflict: bool
    source: str
    group: str


def rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSONL file, packed or not."""
    read = gzip.open if path.suffix == ".gz" else open
    with read(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def split(pairs: Iterable[AnswerPair], fold: int, folds: int) -> Iterator[tuple[AnswerPair, bool]]:
    """Each pair with whether it is held apart, the same for all pairs of a group."""
    for pair in pairs:
        yield pair, sum(pair.group.encode()) % folds == fold
