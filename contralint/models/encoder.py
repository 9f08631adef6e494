"""Texts as vectors: the encoder that ships, and the protocol that any other meets."""

from __future__ import annotations

import zlib
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

import numpy as np

from contralint.models.onnx import TokenModel
from contralint.models.released import checksum, released_sum, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

# Steps in which vectors are rounded. Products of two such numbers are multiples of 2**-24, which float32 adds without
# error up to 1: a similarity is the same in whatever order, and on whatever index, it is summed.
GRID = 4096
RELEASED_DIMENSION = 384  # of the encoder that ships


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their similarity.

    Attributes:
        dimension: Numbers a vector.
    """

    dimension: int

    @property
    def fingerprint(self) -> str:
        """Names the weights and settings: vectors of equal fingerprints may be mixed and cached."""
        ...

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Vectors, one row a text, of length 1; zero for an empty text. All numbers are multiples of 1/4096.

        A text's vector depends on nothing but the text.

        Args:
            texts: What to encode.
            progress: Called with the number of texts done since the last call.
        """
        ...


def on_grid(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors rounded to multiples of 1/4096."""
    return (np.rint(vectors * GRID) / GRID).astype(np.float32)


class OnnxEncoder:
    """An exported sentence encoder, run by onnxruntime.

    Source: the shipped one is all-MiniLM-L6-v2 (Reimers and Gurevych, 2019; Wang et al., 2020).
    """

    def __init__(self, graph: Path, tokenizer: Path, jobs: int | None = None) -> None:
        self._model = TokenModel(graph, tokenizer, jobs)
        self.dimension = self._model.width
        self._files = (graph, tokenizer)

    @cached_property
    def fingerprint(self) -> str:
        return _fingerprint(*map(checksum, self._files))

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        vectors = on_grid(self._model.run(texts, progress))
        vectors[[not text.strip() for text in texts]] = 0
        return vectors


def released_fingerprint() -> str:
    """The fingerprint of the encoder that ships, without loading it."""
    return _fingerprint(released_sum("encoder.onnx"), released_sum("encoder.json"))


def _fingerprint(graph: str, tokenizer: str) -> str:
    return f"{graph[:16]}-{tokenizer[:8]}"


class HashEncoder:
    """A bag of hashed words and word pairs: no weights, for tests and as a floor to measure against."""

    def __init__(self, dimension: int = 256) -> None:
        self.dimension = dimension
        self.fingerprint = f"hash-{dimension}"

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            words = text.casefold().split()
            for feature in (*words, *map(" ".join, pairwise(words))):
                vector[zlib.crc32(feature.encode("utf-8", "replace")) % self.dimension] += 1
        if progress:
            progress(len(texts))
        return on_grid(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))


def load_encoder(name: str | None = None, cache_dir: Path | None = None, jobs: int | None = None) -> Encoder:
    """The encoder that ships, or any SentenceTransformer.

    Args:
        name: Name or folder of a SentenceTransformer; it is exported on first use. None for the one that ships.
        cache_dir: Where exported models are kept; the user's cache folder if None.
        jobs: Threads to use; one a processor if None.

    Raises:
        UsageError: The model is missing or damaged, or the extra that exports it is not installed.
    """
    if name is None:
        return OnnxEncoder(shipped("encoder.onnx"), shipped("encoder.json"), jobs)
    from contralint.models.export import exported_encoder

    return exported_encoder(name, cache_dir, jobs)
