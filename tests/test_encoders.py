"""What holds for every encoder that ships."""

from __future__ import annotations

import numpy as np
import pytest

from contralint.models.encoder import GRID, Encoder, load_encoder
from contralint.models.static import load_static_encoder

TEXTS = [
    "How do I reset my password?",
    "Is the Eiffel Tower taller than the Statue of Liberty?",
    "Play something by Nina Simone in the kitchen.",
    "x",
    "Explain photosynthesis to a child. " * 60,
]


@pytest.fixture(scope="module", params=[load_encoder, load_static_encoder])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    made: Encoder = request.param(jobs=2)
    return made


def test_vectors_have_length_one_and_lie_on_the_grid(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=2e-3)
    np.testing.assert_array_equal(vectors * GRID, np.rint(vectors * GRID))


@pytest.mark.parametrize("empty", ["", "  \n\t"])
def test_empty_text_is_a_zero_row(encoder: Encoder, empty: str) -> None:
    vectors = encoder.encode([empty, "Who?", empty])
    assert vectors.any(axis=1).tolist() == [False, True, False]


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_a_vector_depends_on_its_text_alone(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)
    np.testing.assert_array_equal(together[::-1], encoder.encode(TEXTS[::-1]))
    np.testing.assert_array_equal(together, np.concatenate([encoder.encode([text]) for text in TEXTS]))
    others = [f"{word} {text}" for text in TEXTS for word in ("", "Please:", "Now.", "Tell me,")]
    np.testing.assert_array_equal(together, encoder.encode([*others, *TEXTS])[len(others) :])


def test_progress_counts_every_text(encoder: Encoder) -> None:
    done: list[int] = []
    encoder.encode(TEXTS, done.append)
    assert sum(done) == len(TEXTS)
