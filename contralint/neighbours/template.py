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
        Shape (texts, 2 levels), as far as the longest text reaches.
    """
    ends = [(text.split(None, LEVELS[-1]), text.rsplit(None, LEVELS[-1])) for text in texts]
    reached = [sum(level < len(head) for level in LEVELS) for head, _ in ends]
    edges = np.zeros((len(texts), 2, max(reached, default=0)), np.uint32)
    for row, (head, tail), length in zip(edges, ends, reached, strict=True):
        row[0, :length] = _chained(head, length)
        row[1, :length] = _chained(tail[::-1], length)
    return edges.reshape(len(texts), 2 * edges.shape[2])


def aligned(rows: Sequence[Edges]) -> Edges:
    """Edges of single texts, each as far as it was made to reach, as one array."""
    edges = np.zeros((len(rows), 2, max(map(len, rows), default=0) // 2), np.uint32)
    for row, found in zip(edges, rows, strict=True):
        row[:, : len(found) // 2] = found.reshape(2, -1)
    return edges.reshape(len(rows), 2 * edges.shape[2])


def widened(edges: Edges, width: int) -> Edges:
    """Edges with room for so many levels, twice; what is there stays."""
    there = edges.reshape(len(edges), 2, edges.shape[1] // 2)
    return np.pad(there, ((0, 0), (0, 0), (0, width // 2 - there.shape[2]))).reshape(len(edges), width)


def cuts(edges: Edges) -> NDArray[np.int64]:
    """Words of template at the beginning and at the end of each text, shape (texts, 2)."""
    half = edges.shape[1] // 2
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
    longest = np.zeros(len(edges), np.int64)
    # Level by level: hashes of all levels together would meet by chance in large data, and fill the memory.
    for level, column in zip(LEVELS, edges.T, strict=False):
        _, member, count = np.unique(column, return_inverse=True, return_counts=True)
        longest[(count[member] >= TEMPLATE_TEXTS) & (column != 0)] = level
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
