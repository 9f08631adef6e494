"""contralint in a process of its own, as a shell runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = [sys.executable, "-m", "contralint"]


def variables(**given: str) -> dict[str, str]:
    """The environment, with this package, and one thread for the models."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", **given}


def run(*arguments: str, cwd: Path, text: str = "", **given: str) -> subprocess.CompletedProcess[str]:
    """Runs the program to its end; what it writes is read as UTF-8."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=cwd,
        input=text,
        capture_output=True,
        encoding="utf-8",
        env=variables(**given),
        check=False,
    )


def shell(script: str, cwd: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Runs a script of bash in which `contralint` is the program."""
    function = f'contralint() {{ "{sys.executable}" -m contralint "$@"; }}\n'
    return subprocess.run(
        ["bash", "-c", function + script],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        env=variables(**given),
        check=False,
    )


def told_by(script: str, *arguments: str) -> str:
    """Runs a script of the tests that forks, in a process in which no thread was started yet; what it prints."""
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "tests")))
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / script), *arguments],
        capture_output=True,
        encoding="utf-8",
        env=variables(PYTHONPATH=paths, OPENBLAS_NUM_THREADS="1"),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
