"""Exact duplicates, collapsed before anything is embedded: a thousand copies would fill every neighbour list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from contralint.cache import digest
from contralint.words import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Collapsed:
    """Texts that differ, and which of them each given text is.

    Attributes:
        unique: One text of each kind, in an order that the order of the given texts does not touch.
        keys: What tells each of them from all others, ascending, shape (unique,) of 16 bytes.
        member_of: Position in `unique` of each given text, shape (texts,).
    """

    unique: tuple[str, ...]
    keys: tuple[bytes, ...]
    member_of: NDArray[np.int64]


def collapse(texts: Sequence[str]) -> Collapsed:
    """Collapses texts that are equal once normalised; of equal texts, one that no other text's place decides."""
    keys = [key_of(text) for text in texts]
    chosen: dict[bytes, str] = {}
    for key, text in zip(keys, texts, strict=True):
        chosen[key] = chosen_of(chosen.get(key, text), text)
    ordered = sorted(chosen)
    position = {key: at for at, key in enumerate(ordered)}
    members = np.fromiter((position[key] for key in keys), np.int64, len(keys))
    return Collapsed(tuple(chosen[key] for key in ordered), tuple(ordered), members)


def key_of(text: str) -> bytes:
    """What a text shares with those that are equal to it once normalised."""
    return digest(normalise(text))


def chosen_of(one: str, other: str) -> str:
    """Which of two equal texts stands for both."""
    return one if one == other else min(one, other, key=digest)
