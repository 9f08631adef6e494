"""Paths of the form hf:NAME, as far as the `datasets` library is not needed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from contralint.cli import main
from contralint.configfile import load_config
from contralint.errors import MissingExtraError, UsageError
from contralint.readers import discover, with_splits
from contralint.readers.hosted import Hosted, is_held_out


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("hf:squad", Hosted("squad")),
        ("hf:owner/name", Hosted("owner/name")),
        ("hf:owner/name@train", Hosted("owner/name", None, "train")),
        ("hf:owner/name:20220301.en@train_sft", Hosted("owner/name", "20220301.en", "train_sft")),
        ("hf:./folder:main", Hosted("./folder", "main")),
        ("hf:../a@b/folder@test.raw", Hosted("../a@b/folder", None, "test.raw")),
        ("hf:C:/data@train", Hosted("C:/data", None, "train")),
        ("hf:owner/name@main", Hosted("owner/name", None, "main")),
    ],
)
def test_a_path_names_dataset_configuration_and_split(path: str, meant: Hosted) -> None:
    assert Hosted.parse(path) == meant
    assert str(meant) == path


def test_the_home_folder_may_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("USERPROFILE", "/home/ada")
    assert Hosted.parse("hf:~/data@train") == Hosted("/home/ada/data", None, "train")


def test_a_path_that_names_nothing_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"not of the form hf:NAME\[:CONFIG\]\[@SPLIT\]"):
        discover(["hf:"])


@pytest.mark.parametrize("split", ["test", "validation", "valid", "dev", "test_sft", "validation_matched", "Eval"])
def test_splits_for_testing_are_held_out(split: str) -> None:
    assert is_held_out(split)


@pytest.mark.parametrize("split", ["train", "train_sft", "default", "latest", "devices", "contest"])
def test_other_splits_are_trained_on(split: str) -> None:
    assert not is_held_out(split)


def test_splits_are_said_for_paths_that_say_none() -> None:
    paths = ["data", "hf:a", "hf:b@test", "hf:c:d"]
    assert with_splits(paths, ["train", "more"]) == [
        "data",
        *("hf:a@train", "hf:a@more", "hf:b@test", "hf:c:d@train", "hf:c:d@more"),
    ]
    assert with_splits(paths, []) == paths


def test_a_split_of_nothing_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "data", "hf:b@test", "--split", "train", "--isolated"]) == 2
    assert "--split train: no PATH has splits to choose from" in capsys.readouterr().err


def test_without_the_library_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for path in ("hf:owner/name", "hf:folder"):
        with pytest.raises(MissingExtraError, match=rf"reading {path} needs an extra: .*contralint\[hf\]"):
            discover([path])


@pytest.mark.parametrize("name", ["./nowhere", "a/b/c", "/nowhere", "what?"])
def test_what_can_be_no_dataset_is_asked_of_nobody(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(UsageError, match="no such folder, and no name of a dataset"):
        discover([f"hf:{name}"])


@pytest.mark.parametrize("name", ["rows.jsonl", "saved", "saved/train"])
def test_what_needs_no_library_is_pointed_out(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.jsonl").write_text("{}")
    (tmp_path / "saved/train").mkdir(parents=True)
    (tmp_path / "saved/dataset_dict.json").write_text("{}")
    (tmp_path / "saved/train/state.json").write_text("{}")
    with pytest.raises(UsageError, match="leave out 'hf:'"):
        discover([f"hf:{name}"])


def test_a_configuration_names_folders_from_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "contralint.toml").write_text(
        'paths = ["hf:owner/name@train", "hf:./folder:main"]\n[per-path-ignores]\n"hf:owner/*" = ["CL004"]\n'
    )
    config = load_config()
    assert config.paths == ["hf:owner/name@train", "hf:./../folder:main"]
    assert list(config.per_path_ignores) == ["hf:owner/*"]


def test_a_dataset_that_is_no_file_is_not_watched(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "hf:owner/name", "--watch", "--isolated"]) == 2
    assert "--watch follows files, and hf:owner/name is none" in capsys.readouterr().err
