"""Folders of users' own models: finding them, refusing what could run code, naming them by their content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_dir

from contralint.errors import MissingExtraError, UsageError
from contralint.models.harmless import check_harmless
from contralint.models.released import checksum

EXTRA = "sentence-transformers"
# Changes when files written before can no longer be read, or would be written otherwise now.
FORMAT = "2"
SAFE_FILES = ["*.json", "*.txt", "*.model", "*.safetensors"]
UNSAFE_FILES = (".bin", ".pt", ".pth", ".pkl", ".ckpt")


@dataclass(frozen=True)
class Kind:
    """A kind of model.

    Attributes:
        name: As sentence-transformers calls it.
        marker: File that the folder of such a model holds.
        organisation: Where names without one stand on the Hugging Face hub.
    """

    name: str
    marker: str
    organisation: str


SENTENCE_ENCODER = Kind("SentenceTransformer", "modules.json", "sentence-transformers")
CROSS_ENCODER = Kind("CrossEncoder", "config.json", "cross-encoder")


def find_model(name: str, kind: Kind) -> Path:
    """Folder of a model: the given one, a copy fetched earlier, or one fetched now.

    Raises:
        UsageError: Neither a folder nor to be had from the hub.
        MissingExtraError: The hub's client is not installed.
    """
    if Path(name).is_dir():
        return Path(name)
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError
    except ImportError:
        raise MissingExtraError(f"model {name!r}", EXTRA) from None
    repository = name if "/" in name else f"{kind.organisation}/{name}"
    try:
        return Path(snapshot_download(repository, allow_patterns=SAFE_FILES, local_files_only=True))
    except HFValidationError:
        raise UsageError(f"{name}: neither a model's folder nor its name on the Hugging Face hub") from None
    except LocalEntryNotFoundError:
        pass
    try:
        return Path(snapshot_download(repository, allow_patterns=SAFE_FILES))
    except Exception as error:  # the client raises its own, httpx's and the operating system's errors
        reason = str(error).strip().partition("\n")[0]
        raise UsageError(f"{name}: no such folder, and not to be had from the hub: {reason}") from None


def content_fingerprint(source: Path, kind: Kind) -> str:
    """Names a model by what its files hold, wherever they lie.

    Raises:
        UsageError: Not the folder of such a model, or loading it could run code.
    """
    files = sorted(path for path in source.rglob("*") if path.is_file() and path.suffix in {".json", ".txt"})
    weights = sorted(source.rglob("*.safetensors"))
    for path in source.rglob("*"):
        if path.suffix in UNSAFE_FILES and not any(other.parent == path.parent for other in weights):
            raise UsageError(f"{path}: only safetensors weights are loaded, since this format can run code")
    if not weights or not (source / kind.marker).is_file():
        raise UsageError(f"{source}: not a {kind.name}'s folder ({kind.marker} and *.safetensors)")
    check_harmless(source)
    parts = [f"{path.relative_to(source).as_posix()} {checksum(path)}" for path in [*files, *weights]]
    return hashlib.sha256("\n".join([FORMAT, kind.name, *parts]).encode()).hexdigest()[:16]


def export_folder(fingerprint: str, cache_dir: Path | None) -> Path:
    """Where the export of a model is kept: under the given folder, or the user's cache folder."""
    return (cache_dir or Path(user_cache_dir("contralint"))) / "models" / fingerprint
