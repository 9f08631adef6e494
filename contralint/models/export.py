"""Any SentenceTransformer as int8 ONNX: exported on first use, checked against the original, cached by content.

Later runs read the cached files and import neither torch nor sentence_transformers.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from platformdirs import user_cache_dir

from contralint.errors import MissingExtraError, UsageError
from contralint.models.encoder import OnnxEncoder, on_grid
from contralint.models.onnx import checksum
from contralint.models.quantise import quantise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from contralint.models.encoder import Encoder

GRAPH = "model.onnx"
TOKENIZER = "tokenizer.json"
EXTRA = "sentence-transformers"
# Changes when files written before can no longer be read, or would be written otherwise now.
FORMAT = "1"
OPSET = 17
# int8 keeps a sound model's vectors this near to its own; below, the original itself is run.
LEAST_COSINE = 0.99
SAFE_FILES = ["*.json", "*.txt", "*.model", "*.safetensors"]
UNSAFE_FILES = (".bin", ".pt", ".pth", ".pkl", ".ckpt")
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
    source = find_model(name)
    fingerprint = content_fingerprint(source)
    folder = (cache_dir or Path(user_cache_dir("contralint"))) / "models" / fingerprint
    if not folder.is_dir():
        original = load_original(source)
        drift = _export_into(folder, original)
        if drift.mean < LEAST_COSINE:
            warnings.warn(f"{name}: the int8 export drifts (cosine {drift.mean:.3f}); runs in torch", stacklevel=2)
            return TorchEncoder(original, fingerprint)
    return OnnxEncoder(folder / GRAPH, folder / TOKENIZER, jobs)


def find_model(name: str) -> Path:
    """Folder of a model: the given one, a copy fetched earlier, or one fetched now.

    Raises:
        UsageError: Neither a folder nor to be had from the hub.
        MissingExtraError: The hub's client is not installed.
    """
    if Path(name).is_dir():
        return Path(name)
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError
    except ImportError:
        raise MissingExtraError(f"model {name!r}", EXTRA) from None
    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(snapshot_download(repository, allow_patterns=SAFE_FILES, local_files_only=True))
    except HFValidationError:
        raise UsageError(f"{name}: neither a model's folder nor its name on the Hugging Face hub") from None
    except LocalEntryNotFoundError:
        pass
    try:
        return Path(snapshot_download(repository, allow_patterns=SAFE_FILES))
    except Exception as error:  # the client raises its own, httpx's and the operating system's errors
        reason = str(error).strip().partition("\n")[0]
        raise UsageError(f"{name}: no such folder, and not to be had from the hub: {reason}") from None


def content_fingerprint(source: Path) -> str:
    """Names a model by what its files hold, wherever they lie.

    Raises:
        UsageError: Not a SentenceTransformer's folder, or loading it could run code.
    """
    files = sorted(path for path in source.rglob("*") if path.is_file() and path.suffix in {".json", ".txt"})
    weights = sorted(source.rglob("*.safetensors"))
    for path in source.rglob("*"):
        if path.suffix in UNSAFE_FILES and not any(other.parent == path.parent for other in weights):
            raise UsageError(f"{path}: only safetensors weights are loaded, since this format can run code")
    if not weights or not (source / "modules.json").is_file():
        raise UsageError(f"{source}: not a SentenceTransformer's folder (modules.json and *.safetensors)")
    if not all(kind.startswith("sentence_transformers.") for kind in _module_types(source / "modules.json")):
        raise UsageError(f"{source / 'modules.json'}: names code of its own, which is not run")
    parts = [f"{path.relative_to(source).as_posix()} {checksum(path)}" for path in [*files, *weights]]
    return hashlib.sha256("\n".join([FORMAT, *parts]).encode()).hexdigest()[:16]


def _module_types(modules: Path) -> list[str]:
    try:
        return [str(module["type"]) for module in json.loads(modules.read_text(encoding="utf-8"))]
    except (ValueError, TypeError, KeyError):
        raise UsageError(f"{modules}: cannot be read") from None


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
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise UsageError(f"{source}: cannot be loaded: {str(error).partition(chr(10))[0]}") from None


def _export_into(folder: Path, original: Any) -> Drift:  # noqa: ANN401
    """Exports beside `folder`, then renames, so that no reader meets half a model. Keeps nothing that drifts."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        made = Path(scratch) / folder.name
        made.mkdir()
        drift = export(original, made)
        if drift.mean >= LEAST_COSINE and not folder.is_dir():
            made.rename(folder)
    return drift


def export(original: Any, folder: Path, samples: Sequence[str] = SAMPLES) -> Drift:  # noqa: ANN401
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


def trace(module: Any, inputs: list[str], target: Path) -> None:  # noqa: ANN401
    """Writes a torch module of token tensors, each (texts, tokens), as a float32 ONNX graph of one output."""
    import torch

    example = torch.ones((2, 8), dtype=torch.long)
    axes = {name: {0: "texts", 1: "tokens"} for name in inputs} | {"output": {0: "texts"}}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # tracing warns of shapes that are constant for a good reason
        torch.onnx.export(
            module.eval(),
            (example,) * len(inputs),
            str(target),
            input_names=inputs,
            output_names=["output"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def _pooled(original: Any) -> Any:  # noqa: ANN401
    """A SentenceTransformer as a function of plain tensors: its own modules in their order, then length 1."""
    import torch

    class Pooled(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.original = original

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:  # noqa: ANN401
            features = self.original({"input_ids": input_ids, "attention_mask": attention_mask})
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)

    return Pooled()


def _vectors(original: Any, texts: Sequence[str]) -> NDArray[np.float32]:  # noqa: ANN401
    vectors = original.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(vectors, np.float32)
