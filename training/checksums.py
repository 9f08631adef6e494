"""The list of checksums beside the weights that ship."""

from __future__ import annotations

from contralint.models.released import CHECKSUMS, WEIGHTS, checksum


def record_checksum(name: str) -> None:
    """Rewrites the line of this file in SHA256SUMS and leaves the others alone."""
    sums = WEIGHTS / CHECKSUMS
    kept = [line for line in sums.read_text(encoding="utf-8").splitlines() if line.split()[-1] != name]
    lines = sorted([*kept, f"{checksum(WEIGHTS / name)}  {name}"], key=lambda line: line.split()[-1])
    sums.write_text("\n".join(lines) + "\n", encoding="utf-8")
