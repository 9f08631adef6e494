"""Ways to compare two records that ask the same; rule files of `kind: pair` name them by `compare:`."""

from __future__ import annotations

from contralint.kinds.comparisons import answer, label, polarity, quantity, stance
from contralint.kinds.comparisons.aids import Aids, Comparison

COMPARISONS: dict[str, Comparison] = {
    "answer": answer.compare,
    "label": label.compare,
    "polarity": polarity.compare,
    "quantity": quantity.compare,
    "stance": stance.compare,
}

__all__ = ["COMPARISONS", "Aids", "Comparison"]
