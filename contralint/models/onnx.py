"""Running token models: tokenizer and onnxruntime session as one."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

# Enough work for one run of the graph to outweigh its overhead, small enough to stay in the processor's cache.
TOKENS_PER_BATCH = 512
# Tokenised texts held in memory at a time.
TEXTS_PER_BLOCK = 65_536


class TokenModel:
    """An ONNX graph from tokens to one row of numbers a text.

    Only texts of equal token length share a run, so that nothing is padded and a text's row is the same to the last
    bit whatever it is run with.

    Attributes:
        width: Numbers a text.
        window: Tokens read of a text; the rest is cut.
    """

    def __init__(self, graph: Path, tokenizer: Path, jobs: int | None = None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        # Batches run side by side instead: one thread each keeps sums in one order and wastes no waiting.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_mem_pattern = False
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._inputs = [node.name for node in self._session.get_inputs()]
        self._jobs = jobs or os.cpu_count() or 1
        self.width = int(self._session.get_outputs()[0].shape[-1])
        self.window = int(self._session.get_modelmeta().custom_metadata_map["window"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self.window)

    def run(
        self, texts: Sequence[str] | Sequence[tuple[str, str]], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Rows of texts, or of pairs of texts, in their order.

        Args:
            texts: What to read.
            progress: Called with the number of texts done since the last call.
        """
        rows = np.zeros((len(texts), self.width), np.float32)
        for start in range(0, len(texts), TEXTS_PER_BLOCK):
            block = slice(start, start + TEXTS_PER_BLOCK)
            self._fill(rows[block], texts[block], progress)
        return rows

    def _fill(
        self,
        rows: NDArray[np.float32],
        texts: Sequence[str] | Sequence[tuple[str, str]],
        progress: Callable[[int], None] | None,
    ) -> None:
        encodings = self._tokenizer.encode_batch_fast([readable(text) for text in texts])
        tokens = [_Tokens(encoding) for encoding in encodings]

        def run(batch: NDArray[np.intp]) -> int:
            rows[batch] = self._session.run(None, self._feed([tokens[at] for at in batch]))[0].reshape(len(batch), -1)
            return len(batch)

        with ThreadPoolExecutor(self._jobs) as pool:
            for done in pool.map(run, _batches(np.array([len(item.ids) for item in tokens]))):
                if progress:
                    progress(done)

    def _feed(self, tokens: list[_Tokens]) -> dict[str, NDArray[np.int64]]:
        ids = np.stack([item.ids for item in tokens]).astype(np.int64)
        parts = np.stack([item.parts for item in tokens]).astype(np.int64)
        known = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": parts}
        return {name: known[name] for name in self._inputs}


def readable(text: str | tuple[str, str]) -> str | tuple[str, str]:
    """The text, with "?" for what UTF-8 cannot hold: JSON may spell half of a surrogate pair."""
    if isinstance(text, str):
        return text.encode("utf-8", "replace").decode("utf-8")
    return text[0].encode("utf-8", "replace").decode("utf-8"), text[1].encode("utf-8", "replace").decode("utf-8")


class _Tokens:
    """What a model reads of one text, in a tenth of the tokenizer's own memory."""

    __slots__ = ("ids", "parts")

    def __init__(self, encoding: Any) -> None:  # noqa: ANN401 - tokenizers has no public type for it
        self.ids = np.array(encoding.ids, np.int32)
        self.parts = np.array(encoding.type_ids, np.int8)


def _batches(lengths: NDArray[np.int64]) -> Iterator[NDArray[np.intp]]:
    """Positions of texts of one length each, the longest first so that the last ones end together."""
    order = np.argsort(-lengths, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(lengths[order])) + 1):
        size = max(1, TOKENS_PER_BATCH // max(1, int(lengths[group[0]]))) if len(group) else 1
        yield from (group[start : start + size] for start in range(0, len(group), size))
