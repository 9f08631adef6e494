"""A model's folder comes from others: its settings name no code, and lead to nothing outside of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contralint.errors import UsageError
from contralint.models.harmless import check_harmless

OWN = "sentence_transformers.models."


def model(folder: Path, **settings: Any) -> Path:  # noqa: ANN401 (any JSON value)
    """A folder with settings in it, by the names of their files."""
    for name, held in {"modules": [{"type": OWN + "Transformer", "path": ""}], **settings}.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".json").write_text(json.dumps(held))
    return folder


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"1_Dense__config": {"activation_function": "torch.nn.modules.activation.Tanh"}},
        {
            "config": {
                "tokenizer_class": "BertTokenizer",
                "sentence_transformers": {"activation_fn": "torch.nn.Sigmoid"},
            }
        },
        {"router_config": {"types": {"query_0": OWN + "Transformer"}}},
        {"config": [1, 2]},
    ],
)
def test_settings_of_the_library_are_fine(settings: dict[str, Any], tmp_path: Path) -> None:
    check_harmless(model(tmp_path, **settings))


@pytest.mark.parametrize(
    "settings",
    [
        {"modules": [{"type": "os.system", "path": ""}]},
        {"1_Dense__config": {"activation_function": "os.abort"}},
        {"1_Dense__config": {"activation_function": "torch.hub.load"}},
        {"config": {"sentence_transformers": {"activation_fn": "evil.Run"}}},
        {"config": {"sbert_ce_default_activation_function": "evil.Run"}},
        {"0_WordEmbeddings__wordembedding_config": {"tokenizer_class": "evil.Tokenizer"}},
        {"router_config": {"types": {"query_0": "evil.Module"}}},
    ],
)
def test_settings_that_name_code_are_refused(settings: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="names code of its own, '"):
        check_harmless(model(tmp_path, **settings))


@pytest.mark.parametrize("path", ["../elsewhere", "/elsewhere", "1_Pooling/../../elsewhere", "door"])
def test_modules_lie_in_the_folder_of_the_model(path: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder = model(tmp_path / "model", modules=[{"type": OWN + "Dense", "path": path}])
    (folder / "door").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="leads out of the model's folder"):
        check_harmless(folder)


@pytest.mark.parametrize("held", [{"a": 1}, [7], [{"path": ""}], [["type"]]])
def test_modules_of_another_form_are_refused(held: object, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        check_harmless(model(tmp_path, modules=held))
