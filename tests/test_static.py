"""The static table: vectors of texts without a network."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from contralint.errors import UsageError
from contralint.models import released, static
from contralint.models.encoder import Encoder
from contralint.models.static import StaticEncoder, bags, load_static_encoder

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "How do I reset my password?",
    "I forgot my password. How can I reset it?",
    "Is the Eiffel Tower taller than the Statue of Liberty?",
    "Which is taller, the Statue of Liberty or the Eiffel Tower?",
    "Play something by Nina Simone in the kitchen.",
    "Put on some Nina Simone in the kitchen, please.",
    "x",
    "Explain photosynthesis to a child. " * 60,
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_static_encoder(jobs=2)


def test_a_rewording_is_nearer_than_any_other_request(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS[:6])
    similarity = vectors @ vectors.T - 2 * np.eye(6)
    assert similarity.argmax(axis=1).tolist() == [1, 0, 3, 2, 5, 4]
    assert similarity.max(axis=1).min() > 0.6


def test_a_vector_does_not_depend_on_threads_or_blocks(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = encoder.encode(TEXTS)
    monkeypatch.setattr(static, "TEXTS_PER_BLOCK", 3)
    monkeypatch.setattr(static, "TEXTS_PER_SUM", 2)
    np.testing.assert_array_equal(expected, load_static_encoder(jobs=1).encode(TEXTS))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(released.shipped("encoder.json")))
    found.no_padding()
    found.no_truncation()
    return found


def test_tokens_are_those_of_the_whole_text(tokenizer: Tokenizer) -> None:
    found = bags(TEXTS, tokenizer)
    whole = [encoding.ids for encoding in tokenizer.encode_batch_fast(TEXTS, add_special_tokens=False)]
    assert found.lengths.tolist() == [len(ids) for ids in whole]
    assert found.ids.tolist() == [token for ids in whole for token in ids]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_odd_text_has_a_vector_of_its_own(texts: list[str]) -> None:
    vectors = _ENCODER.encode(texts)
    assert vectors.any(axis=1).tolist() == [bool(text.strip()) for text in texts]
    for vector, text in zip(vectors, texts, strict=True):
        np.testing.assert_array_equal(vector, _ENCODER.encode([text])[0])


_ENCODER = load_static_encoder(jobs=1)


@pytest.mark.parametrize("odd", ["broken \ud800 text", "\x00", "世界和平", "a" * 300])
def test_odd_text_is_read(odd: str) -> None:
    assert _ENCODER.encode([odd]).any()


def test_fingerprint_names_the_table(encoder: Encoder, tmp_path: Path) -> None:
    assert encoder.fingerprint == load_static_encoder().fingerprint
    table = np.load(released.WEIGHTS / "static.npy", allow_pickle=False)
    np.save(tmp_path / "other.npy", table[:, :8])
    other = StaticEncoder(tmp_path / "other.npy", released.WEIGHTS / "encoder.json")
    assert other.dimension == 8
    assert other.fingerprint != encoder.fingerprint


def test_a_damaged_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / released.CHECKSUMS).write_text((released.WEIGHTS / released.CHECKSUMS).read_text())
    (tmp_path / "static.npy").write_bytes(b"something else")
    monkeypatch.setattr(released, "WEIGHTS", tmp_path)
    with pytest.raises(UsageError, match=r"static\.npy"):
        load_static_encoder()


def test_the_table_is_small() -> None:
    assert (released.WEIGHTS / "static.npy").stat().st_size < 8_000_000


def test_no_network_is_loaded() -> None:
    code = (
        "import sys; from contralint.models.static import load_static_encoder; load_static_encoder().encode(['Who?']);"
        "assert not {'torch', 'onnxruntime', 'faiss'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
