"""Any SentenceTransformer as int8 ONNX: exported on first use, checked against the original, cached by content.

Later runs read the cached files and import neither torch nor sentence_transformers.
"""

from __future__ import annotations

import contextlib
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from contralint.errors import MissingExtraError, UsageError
from contralint.models.checkpoint import EXTRA, SENTENCE_ENCODER, content_fingerprint, export_folder, find_model
from contralint.models.encoder import OnnxEncoder, on_grid
from contralint.models.quantise import quantise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from contralint.models.encoder import Encoder

GRAPH = "model.onnx"
TOKENIZER = "tokenizer.json"
OPSET = 17
# int8 keeps a sound model's vectors this near to its own; below, the original itself is run.
LEAST_COSINE = 0.99
SAMPLES = (
    "How do I reset my password?",
    "What is the boiling point of water at sea level?",
    "Is it safe to take ibuprofen and paracetamol together?",
    "Is it unsafe to take ibuprofen and paracetamol together?",
    "Set an alarm for 7:00 AM tomorrow.",
    "Write a short poem about autumn.",
    "def add(a, b):\n    return a + b\n\nWhat does this function do?",
    "Übersetze ins Englische: Guten Morgen!",
    "Who won?",
    "Summarise the following report for the board. " + "Revenue rose by 4 percent in the third quarter. " * 12,
)


@dataclass(frozen=True)
class Drift:
    """How near exported vectors stay to the original's on sample texts, as cosines."""

    mean: float
    least: float


class TorchEncoder:
    """A SentenceTransformer run as it is, for models that do not survive the export."""

    def __init__(self, original: Any, fingerprint: str) -> None:  # noqa: ANN401 - an optional extra's type
        self._original = original
        self.dimension = int(_vectors(original, SAMPLES[:1]).shape[1])
        self.fingerprint = f"torch-{fingerprint}"

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        present = [at for at, text in enumerate(texts) if text.strip()]
        if present:
            vectors[present] = on_grid(_vectors(self._original, [texts[at] for at in present]))
        if progress:
            progress(len(texts))
        return vectors


def exported_encoder(name: str, cache_dir: Path | None = None, jobs: int | None = None) -> Encoder:
    """The encoder of a SentenceTransformer, from the cache if it was exported before.

    Args:
        name: Folder of a model, or its name on the Hugging Face hub.
        cache_dir: Where exported models are kept; the user's cache folder if None.
        jobs: Threads to use; one a processor if None.

    Raises:
        UsageError: There is no such model, or it is not one of plain weights.
        MissingExtraError: It must be exported first, and the extra for that is not installed.
    """
    source = find_model(name, SENTENCE_ENCODER)
    fingerprint = content_fingerprint(source, SENTENCE_ENCODER)
    folder = export_folder(fingerprint, cache_dir)
    if not folder.is_dir():
        original = load_original(source)
        with half_made(folder) as made:
            drift = export(original, made)
            sound = drift.mean >= LEAST_COSINE
            if sound:
                keep(made, folder)
        if not sound:
            warnings.warn(f"{name}: the int8 export drifts (cosine {drift.mean:.3f}); runs in torch", stacklevel=2)
            return TorchEncoder(original, fingerprint)
    return OnnxEncoder(folder / GRAPH, folder / TOKENIZER, jobs)


def load_original(source: Path) -> Any:  # noqa: ANN401 - an optional extra's type
    """The SentenceTransformer in a folder, on the processor, from safetensors alone.

    Raises:
        UsageError: It cannot be loaded.
        MissingExtraError: The extra is not installed.
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise MissingExtraError(f"exporting {source}", EXTRA) from None
    plain = {"use_safetensors": True, "attn_implementation": "eager"}
    try:
        return SentenceTransformer(
            str(source), device="cpu", local_files_only=True, trust_remote_code=False, model_kwargs=plain
        )
    except Exception as error:  # the libraries have no errors of their own for what a folder may hold
        raise UsageError(f"{source}: cannot be loaded: {str(error).partition(chr(10))[0]}") from None


@contextlib.contextmanager
def half_made(folder: Path) -> Iterator[Path]:
    """A folder beside `folder` to export into, gone afterwards unless it is kept."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        made = Path(scratch) / folder.name
        made.mkdir()
        yield made


def keep(made: Path, folder: Path) -> None:
    """Puts an export in its place whole, so that no reader meets half a model; one made meanwhile stays."""
    if not folder.is_dir():
        made.rename(folder)


def export(original: Any, folder: Path, samples: Sequence[str] = SAMPLES) -> Drift:  # noqa: ANN401 (torch comes without types)
    """Writes a SentenceTransformer's int8 graph and tokenizer to a folder, and compares the two on sample texts."""
    original.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    window = int(original.max_seq_length or 512)
    with tempfile.TemporaryDirectory() as scratch:
        graph = Path(scratch) / GRAPH
        trace(_pooled(original), ["input_ids", "attention_mask"], graph)
        quantise(graph, folder / GRAPH, {"window": str(window)})
    ours = OnnxEncoder(folder / GRAPH, folder / TOKENIZER, jobs=1).encode(samples)
    cosines = (ours * _vectors(original, samples)).sum(axis=1)
    return Drift(mean=float(cosines.mean()), least=float(cosines.min()))


def trace(module: Any, inputs: list[str], target: Path) -> None:  # noqa: ANN401 (torch comes without types)
    """Writes a torch module of token tensors, each (texts, tokens), as a float32 ONNX graph of one output."""
    import torch

    example = torch.ones((2, 8), dtype=torch.long)
    axes = {name: {0: "texts", 1: "tokens"} for name in inputs} | {"output": {0: "texts"}}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # tracing warns of shapes that are constant for a good reason
        torch.onnx.export(
            module.train(mode=False),
            (example,) * len(inputs),
            str(target),
            input_names=inputs,
            output_names=["output"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def _pooled(original: Any) -> Any:  # noqa: ANN401 (torch comes without types)
    """A SentenceTransformer as a function of plain tensors: its own modules in their order, then length 1."""
    import torch

    class Pooled(torch.nn.Module):  # type: ignore[misc] # torch comes without types
        def __init__(self) -> None:
            super().__init__()
            self.original = original

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:  # noqa: ANN401 (torch comes without types)
            features = self.original({"input_ids": input_ids, "attention_mask": attention_mask})
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)

    return Pooled()


def _vectors(original: Any, texts: Sequence[str]) -> NDArray[np.float32]:  # noqa: ANN401 (torch comes without types)
    vectors = original.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(vectors, np.float32)
