"""The check of the weights that ship: what is damaged is told of before anything parses it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from contralint.errors import UsageError
from contralint.models import released
from contralint.models.alignment import rarities
from contralint.models.encoder import load_encoder
from contralint.models.gate import load_gate
from contralint.models.judge import load_judge
from contralint.models.same_request import load_same_request
from contralint.models.stance import load_stance
from contralint.models.static import load_static_encoder

LOADERS: dict[str, Callable[[], object]] = {
    "encoder.json": load_encoder,
    "encoder.onnx": load_encoder,
    "gate.npz": load_gate,
    "judge.npz": load_judge,
    "judge.onnx": load_judge,
    "rarity.json": rarities,
    "same_request.npz": load_same_request,
    "stance.npz": load_stance,
    "static.npy": load_static_encoder,
}
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 23063149\n"


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the weights, which is what is loaded."""
    monkeypatch.setattr(released, "WEIGHTS", shutil.copytree(released.WEIGHTS, tmp_path / "weights"))
    return tmp_path / "weights"


def test_every_file_that_ships_has_a_sum_that_it_meets() -> None:
    names = sorted(path.name for path in released.WEIGHTS.iterdir() if path.name != released.CHECKSUMS)
    assert names == sorted(LOADERS)
    assert [released.shipped(name).name for name in names] == names


@pytest.mark.parametrize("name", sorted(LOADERS))
def test_what_is_damaged_is_not_parsed(name: str, weights: Path) -> None:
    content = bytearray((weights / name).read_bytes())
    content[len(content) // 2] ^= 1
    (weights / name).write_bytes(content)
    load = LOADERS[name]
    with pytest.raises(UsageError, match=rf"{name} is damaged or cut short: its [\d,]+ bytes .*: install contralint"):
        getattr(load, "__wrapped__", load)()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is damaged or cut short: its 0 bytes"),
        (POINTER, r"is a pointer of Git LFS, not the file itself \(`git lfs pull` fetches it\)"),
        (None, r"cannot be read \(No such file or directory\)"),
    ],
)
def test_what_is_wrong_is_told(content: bytes | None, complaint: str, weights: Path) -> None:
    (weights / "gate.npz").unlink() if content is None else (weights / "gate.npz").write_bytes(content)
    with pytest.raises(UsageError, match=f"gate.npz {complaint}"):
        released.shipped("gate.npz")


def test_a_file_is_read_again_when_it_changed(weights: Path) -> None:
    assert released.shipped("judge.npz")
    (weights / "judge.npz").write_bytes((weights / "judge.npz").read_bytes()[:-1])
    with pytest.raises(UsageError, match=r"judge\.npz is damaged"):
        released.shipped("judge.npz")


def test_a_file_that_was_never_released_is_refused(weights: Path) -> None:
    (weights / "other.npz").write_bytes(b"x")
    with pytest.raises(UsageError, match=r"other\.npz is damaged"):
        released.shipped("other.npz")
