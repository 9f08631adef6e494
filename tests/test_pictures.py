"""Pictures show what the program prints now, and README's loop is walked as it stands there."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 150_000  # bytes


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(ROOT / "docs"), *sys.path])
        return runpy.run_path(str(ROOT / "docs" / "loop_pictures.py"))


def test_the_loop_goes_as_readme_shows_it(script: dict[str, Any], tmp_path: Path) -> None:
    printed = script["walk"](tmp_path)
    assert (PICTURES / "loop.svg").read_text("utf-8") == script["loop_picture"](printed), "run `make pictures`"
    told = re.sub(r"\x1b\[\d+m", "", printed)
    assert "No contradictions found" in told
    assert re.search(r"^ +after +\d+ of \d+ answers as expected \(100%\)", told.partition("all conflicts")[2], re.M)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in PICTURES.glob("*.webp")}


def test_the_picture_of_a_scan_is_in_step(script: dict[str, Any]) -> None:
    assert (PICTURES / "scan.svg").read_text("utf-8") == script["scan_picture"](), "run `make pictures`"


def test_pictures_are_small() -> None:
    assert all(path.stat().st_size < LARGEST for path in PICTURES.iterdir())
