"""Exports a trained judge to the int8 graph that ships in the wheel.

python -m training.export_judge --source FOLDER [--to FILE]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch
from transformers import AutoModelForSequenceClassification, PreTrainedModel

from contralint.models.export import trace
from contralint.models.quantise import quantise
from contralint.models.released import WEIGHTS
from training.checksums import record_checksum
from training.judge import LONGEST

INPUTS = ["input_ids", "attention_mask", "token_type_ids"]


class Logit(torch.nn.Module):
    """The cross-encoder as a function of plain tensors."""

    def __init__(self, model: PreTrainedModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
        """The logit of each pair of texts, from `INPUTS` in their order."""
        logits: torch.Tensor = self.model(*tensors).logits
        return logits


def export(source: Path, target: Path) -> None:
    """Writes the int8 graph."""
    model = AutoModelForSequenceClassification.from_pretrained(source, attn_implementation="eager")
    with tempfile.TemporaryDirectory() as scratch:
        graph = Path(scratch) / "judge.onnx"
        trace(Logit(model), INPUTS, graph)
        quantise(graph, target, {"window": str(LONGEST)})


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=WEIGHTS / "judge.onnx")
    options = parser.parse_args()
    export(options.source, options.to)
    if options.to.parent == WEIGHTS:
        record_checksum(options.to.name)


if __name__ == "__main__":
    main()
