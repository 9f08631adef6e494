from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from contralint import Linter
from contralint.models.judge import Triple


class Undecided:
    """A judge that knows nothing, so that what is left is what slots say."""

    def probability(self, triples: Sequence[Triple]) -> NDArray[np.float64]:
        return np.full(len(triples), 0.5)


def judge(question: str, left: str, right: str) -> float:
    linter = Linter()
    linter.models.judge = Undecided()
    rows = [{"instruction": question, "output": answer} for answer in (left, right)]
    return linter.judge([(rows[0], rows[1])])[0]


@pytest.mark.parametrize(
    ("question", "left", "right"),
    [
        ("Can penguins fly?", "Yes, they can.", "No, they can't."),
        ("How much flour do I need?", "You need 200 grams.", "You need 350 grams."),
        ("How long is the warranty?", "Two years.", "Five years."),
    ],
)
def test_slots_that_differ_raise_the_probability(question: str, left: str, right: str) -> None:
    assert judge(question, left, right) > 0.8
    assert judge(question, left, right) == judge(question, right, left)


@pytest.mark.parametrize(
    ("question", "left", "right"),
    [
        ("Can penguins fly?", "No.", "No, they swim instead."),
        ("How much flour do I need?", "200 g", "You need 0.2 kg."),
        ("How long is the warranty?", "Two years.", "It is 2 years from purchase."),
        ("Who wrote Emma?", "Jane Austen", "Jane Austen"),
    ],
)
def test_slots_that_agree_lower_it(question: str, left: str, right: str) -> None:
    assert judge(question, left, right) < 0.2


def test_a_statement_that_amounts_to_a_yes_is_left_to_the_judge() -> None:
    assert judge("Do duck quacks echo?", "Yes, they do.", "It is a myth that duck quacks do not echo.") == 0.5
