"""Ways to compare two records that ask the same; rule files of `kind: pair` name them by `compare:`."""

from __future__ import annotations

from contralint.kinds.comparisons import answer, form, label, language, length, polarity, quantity, stance
from contralint.kinds.comparisons.aids import Aids, Comparison, Side

COMPARISONS: dict[str, Comparison] = {
    "answer": answer.compare,
    "format": form.compare,
    "label": label.compare,
    "language": language.compare,
    "length": length.compare,
    "polarity": polarity.compare,
    "quantity": quantity.compare,
    "stance": stance.compare,
}

# The side that a record takes by a comparison that holds over other material too, if the task is the same.
SIDES: dict[str, Side] = {"format": form.side}

__all__ = ["COMPARISONS", "SIDES", "Aids", "Comparison", "Side"]
