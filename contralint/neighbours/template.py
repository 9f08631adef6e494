"""What of a text is embedded: its own words, without the template that it shares with many others.

Only vectors are made of this; every decision reads the whole text.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# A shared beginning or end is a template in this many texts. A count, not a share of the data: a row added elsewhere
# does not move it.
TEMPLATE_TEXTS = 16
# Lengths in words at which beginnings and ends are compared: the last words of a long template may stay, which blur
# little.
LEVELS = (*range(12, 192), *range(192, 513, 16))
# About 128 tokens, the length that the encoder was trained on: more costs time and blurs the vector, and decisions read
# the whole text anyway. Prompts often end in their question, so the end is kept too.
HEAD_WORDS = 64
TAIL_WORDS = 32

Edges = NDArray[np.uint32]


def distinctive(texts: Sequence[str]) -> list[str]:
    """Each text without the template around it, and without its middle where it is longer than an encoder's window.

    Args:
        texts: Texts that differ.

    Returns:
        What to embed, in the same order. Some words are always left: those after the template, or its last ones.
    """
    edges = edges_of(texts)
    return [without_template(text, cut) for text, cut in zip(texts, cuts(edges).tolist(), strict=True)]


def edges_of(texts: Sequence[str]) -> Edges:
    """Hashes of the beginnings, then of the ends, of each text at each level; 0 beyond its length.

    Returns:
        Shape (texts, 2 levels).
    """
    width = len(LEVELS)
    edges = np.zeros((len(texts), 2 * width), np.uint32)
    for row, text in zip(edges, texts, strict=True):
        # Split as text, which knows more kinds of white space than bytes do.
        head, tail = text.split(None, LEVELS[-1]), text.rsplit(None, LEVELS[-1])
        reached = sum(level < len(head) for level in LEVELS)
        row[:reached] = _chained(head, reached)
        row[width : width + reached] = _chained(tail[::-1], reached)
    return edges


def cuts(edges: Edges) -> NDArray[np.int64]:
    """Words of template at the beginning and at the end of each text, shape (texts, 2)."""
    half = len(LEVELS)
    return np.column_stack([_longest_shared(edges[:, :half]), _longest_shared(edges[:, half:])])


def without_template(text: str, cut: Sequence[int]) -> str:
    """What to embed of a text whose template has so many words at its beginning and at its end."""
    words = text.split()
    start, end = cut
    own = words[start : len(words) - end] or words
    if len(own) > HEAD_WORDS + TAIL_WORDS:
        own = own[:HEAD_WORDS] + own[-TAIL_WORDS:]
    return " ".join(own)


def _longest_shared(edges: Edges) -> NDArray[np.int64]:
    _, member, count = np.unique(edges, return_inverse=True, return_counts=True)
    shared = (count[member.reshape(edges.shape)] >= TEMPLATE_TEXTS) & (edges != 0)
    longest: NDArray[np.int64] = np.max(np.where(shared, np.array(LEVELS), 0), axis=1, initial=0)
    return longest


def _chained(words: Sequence[str], reached: int) -> list[int]:
    """A hash of the first words up to each of the first levels; never 0, which stands for nothing."""
    found, chained, done = [], 0, 0
    for level in LEVELS[:reached]:
        told = words[done] if level == done + 1 else " ".join(words[done:level])
        chained = zlib.crc32(told.encode("utf-8", "surrogatepass"), chained)
        found.append(chained | 1)
        # A word's end counts too: "ab c" is not "a bc".
        chained = zlib.crc32(b" ", chained)
        done = level
    return found
