"""A fix that is killed, wherever it is, loses nothing; the next one brings it to its end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from process import ROOT, variables


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_nothing_is_lost(tmp_path: Path) -> None:
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "tests")))
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "killed_fix.py"), str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        env=variables(PYTHONPATH=paths, OPENBLAS_NUM_THREADS="1"),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30, "it was killed at too few steps to tell"
