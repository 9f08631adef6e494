"""Any SentenceTransformer as an embedder: exported, checked, cached, and torch-free from then on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contralint.errors import UsageError
from contralint.models import export
from contralint.models.checkpoint import SENTENCE_ENCODER, content_fingerprint
from contralint.models.encoder import OnnxEncoder, load_encoder

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
TEXTS = ["how do i reset a password ?", "a b c", "what ? " * 100]


@pytest.fixture(scope="module", params=["mean", "cls"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny SentenceTransformer with random weights."""
    pytest.importorskip("sentence_transformers")
    return make_model(tmp_path_factory.mktemp("models") / str(request.param), str(request.param))


def make_model(folder: Path, pooling: str) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer, models
    from transformers import BertConfig, BertModel, BertTokenizerFast  # type: ignore[import-not-found,unused-ignore]

    torch.manual_seed(0)
    base = folder.with_name(f"{folder.name}-base")
    base.mkdir()
    pieces = [f"##{letter}" for letter in LETTERS]
    vocabulary = [*SPECIAL, *LETTERS, *"?.,:()+", *pieces]
    (base / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    size = len(vocabulary)
    config = BertConfig(
        vocab_size=size, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config).save_pretrained(base)
    BertTokenizerFast(str(base / "vocab.txt")).save_pretrained(base)
    modules: list[Any] = [models.Transformer(str(base), max_seq_length=64), models.Pooling(32, pooling_mode=pooling)]
    SentenceTransformer(modules=[*modules, models.Dense(32, 16)], device="cpu").save(str(folder))
    return folder


@pytest.mark.extras
@pytest.mark.filterwarnings("ignore")
def test_exported_vectors_are_the_originals(folder: Path, tmp_path: Path) -> None:
    encoder = load_encoder(str(folder), tmp_path)
    assert isinstance(encoder, OnnxEncoder)
    assert encoder.dimension == 16
    expected = export._vectors(export.load_original(folder), TEXTS)
    assert (encoder.encode(TEXTS) * expected).sum(axis=1).min() > 0.99


@pytest.mark.extras
@pytest.mark.filterwarnings("ignore")
def test_later_loads_are_torch_free(folder: Path, tmp_path: Path) -> None:
    first = load_encoder(str(folder), tmp_path)
    code = (
        "import sys; from pathlib import Path; from contralint.models.encoder import load_encoder;"
        f"encoder = load_encoder({str(folder)!r}, Path({str(tmp_path)!r})); print(encoder.fingerprint);"
        "assert not {'torch', 'sentence_transformers', 'onnx'} & set(sys.modules)"
    )
    output = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert output.strip() == first.fingerprint
    assert [path.name for path in (tmp_path / "models").iterdir()] == [content_fingerprint(folder, SENTENCE_ENCODER)]


@pytest.mark.extras
@pytest.mark.filterwarnings("ignore")
def test_a_model_that_drifts_runs_in_torch(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "LEAST_COSINE", 1.01)
    with pytest.warns(UserWarning, match="runs in torch"):
        encoder = load_encoder(str(folder), tmp_path)
    assert isinstance(encoder, export.TorchEncoder)
    vectors = encoder.encode(["", *TEXTS])
    assert vectors.shape == (4, 16)
    assert not vectors[0].any()
    np.testing.assert_allclose(np.linalg.norm(vectors[1:], axis=1), 1, atol=2e-3)
    assert list((tmp_path / "models").iterdir()) == []


def model_folder(folder: Path, kind: str = "sentence_transformers.models.Transformer") -> Path:
    folder.mkdir()
    (folder / "modules.json").write_text(json.dumps([{"idx": 0, "name": "0", "path": "", "type": kind}]))
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


def test_the_fingerprint_is_of_the_content(tmp_path: Path) -> None:
    first, second = model_folder(tmp_path / "first"), model_folder(tmp_path / "second")
    assert content_fingerprint(first, SENTENCE_ENCODER) == content_fingerprint(second, SENTENCE_ENCODER)
    (second / "model.safetensors").write_bytes(b"other weights")
    assert content_fingerprint(first, SENTENCE_ENCODER) != content_fingerprint(second, SENTENCE_ENCODER)


def test_code_of_the_models_own_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="code of its own"):
        load_encoder(str(model_folder(tmp_path / "model", kind="my_module.Model")), tmp_path)


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "model")
    (folder / "2_Dense").mkdir()
    (folder / "2_Dense" / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(UsageError, match="only safetensors"):
        load_encoder(str(folder), tmp_path)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"modules\.json"):
        load_encoder(str(tmp_path), tmp_path)


@pytest.mark.parametrize("name", ["no-such-model", "no/such/model", "../nowhere"])
def test_a_missing_name_is_one_clear_error(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(UsageError) as caught:
        load_encoder(name, tmp_path)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
