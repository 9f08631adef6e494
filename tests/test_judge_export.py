"""Any CrossEncoder as a judge: exported, checked, cached, symmetric, and torch-free from then on."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from linting import alpaca, linter

from contralint.errors import UsageError
from contralint.models import cross_encoder
from contralint.models.classifier import contradiction, load_classifier
from contralint.models.cross_encoder import exported_judge, texts

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
NLI = {0: "CONTRADICTION", 1: "ENTAILMENT", 2: "NEUTRAL"}
ONE = {0: "LABEL_0"}
TRIPLES = [
    ("what is the capital of australia ?", "canberra", "it is sydney"),
    ("how long ?", "seven minutes " * 40, "two hours"),
    ("", "a b c", "a b"),
]
Made = Callable[..., Path]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Makes folders of tiny CrossEncoders with random weights, as sentence-transformers saves them."""
    pytest.importorskip("sentence_transformers")
    return lambda labels, half=False: make_model(tmp_path_factory.mktemp("models") / "model", labels, half)


def make_model(folder: Path, labels: dict[int, str], half: bool) -> Path:
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(1)
    base = folder.with_name("base")
    base.mkdir()
    vocabulary = [*SPECIAL, *LETTERS, *"?.,:()+", *(f"##{letter}" for letter in LETTERS)]
    (base / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=0.2,
        num_labels=len(labels),
        id2label=labels,
        label2id={label: number for number, label in labels.items()},
    )
    model = BertForSequenceClassification(config)
    (model.half() if half else model).save_pretrained(base)
    BertTokenizerFast(str(base / "vocab.txt"), model_max_length=64).save_pretrained(base)
    CrossEncoder(str(base), device="cpu").save_pretrained(str(folder))
    return folder


def both_orders(folder: Path, of: Callable[[np.ndarray[Any, Any]], np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    """The mean of what sentence-transformers itself says of both orders."""
    import torch
    from sentence_transformers import CrossEncoder

    original = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    ways = [(texts(asked, left, right), texts(asked, right, left)) for asked, left, right in TRIPLES]
    logits = original.predict([list(way) for pair in ways for way in pair], activation_fn=torch.nn.Identity())
    return np.asarray(of(np.asarray(logits, np.float64)).reshape(-1, 2).mean(axis=1))


def softmax_first(logits: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray((shares / shares.sum(axis=1, keepdims=True))[:, 0])


def sigmoid(logits: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.asarray(1 / (1 + np.exp(-logits)))


@pytest.mark.extras
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("labels", "half", "of"), [(NLI, False, softmax_first), (NLI, True, softmax_first), (ONE, False, sigmoid)]
)
def test_the_exported_judge_says_what_the_original_does(
    labels: dict[int, str], half: bool, of: Callable[[Any], Any], made: Made, tmp_path: Path
) -> None:
    folder = made(labels, half=half)
    found = exported_judge(str(folder), tmp_path).probability(TRIPLES)
    np.testing.assert_allclose(found, both_orders(folder, of), atol=0.01)
    assert found.max() - found.min() > 0.03, "the sample tells nothing apart"
    assert len(list((tmp_path / "models").iterdir())) == 1
    mirrored = [(asked, right, left) for asked, left, right in TRIPLES]
    assert exported_judge(str(folder), tmp_path).probability(mirrored).tolist() == found.tolist()
    assert exported_judge(str(folder), tmp_path).probability([]).shape == (0,)


@pytest.mark.extras
@pytest.mark.filterwarnings("ignore")
def test_later_runs_are_torch_free(made: Made, tmp_path: Path) -> None:
    folder = made(NLI)
    first = exported_judge(str(folder), tmp_path).probability(TRIPLES)
    code = (
        "import sys; from pathlib import Path; from contralint.models.cross_encoder import exported_judge;"
        f"judge = exported_judge({str(folder)!r}, Path({str(tmp_path)!r}));"
        f"print(judge.probability({TRIPLES!r}).tolist());"
        "assert not {'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules)"
    )
    output = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert json.loads(output) == first.tolist()


@pytest.mark.extras
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "value", "says"), [("LARGEST_DRIFT", -1.0, "drifts"), ("trace", None, "be exported")])
def test_what_does_not_survive_the_export_runs_in_torch(
    name: str, value: float | None, says: str, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made(NLI)
    monkeypatch.setattr(cross_encoder, name, value)
    with pytest.warns(UserWarning, match=rf"{says}.*runs in torch"):
        judge = exported_judge(str(folder), tmp_path)
    found = judge.probability(TRIPLES)
    np.testing.assert_allclose(found, both_orders(folder, softmax_first), atol=1e-3)
    mirrored = [(asked, right, left) for asked, left, right in TRIPLES]
    assert judge.probability(mirrored).tolist() == found.tolist()
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.extras
def test_float32_takes_the_place_of_int8_that_drifts(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made(NLI)
    monkeypatch.setattr(cross_encoder, "LARGEST_DRIFT", 1e-4)
    with warnings.catch_warnings(record=True) as caught:
        judge = exported_judge(str(folder), tmp_path)
    assert not [str(one.message) for one in caught if "runs in torch" in str(one.message)]
    found = judge.probability(TRIPLES)
    np.testing.assert_allclose(found, both_orders(folder, softmax_first), atol=1e-4)
    assert exported_judge(str(folder), tmp_path).probability(TRIPLES[:1]).tolist() == found[:1].tolist()
    assert len(list((tmp_path / "models").iterdir())) == 1


@pytest.mark.extras
@pytest.mark.filterwarnings("ignore")
def test_a_model_without_its_vocabulary_is_refused(made: Made, tmp_path: Path) -> None:
    folder = made(NLI)
    for file in folder.glob("*token*"):
        file.unlink()
    with pytest.raises(UsageError, match=r"cannot be loaded|has no vocabulary"):
        exported_judge(str(folder), tmp_path)


@pytest.mark.extras
@pytest.mark.filterwarnings("ignore")
def test_a_linter_judges_with_it(made: Made, tmp_path: Path) -> None:
    folder = made(NLI)
    pair = (alpaca(TRIPLES[0][0], TRIPLES[0][1]), alpaca(TRIPLES[0][0], TRIPLES[0][2]))
    expected = exported_judge(str(folder), tmp_path).probability([TRIPLES[0]])
    assert linter(judge=str(folder), cache_dir=str(tmp_path)).judge([pair]) == expected.tolist()


@pytest.mark.extras
@pytest.mark.filterwarnings("ignore")
def test_an_encoder_is_no_judge(made: Made, tmp_path: Path) -> None:
    folder = made(NLI)
    settings = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(settings | {"architectures": ["BertModel"]}))
    with pytest.raises(UsageError, match=r"not a cross-encoder: its config\.json names no"):
        exported_judge(str(folder), tmp_path)


@pytest.mark.extras
@pytest.mark.filterwarnings("ignore")
def test_code_of_the_models_own_is_not_run(made: Made, tmp_path: Path) -> None:
    folder = made(NLI)
    (folder / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Model: ...\nclass Settings: ...\n")
    settings = json.loads((folder / "config.json").read_text())
    settings |= {"model_type": "own", "auto_map": {"AutoConfig": "own.Settings", "AutoModel": "own.Model"}}
    (folder / "config.json").write_text(json.dumps(settings))
    with pytest.raises(UsageError, match="cannot be loaded"):
        load_classifier(folder)
    assert not (tmp_path / "ran").exists()


def test_the_question_stands_in_the_premise() -> None:
    assert texts("Who?", "she", "he") == ("Q: Who? A: she", "he")
    assert texts("", "she", "he") == ("she", "he")


def test_the_label_for_contradiction_is_found_by_its_name() -> None:
    path = Path("model")
    assert contradiction(path, NLI) == 0
    assert contradiction(path, {0: "entailment", 1: "neutral", 2: "contradiction"}) == 2
    assert contradiction(path, {0: "non_contradiction", 1: "contradiction"}) == 1
    assert contradiction(path, {0: "anything"}) is None
    for labels in ({0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}, {0: "entailment", 1: "not_entailment"}):
        with pytest.raises(UsageError, match=f"model: no label for contradiction among {labels[0]}, {labels[1]}"):
            contradiction(path, labels)


def cross_encoder_folder(folder: Path, weights: str = "model.safetensors") -> Path:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"architectures": ["BertForSequenceClassification"]}))
    (folder / weights).write_bytes(b"weights")
    return folder


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="only safetensors"):
        exported_judge(str(cross_encoder_folder(tmp_path / "model", "pytorch_model.bin")), tmp_path)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"not a CrossEncoder's folder \(config\.json"):
        exported_judge(str(tmp_path), tmp_path)


@pytest.mark.parametrize("name", ["no-such-model", "no/such/model", "../nowhere"])
def test_a_missing_name_is_one_clear_error(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(UsageError) as caught:
        exported_judge(name, tmp_path)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
