"""What of a text is embedded: its own words, without the template that it shares with many others.

Only vectors are made of this; every decision reads the whole text.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

if TYPE_CHECKING:
    from collections.abc import Sequence

# A shared beginning or end is a template from this many words, in this many texts. Counts, not shares of the data: a
# row added elsewhere moves neither.
TEMPLATE_WORDS = 12
TEMPLATE_TEXTS = 16
# About 128 tokens, the length that the encoder was trained on: more costs time and blurs the vector, and decisions read
# the whole text anyway. Prompts often end in their question, so the end is kept too.
HEAD_WORDS = 64
TAIL_WORDS = 32


def distinctive(texts: Sequence[str]) -> list[str]:
    """Each text without the template around it, and without its middle where it is longer than an encoder's window.

    Args:
        texts: Texts that differ.

    Returns:
        What to embed, in the same order. A text that is nothing but template stays whole.
    """
    plain = [" ".join(text.split()) for text in texts]
    starts = _shared_starts(plain)
    ends = _shared_starts([text[::-1] for text in plain])
    return [
        _within_window(text[start : len(text) - end].strip() or text)
        for text, start, end in zip(plain, starts, ends, strict=True)
    ]


def _within_window(text: str) -> str:
    words = text.split()
    if len(words) <= HEAD_WORDS + TAIL_WORDS:
        return text
    return " ".join(words[:HEAD_WORDS] + words[-TAIL_WORDS:])


def _shared_starts(texts: list[str]) -> list[int]:
    """Length of the longest beginning that each text shares with enough others, in characters; 0 if it is too short.

    Sorted, texts with a common beginning stand together: what a run of neighbours shares is the least that any two
    adjacent ones of it share, and a text's beginning is the most that any run over it shares.
    """
    if len(texts) < TEMPLATE_TEXTS:
        return [0] * len(texts)
    order = sorted(range(len(texts)), key=texts.__getitem__)
    adjacent = np.array([_common(texts[a], texts[b]) for a, b in pairwise(order)], np.int64)
    runs = sliding_window_view(adjacent, TEMPLATE_TEXTS - 1).min(axis=1)
    shared = np.zeros(len(texts), np.int64)
    shared[order] = sliding_window_view(np.pad(runs, TEMPLATE_TEXTS - 1), TEMPLATE_TEXTS).max(axis=1)
    return [_whole_words(text, length) for text, length in zip(texts, shared.tolist(), strict=True)]


def _common(first: str, second: str) -> int:
    """Length of the common beginning, by halving: comparing slices is far quicker than comparing characters."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _whole_words(text: str, length: int) -> int:
    """The part of a shared beginning that ends between words; 0 if too few, or if the text is nothing else."""
    end = text.rfind(" ", 0, length) + 1
    return end if length < len(text) and text.count(" ", 0, end) >= TEMPLATE_WORDS else 0
