"""Texts as sums of their tokens' vectors: no network is run, so large data is sieved at the speed of reading it.

A vector says which texts may be near. The encoder, which the table was distilled from, says which are.
"""

from __future__ import annotations

import os
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from typing import TYPE_CHECKING

import numpy as np

from contralint.models.encoder import on_grid
from contralint.models.onnx import TEXTS_PER_BLOCK, readable
from contralint.models.released import checksum, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

UNKNOWN = "[UNK]"
# Few enough for the gathered rows to stay in the processor's cache.
TEXTS_PER_SUM = 16


@dataclass(frozen=True)
class Bags:
    """Tokens of texts, one text after the other.

    Attributes:
        ids: Rows of the table, shape (tokens of all texts,).
        lengths: Tokens of each text, shape (texts,).
    """

    ids: NDArray[np.int32]
    lengths: NDArray[np.int64]


def bags(texts: Sequence[str], tokenizer: Tokenizer) -> Bags:
    """Tokens of texts, where each different word is tokenised once: most words of a dataset stand in it many times."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    split = [text.split() for text in texts]
    words = np.fromiter(map(numbers.__getitem__, chain.from_iterable(split)), np.int64)
    unknown = [tokenizer.token_to_id(UNKNOWN)]
    encodings = tokenizer.encode_batch_fast([readable(word) for word in numbers], add_special_tokens=False)
    pieces = [encoding.ids or unknown for encoding in encodings]
    flat = np.fromiter(chain.from_iterable(pieces), np.int32)
    sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
    ends = np.cumsum(sizes[words])
    # Where the pieces of a word start in `flat`, less where they will stand in the text.
    shift = (np.cumsum(sizes) - sizes)[words] - (ends - sizes[words])
    ids = flat[np.arange(ends[-1] if len(ends) else 0) + np.repeat(shift, sizes[words])]
    last = np.cumsum([0, *map(len, split)])
    return Bags(ids, np.diff(np.concatenate([[0], ends])[last]))


class StaticEncoder:
    """A table from tokens to vectors; a text is the sum of its tokens, at length 1.

    Source: model2vec (Tulkens and van Dongen, 2024), with a table of our own.
    """

    def __init__(self, table: Path, tokenizer: Path, jobs: int | None = None) -> None:
        from tokenizers import Tokenizer

        # Whole numbers: their sums and squares are exact, so a vector is the same to the last bit on any processor.
        self._table = np.load(table, allow_pickle=False).astype(np.float32)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._jobs = jobs or os.cpu_count() or 1
        self.dimension = int(self._table.shape[1])
        self._files = (table, tokenizer)

    @cached_property
    def fingerprint(self) -> str:
        table, tokenizer = map(checksum, self._files)
        return f"static-{table[:16]}-{tokenizer[:8]}"

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), TEXTS_PER_BLOCK):
            block = slice(start, start + TEXTS_PER_BLOCK)
            self._fill(vectors[block], bags(texts[block], self._tokenizer))
            if progress:
                progress(len(vectors[block]))
        return vectors

    def _fill(self, vectors: NDArray[np.float32], found: Bags) -> None:
        present = np.flatnonzero(found.lengths)
        ends = np.cumsum(found.lengths[present])
        starts = ends - found.lengths[present]

        def add(first: int) -> None:
            part = slice(first, first + TEXTS_PER_SUM)
            tokens = self._table[found.ids[starts[first] : ends[part][-1]]]
            vectors[present[part]] = _of_length_one(np.add.reduceat(tokens, starts[part] - starts[first], axis=0))

        with ThreadPoolExecutor(self._jobs) as pool:
            for _ in pool.map(add, range(0, len(present), TEXTS_PER_SUM)):
                pass


def _of_length_one(sums: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(sums.astype(np.float64), axis=1, keepdims=True)
    return on_grid((sums / np.maximum(lengths, 1)).astype(np.float32))


def load_static_encoder(jobs: int | None = None) -> StaticEncoder:
    """The table that ships, read with the encoder's own tokenizer.

    Args:
        jobs: Threads to use; one a processor if None.

    Raises:
        UsageError: The table is missing or damaged.
    """
    return StaticEncoder(shipped("static.npy"), shipped("encoder.json"), jobs)
