from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from contralint.errors import UsageError
from contralint.readers import discover, read


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with data of several formats among other files."""
    here = tmp_path / "here"
    for name in [
        "data/b.jsonl",
        "data/a.csv",
        "data/deep/c.json.gz",
        "data/deep/D.PARQUET",
        "data/README.md",
        "data/package.json",
        "data/notes.gz",
        "data/.git/x.jsonl",
        "data/.hidden.jsonl",
    ]:
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}\n")
    monkeypatch.chdir(here)
    return here


ALL = ["data/a.csv", "data/b.jsonl", "data/deep/D.PARQUET", "data/deep/c.json.gz"]


@pytest.mark.parametrize("path", ["data", "./data/", "../here/data", ".", "d*", "data/**"])
def test_data_files_are_found_below_folders(folder: Path, path: str) -> None:
    assert discover([path]) == ALL
    assert discover([str(folder / path)]) == ALL


def test_files_are_sorted_and_taken_once(folder: Path) -> None:
    (folder / "data/link.jsonl").symlink_to("b.jsonl")
    assert discover(["data/b.jsonl", "data/a.csv", "./data/b.jsonl", "data/*.jsonl"]) == ["data/a.csv", "data/b.jsonl"]


def test_a_named_file_is_taken_whatever_its_name(folder: Path) -> None:
    (folder / "data/odd[1].txt").write_text("{}")
    named = ["data/README.md", "data/package.json", "data/odd[1].txt", "data/.hidden.jsonl"]
    assert discover(named) == sorted(named)


def test_paths_outside_are_shown_as_given(folder: Path) -> None:
    outside = folder.parent / "other.jsonl"
    outside.write_text("{}")
    assert discover(["../other.jsonl"]) == ["../other.jsonl"]
    assert discover([str(outside)]) == [outside.as_posix()]


def test_a_link_back_up_ends(folder: Path) -> None:
    (folder / "data/deep/up").symlink_to(folder / "data", target_is_directory=True)
    assert discover(["data"]) == ALL


@pytest.mark.usefixtures("folder")
def test_standard_input_has_a_name() -> None:
    assert discover(["-", "data/b.jsonl", "-"]) == ["<stdin>", "data/b.jsonl"]


def test_of_a_saved_dataset_only_its_own_files_are_data(folder: Path) -> None:
    saved = folder / "saved"
    (saved / "train").mkdir(parents=True)
    (saved / "dataset_dict.json").write_text(json.dumps({"splits": ["train"]}))
    (saved / "train/dataset_info.json").write_text("{}")
    (saved / "train/state.json").write_text(json.dumps({"_data_files": [{"filename": "data-00000-of-00001.arrow"}]}))
    for name in ("data-00000-of-00001.arrow", "cache-5a1b.arrow"):
        (saved / "train" / name).write_bytes(b"")
    assert discover(["saved"]) == ["saved/train/data-00000-of-00001.arrow"]


@pytest.mark.parametrize("state", ["{", "[]", '{"_data_files": 3}', "null"])
def test_another_state_file_hides_nothing(folder: Path, state: str) -> None:
    (folder / "state.json").write_text(state)
    (folder / "rows.arrow").write_bytes(b"")
    assert discover(["."]) == [*ALL, "rows.arrow"]


@pytest.mark.parametrize("path", ["nowhere.jsonl", "no*", "data/.git/nothing"])
def test_what_is_not_there_is_an_error(folder: Path, path: str) -> None:
    assert folder.exists()
    with pytest.raises(UsageError, match="no such file or folder"):
        discover(["data", path])


@pytest.mark.parametrize("path", ["empty", "data/*.md"])
def test_nothing_to_read_is_an_error(folder: Path, path: str) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(UsageError, match="no data files"):
        discover([path])


def test_a_folder_that_may_not_be_searched_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert folder.exists()

    def forbidden(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", forbidden)
    with pytest.raises(UsageError, match="data: cannot be searched: Permission denied"):
        discover(["data"])


@pytest.mark.parametrize("path", ["gone.jsonl", "data"])
def test_a_file_that_cannot_be_opened_is_an_error(folder: Path, path: str) -> None:
    assert folder.exists()
    with pytest.raises(UsageError, match=f"{path}: cannot be read"):
        read(path)


def test_a_saved_dataset_that_lacks_a_file_is_an_error(folder: Path) -> None:
    names = [{"filename": f"data-0000{number}-of-00002.arrow"} for number in (0, 1)]
    (folder / "state.json").write_text(json.dumps({"_data_files": names}))
    (folder / "data-00000-of-00002.arrow").write_bytes(b"")
    with pytest.raises(UsageError, match=r"data-00001-of-00002\.arrow: missing, though the dataset saved there has it"):
        discover(["."])
