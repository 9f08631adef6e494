"""Any CrossEncoder as a judge: exported to int8 ONNX on first use, checked against the original, cached by content.

Models of natural language inference answer with their probability of contradiction, models of one logit with its
sigmoid. Later runs read the cached files and do not import torch.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from contralint.errors import MissingExtraError, UsageError
from contralint.models.checkpoint import CROSS_ENCODER, EXTRA, content_fingerprint, export_folder, find_model
from contralint.models.export import GRAPH, TOKENIZER, half_made, keep, trace
from contralint.models.judge import Triple
from contralint.models.onnx import TokenModel
from contralint.models.quantise import quantise

if TYPE_CHECKING:
    from numpy.typing import NDArray

# int8 keeps a sound model's probabilities this near to its own on the sample texts; beyond, the original itself runs.
LARGEST_DRIFT = 0.03
LONGEST = 512  # tokens; the cost of a pair grows with their square
_BATCH = 32
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_DECIMALS = 4  # what padding changes in torch lies below
SAMPLES: tuple[Triple, ...] = (
    ("What is the capital of Australia?", "Canberra", "Sydney"),
    ("What is the capital of Australia?", "It is Canberra.", "The capital of Australia is Canberra."),
    ("Can sharks get cancer?", "Yes, sharks can get cancer.", "No, sharks cannot get cancer."),
    ("How long should I boil an egg?", "About seven minutes.", "Seven minutes or so, for a firm yolk."),
    ("", "The price will increase.", "The price will decrease."),
    ("Wie heißt die Hauptstadt von Österreich?", "Wien", "Salzburg"),
    ("Who wrote Emma?", "Jane Austen wrote it. " + "It was published in 1815. " * 12, "Charlotte Brontë."),
    ("def add(a, b): return a + b\nWhat does add(2, 3) give?", "5", "`6`"),
)


class CrossEncoderJudge:
    """Reads question and answer against the other answer, in both orders: the mean of the two probabilities."""

    def __init__(self, read: Callable[[Sequence[tuple[str, str]]], NDArray[np.float64]]) -> None:
        self._read = read

    def probability(self, triples: Sequence[Triple]) -> NDArray[np.float64]:
        if not triples:
            return np.zeros(0)
        # One order for both: what a batch is padded to cannot tell a pair from its mirror image.
        ordered = [(question, *sorted(answers)) for question, *answers in triples]
        ways = [*(texts(*triple) for triple in ordered), *(texts(one[0], one[2], one[1]) for one in ordered)]
        found = self._read(ways)
        return np.asarray((found[: len(triples)] + found[len(triples) :]) / 2)


def texts(question: str, left: str, right: str) -> tuple[str, str]:
    """Premise and hypothesis: the question with one answer, the other answer."""
    return (f"Q: {question} A: {left}" if question else left), right


def exported_judge(name: str, cache_dir: Path | None = None, jobs: int | None = None) -> CrossEncoderJudge:
    """The judge that a CrossEncoder makes, from the cache if it was exported before.

    Args:
        name: Folder of a model, or its name on the Hugging Face hub.
        cache_dir: Where exported models are kept; the user's cache folder if None.
        jobs: Threads to use; one a processor if None.

    Raises:
        UsageError: There is no such model, it is no cross-encoder of plain weights, or none of its labels is
            contradiction.
        MissingExtraError: It must be exported first, and the extra for that is not installed.
    """
    source = find_model(name, CROSS_ENCODER)
    folder = export_folder(content_fingerprint(source, CROSS_ENCODER), cache_dir)
    if not folder.is_dir():
        original = load_original(source)
        try:
            with half_made(folder) as made:
                drift = export(original, made)
                if drift <= LARGEST_DRIFT:
                    keep(made, folder)
            problem = f"the int8 export drifts (by {drift:.3f})" if drift > LARGEST_DRIFT else ""
        except Exception as error:  # the exporter raises what it likes; the original runs all the same
            problem = f"cannot be exported ({str(error).strip().partition(chr(10))[0]})"
        if problem:
            warnings.warn(f"{name}: {problem}; runs in torch", stacklevel=2)
            return CrossEncoderJudge(original.read)
    return CrossEncoderJudge(_reading(folder, jobs))


def _reading(folder: Path, jobs: int | None) -> Callable[[Sequence[tuple[str, str]]], NDArray[np.float64]]:
    model = TokenModel(folder / GRAPH, folder / TOKENIZER, jobs)
    return lambda pairs: model.run(pairs)[:, 0].astype(np.float64)


@dataclass(frozen=True)
class Original:
    """A cross-encoder run as it is, in torch.

    Attributes:
        contradiction: Number of the label whose probability is asked for; None for the sigmoid of one logit.
    """

    model: Any
    tokenizer: Any
    contradiction: int | None

    @property
    def window(self) -> int:
        """Tokens that it reads of a pair."""
        positions = getattr(self.model.config, "max_position_embeddings", None) or LONGEST
        return int(min(self.tokenizer.model_max_length, positions, LONGEST))

    @property
    def inputs(self) -> list[str]:
        """The token tensors that it takes."""
        return [name for name in _INPUTS if name in self.tokenizer.model_input_names]

    def read(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """The probability for each pair of texts."""
        import torch

        found: list[float] = []
        for start in range(0, len(pairs), _BATCH):
            batch = [list(texts) for texts in zip(*pairs[start : start + _BATCH], strict=True)]
            options = {"padding": True, "truncation": True, "max_length": self.window, "return_tensors": "pt"}
            tokens = self.tokenizer(*batch, **options)
            with torch.no_grad():
                found += self.probability(**{name: tokens[name] for name in self.inputs})[:, 0].tolist()
        return np.asarray(np.array(found, np.float64).round(_DECIMALS))

    def probability(self, **tokens: Any) -> Any:  # noqa: ANN401 - tensors of an optional extra
        """The probability for each text as a column."""
        logits = self.model(**tokens).logits
        if self.contradiction is None:
            return logits.sigmoid()
        return logits.softmax(dim=-1)[:, self.contradiction : self.contradiction + 1]


def load_original(source: Path) -> Original:
    """The cross-encoder in a folder, on the processor, from safetensors alone.

    Raises:
        UsageError: It cannot be loaded, or is no cross-encoder that can judge.
        MissingExtraError: The extra is not installed.
    """
    settings = _settings(source / "config.json")
    if not any(str(name).endswith("ForSequenceClassification") for name in settings.get("architectures") or []):
        raise UsageError(f"{source}: not a cross-encoder: its config.json names no ...ForSequenceClassification")
    try:
        from transformers import AutoModelForSequenceClassification, AutoTokenizer
    except ImportError:
        raise MissingExtraError(f"exporting {source}", EXTRA) from None
    local = {"local_files_only": True, "trust_remote_code": False}
    plain = {"use_safetensors": True, "attn_implementation": "eager"}
    try:
        model = AutoModelForSequenceClassification.from_pretrained(str(source), **local, **plain)
        tokenizer = AutoTokenizer.from_pretrained(str(source), use_fast=True, **local)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise UsageError(f"{source}: cannot be loaded: {str(error).partition(chr(10))[0]}") from None
    # Weights saved in half precision are read so, which neither the export nor a processor does well with.
    return Original(model.float().eval(), tokenizer, contradiction(source, model.config.id2label))


def contradiction(source: Path, labels: dict[int, str]) -> int | None:
    """Number of the label that means contradiction; None for a model of one logit, which is high where answers clash.

    Raises:
        UsageError: There are several labels, and not one of them says so.
    """
    if len(labels) == 1:
        return None
    found = [number for number, label in labels.items() if "contradict" in str(label).casefold()]
    found = [number for number in found if "non" not in str(labels[number]).casefold()] or found
    if len(found) != 1:
        named = ", ".join(str(label) for label in labels.values())
        raise UsageError(f"{source}: no label for contradiction among {named}: name it in id2label of config.json")
    return int(found[0])


def _settings(path: Path) -> dict[str, Any]:
    try:
        settings = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        settings = None
    if not isinstance(settings, dict):
        raise UsageError(f"{path}: cannot be read")
    return settings


def export(original: Original, folder: Path, samples: Sequence[Triple] = SAMPLES) -> float:
    """Writes a cross-encoder's int8 graph and tokenizer to a folder: how far it drifts on sample texts, on average."""
    original.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    with tempfile.TemporaryDirectory() as scratch:
        graph = Path(scratch) / GRAPH
        trace(_module(original), original.inputs, graph)
        quantise(graph, folder / GRAPH, {"window": str(original.window)})
    ours = CrossEncoderJudge(_reading(folder, 1)).probability(samples)
    return float(np.abs(ours - CrossEncoderJudge(original.read).probability(samples)).mean())


def _module(original: Original) -> Any:  # noqa: ANN401 - an optional extra's type
    """The probability as a torch module of plain tensors."""
    import torch

    class Probability(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = original.model

        def forward(self, *tensors: Any) -> Any:  # noqa: ANN401
            return original.probability(**dict(zip(original.inputs, tensors, strict=True)))

    return Probability()
