"""Any CrossEncoder as a judge: exported to int8 ONNX on first use, checked against the original, cached by content.

Where int8 is too coarse for a model, float32 takes its place; where that fails too, the original runs in torch. Later
runs read the cached files and do not import torch.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from contralint.models.checkpoint import CROSS_ENCODER, content_fingerprint, export_folder, find_model
from contralint.models.classifier import Classifier, load_classifier
from contralint.models.export import GRAPH, TOKENIZER, half_made, keep, trace
from contralint.models.judge import Triple
from contralint.models.onnx import TokenModel
from contralint.models.quantise import annotate, quantise

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Mean distance to the original's probabilities on the sample texts, up to which an export may stand for it.
LARGEST_DRIFT = 0.03
_DECIMALS = 4  # what other pairs in the same batch change in float32 lies below
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
        return np.asarray(((found[: len(triples)] + found[len(triples) :]) / 2).round(_DECIMALS))


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
        original = load_classifier(source)
        try:
            with half_made(folder) as made:
                drift = export(original, made)
                if drift <= LARGEST_DRIFT:
                    keep(made, folder)
            problem = f"the export drifts (by {drift:.3f})" if drift > LARGEST_DRIFT else ""
        except Exception as error:  # the exporter raises what it likes; the original runs all the same
            problem = f"cannot be exported ({str(error).strip().partition(chr(10))[0]})"
        if problem:
            warnings.warn(f"{name}: {problem}; runs in torch", stacklevel=2)
            return CrossEncoderJudge(original.read)
    return CrossEncoderJudge(_reading(folder, jobs))


def _reading(folder: Path, jobs: int | None) -> Callable[[Sequence[tuple[str, str]]], NDArray[np.float64]]:
    model = TokenModel(folder / GRAPH, folder / TOKENIZER, jobs)
    return lambda pairs: model.run(pairs)[:, 0].astype(np.float64)


def export(original: Classifier, folder: Path, samples: Sequence[Triple] = SAMPLES) -> float:
    """Writes a cross-encoder's graph and tokenizer to a folder: int8, or float32 where int8 drifts.

    Returns:
        How far what was written drifts from the original on sample texts, on average.
    """
    wanted = CrossEncoderJudge(original.read).probability(samples)

    def drift() -> float:
        return float(np.abs(CrossEncoderJudge(_reading(folder, 1)).probability(samples) - wanted).mean())

    metadata = {"window": str(original.window)}
    original.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    with tempfile.TemporaryDirectory() as scratch:
        graph = Path(scratch) / GRAPH
        trace(_module(original), original.inputs, graph)
        quantise(graph, folder / GRAPH, metadata)
        if (found := drift()) <= LARGEST_DRIFT:
            return found
        annotate(graph, folder / GRAPH, metadata)
        return drift()


def _module(original: Classifier) -> Any:  # noqa: ANN401 - an optional extra's type
    """The probability as a torch module of plain tensors."""
    import torch

    class Probability(torch.nn.Module):  # type: ignore[misc] # torch comes without types
        def __init__(self) -> None:
            super().__init__()
            self.model = original.model

        def forward(self, *tensors: Any) -> Any:  # noqa: ANN401 (torch comes without types)
            return original.probability(**dict(zip(original.inputs, tensors, strict=True)))

    return Probability()
