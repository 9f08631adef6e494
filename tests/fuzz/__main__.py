"""Fuzzes for as long as it is given time, one target after the other: python -m fuzz [--minutes M] [--target NAME].

What fails is shrunk, kept in tests/data/fuzz/ and told; the exit status is 1 then. Each round is a process of its own,
so that what ends a whole process is found as well.
"""

# ruff: noqa: T201 (a program of the command line)

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from fuzz import TARGETS, Target

ROUND = 100  # inputs of a target before it is the next one's turn
MEMORY = 8 << 30  # bytes of addresses: what asks for more fails


def main() -> int:
    """Runs the targets."""
    parser = argparse.ArgumentParser(prog="fuzz")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--target", choices=[target.name for target in TARGETS], action="append")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chosen = [target for target in TARGETS if target.name in (options.target or [target.name])]
    end, number, tried, failed = time.monotonic() + options.minutes * 60, options.seed, Counter[str](), Counter[str]()
    while time.monotonic() < end:
        for target in chosen:
            with tempfile.TemporaryDirectory() as scratch:
                failed[target.name] += not _passes(target, number, Path(scratch))
                tried[target.name] += (Path(scratch) / "tried").stat().st_size
        number += 1
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    for target in chosen:
        print(f"{target.name:16}{tried[target.name]:>9,} inputs{failed[target.name]:>5} failures")
    print(f"{'all':16}{tried.total():>9,} inputs{failed.total():>5} failures, at most {peak} MB of memory")
    return int(failed.total() > 0)


def _passes(target: Target, number: int, scratch: Path) -> bool:
    """Whether a round of a target ends well; the input at which it does not is kept."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os._exit(_round(target, number, scratch))
    _, status = os.waitpid(child, 0)
    if status:
        print(
            f"{target.name}, seed {number}: status {status}: {target.keep((scratch / 'last').read_bytes())}",
            file=sys.stderr,
        )
    return not status


def _round(target: Target, number: int, scratch: Path) -> int:
    """Tries some inputs: each is in the file `last` while it is tried, and one byte longer is the file `tried`."""

    @seed(number)
    @settings(
        max_examples=ROUND, deadline=None, database=None, derandomize=False, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck), report_multiple_bugs=False, print_blob=False,
    )  # fmt: skip
    @given(target.inputs)
    def attempt(data: bytes) -> None:
        (scratch / "last").write_bytes(data)
        with (scratch / "tried").open("ab") as tried:
            tried.write(b".")
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            target.attempt(data, Path(folder))

    try:
        attempt()
    except Exception as error:
        vars(error).pop("__notes__", None)  # in which hypothesis tells the input, which is kept
        traceback.print_exc(limit=-6)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
