"""A review that is killed, wherever it is, loses nothing that it said was saved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from process import told_by

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def test_at_every_step_that_touches_the_file(tmp_path: Path) -> None:
    assert int(told_by("killed_book.py", str(tmp_path))) >= 8, "it was killed at too few steps to tell"


def test_at_any_moment_while_decisions_come_in(tmp_path: Path) -> None:
    assert told_by("killed_review.py", str(tmp_path), "10").startswith("10 kills, ")
