"""Folders of others: links in them lead to no file of this machine, and what never ends is not read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from damage import GOOD, scan

from contralint.errors import UsageError
from contralint.readers import described, discover


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of this machine, beside the repository that is the working directory."""
    (tmp_path / "repository" / "data").mkdir(parents=True)
    (tmp_path / "repository" / "data" / "a.jsonl").write_text(GOOD)
    monkeypatch.chdir(tmp_path / "repository")
    (tmp_path / "secret.jsonl").write_text("password")
    return tmp_path / "secret.jsonl"


@pytest.mark.parametrize("path", ["data", ".", "data/*.jsonl", "data/**", "d*"])
def test_a_link_out_of_a_folder_ends_the_search(path: str, secret: Path) -> None:
    Path("data/b.jsonl").symlink_to(secret)
    with pytest.raises(UsageError, match=r"^data/b\.jsonl: is a link out of .*secret\.jsonl: name that as a PATH"):
        discover([path])
    assert discover(["data/a.jsonl", "data/b.jsonl"]) == ["data/a.jsonl", "data/b.jsonl"]


def test_a_linked_folder_outside_ends_the_search(secret: Path) -> None:
    Path("data/more").symlink_to(secret.parent, target_is_directory=True)
    with pytest.raises(UsageError, match=r"^data/more: is a link out of data"):
        discover(["data"])


def test_links_within_the_working_directory_are_followed(secret: Path) -> None:
    assert secret.exists()
    Path("store").mkdir()
    Path("store/1f").write_text(GOOD)
    Path("data/b.jsonl").symlink_to(Path("store/1f").absolute())
    assert discover(["data"]) == ["data/a.jsonl", "data/b.jsonl"]


def test_a_snapshot_of_the_hub_is_a_folder_of_links(secret: Path) -> None:
    home = secret.parent / "hub/datasets--owner--name"
    (home / "snapshots/5a1b").mkdir(parents=True)
    (home / "blobs").mkdir()
    (home / "blobs/77").write_text(GOOD)
    (home / "snapshots/5a1b/train.jsonl").symlink_to("../../blobs/77")
    assert len(discover([str(home / "snapshots/5a1b")])) == 1
    (home / "snapshots/5a1b/test.jsonl").symlink_to(secret)
    with pytest.raises(UsageError, match="is a link out of"):
        discover([str(home / "snapshots/5a1b")])


@pytest.mark.parametrize("name", ["data/pipe.jsonl", "data/state.json"])
def test_a_pipe_in_a_folder_is_not_waited_for(name: str, secret: Path) -> None:
    assert secret.exists()
    os.mkfifo(name)
    with pytest.raises(UsageError, match=f"^{name}: is a pipe or a device"):
        discover(["data"])


def test_a_device_in_a_folder_is_not_read(secret: Path) -> None:
    assert secret.exists()
    Path("data/zero.jsonl").symlink_to("/dev/zero")
    with pytest.raises(UsageError, match="is a link out of"):
        discover(["data"])


def test_a_manifest_that_never_ends_is_none(secret: Path) -> None:
    assert secret.exists()
    os.mkfifo("data/dataset_info.json")
    assert described("data/a.jsonl") is None
    assert scan("data/a.jsonl").summary.records == 1
