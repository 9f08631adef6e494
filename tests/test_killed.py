"""Whatever is killed, at any moment, leaves nothing half done that a next run believes; `make soak` kills far more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from process import told_by

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def test_while_a_cache_is_written(tmp_path: Path) -> None:
    assert told_by("killed_cache.py", str(tmp_path), "20").startswith("20 kills, ")


def test_scans_baselines_and_fixes(tmp_path: Path) -> None:
    assert told_by("killed_runs.py", str(tmp_path), "3").startswith("3 kills ")


def test_at_every_step_of_writing_a_file(tmp_path: Path) -> None:
    assert int(told_by("killed_writing.py", str(tmp_path))) >= 5, "it was killed at too few steps to tell"
