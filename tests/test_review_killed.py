"""A review that is killed, wherever it is, loses nothing that it said was saved."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from process import ROOT, variables

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def told_by(script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / script), *arguments],
        capture_output=True,
        encoding="utf-8",
        env=variables(PYTHONPATH=os.pathsep.join(map(str, (ROOT, ROOT / "tests"))), OPENBLAS_NUM_THREADS="1"),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_at_every_step_that_touches_the_file(tmp_path: Path) -> None:
    assert int(told_by("killed_book.py", str(tmp_path))) >= 8, "it was killed at too few steps to tell"


def test_at_any_moment_while_decisions_come_in(tmp_path: Path) -> None:
    assert told_by("killed_review.py", str(tmp_path), "10").startswith("10 kills, ")
