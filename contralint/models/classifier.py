"""A cross-encoder as its folder holds it, run in torch.

Models of natural language inference answer with their probability of contradiction, models of one logit with its
sigmoid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from contralint.errors import MissingExtraError, UsageError
from contralint.models.checkpoint import EXTRA

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST = 512  # tokens; the cost of a pair grows with their square
_BATCH = 32
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


@dataclass(frozen=True)
class Classifier:
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
        return np.array(found, np.float64)

    def probability(self, **tokens: Any) -> Any:  # noqa: ANN401 - tensors of an optional extra
        """The probability for each text as a column."""
        logits = self.model(**tokens).logits
        if self.contradiction is None:
            return logits.sigmoid()
        return logits.softmax(dim=-1)[:, self.contradiction : self.contradiction + 1]


def load_classifier(source: Path) -> Classifier:
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
    except Exception as error:  # the libraries have no errors of their own for what a folder may hold
        raise UsageError(f"{source}: cannot be loaded: {str(error).partition(chr(10))[0]}") from None
    # Weights saved in half precision are read so, which neither the export nor a processor does well with.
    if len(tokenizer) <= len(tokenizer.all_special_tokens):
        raise UsageError(f"{source}: has no vocabulary: tokenizer.json is missing")
    return Classifier(model.float().train(mode=False), tokenizer, contradiction(source, model.config.id2label))


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
