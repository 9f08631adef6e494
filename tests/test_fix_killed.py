"""A fix that is killed, wherever it is, loses nothing; the next one brings it to its end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from process import told_by


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_nothing_is_lost(tmp_path: Path) -> None:
    assert int(told_by("killed_fix.py", str(tmp_path))) > 30, "it was killed at too few steps to tell"
