"""The shipped encoder, the hash encoder, and the check of the weights."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contralint.errors import UsageError
from contralint.models import onnx, released
from contralint.models.alignment import rarities, rarity
from contralint.models.encoder import Encoder, HashEncoder, OnnxEncoder, load_encoder, released_fingerprint
from contralint.models.tokens import Token

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "How do I reset my password?",
    "What are the steps to change a forgotten password?",
    "Is the Eiffel Tower taller than the Statue of Liberty?",
    "Who wrote the novel Frankenstein?",
    "Play something by Nina Simone in the kitchen.",
    "x",
    "Explain photosynthesis to a child. " * 60,
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(jobs=2)


def test_a_rewording_is_nearer_than_another_question(encoder: Encoder) -> None:
    similarity = encoder.encode(TEXTS[:4]) @ encoder.encode(TEXTS[:4]).T
    assert similarity[0, 1] > 0.6
    assert similarity[0, 2:].max() < 0.3


def test_a_vector_does_not_depend_on_batch_size(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"What is the capital of country number {number}?" for number in range(10, 60)]
    expected = encoder.encode(texts)
    monkeypatch.setattr(onnx, "TOKENS_PER_BATCH", 40)
    np.testing.assert_array_equal(expected, encoder.encode(texts))


def test_a_vector_does_not_depend_on_threads_or_blocks(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx, "TEXTS_PER_BLOCK", 3)
    np.testing.assert_array_equal(load_encoder(jobs=1).encode(TEXTS), encoder.encode(TEXTS))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_odd_text_has_a_finite_vector(text: str) -> None:
    vectors = _ENCODER.encode([text])
    assert np.isfinite(vectors).all()
    assert bool(vectors.any()) == bool(text.strip())


_ENCODER = load_encoder(jobs=1)


def test_lone_surrogates_are_read() -> None:
    assert _ENCODER.encode(["broken \ud800 text"]).any()


def test_the_fingerprint_is_known_before_the_weights_are_loaded(encoder: Encoder) -> None:
    assert encoder.fingerprint == load_encoder().fingerprint == released_fingerprint()


def test_damaged_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / released.CHECKSUMS).write_text((released.WEIGHTS / released.CHECKSUMS).read_text())
    (tmp_path / "encoder.onnx").write_bytes(b"something else")
    monkeypatch.setattr(released, "WEIGHTS", tmp_path)
    with pytest.raises(UsageError, match=r"encoder\.onnx"):
        load_encoder()


def test_damaged_rarities_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / released.CHECKSUMS).write_text((released.WEIGHTS / released.CHECKSUMS).read_text())
    (tmp_path / "rarity.json").write_text("{}")
    monkeypatch.setattr(released, "WEIGHTS", tmp_path)
    rarities.cache_clear()
    rarity.cache_clear()
    with pytest.raises(UsageError, match=r"rarity\.json"):
        rarity(Token("river", "word"))


def test_shipped_encoder_is_small() -> None:
    assert (released.WEIGHTS / "encoder.onnx").stat().st_size < 25_000_000


def test_no_torch_is_imported() -> None:
    code = (
        "import sys; from contralint.models.encoder import load_encoder; assert 'onnxruntime' not in sys.modules;"
        "load_encoder().encode(['Who?']); assert not {'torch', 'sentence_transformers', 'onnx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.text(max_size=30), max_size=6))
def test_hash_encoder_keeps_the_protocol(texts: list[str]) -> None:
    encoder: Encoder = HashEncoder(64)
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), 64)
    for vector, text in zip(vectors, texts, strict=True):
        assert bool(vector.any()) == bool(text.strip())
        np.testing.assert_array_equal(vector, encoder.encode([text])[0])


def test_hash_encoder_is_the_same_in_every_process() -> None:
    code = "from contralint.models.encoder import HashEncoder; print(HashEncoder(8).encode(['set an alarm']).tolist())"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_the_shipped_encoder_is_an_onnx_encoder(encoder: Encoder) -> None:
    assert isinstance(encoder, OnnxEncoder)
