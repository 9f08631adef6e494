"""What all tests share: a pinned environment, and snapshots of output kept as plain files."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from loopback import refuse_others

if TYPE_CHECKING:
    from repositories import Repository
    from review_pages import Open
    from reviewing import Served

SNAPSHOTS = Path(__file__).parent / "data" / "snapshots"

settings.register_profile("contralint", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("contralint")
sys.addaudithook(refuse_others)

# Where tests run in the background of a script, Ctrl-C is ignored, by all that they start as well.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the snapshots of output anew")


@pytest.fixture(autouse=True)
def pinned_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Colours, width and caches of whoever runs the tests change nothing."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@dataclass(frozen=True)
class Snapshots:
    """Expected output, one file each in tests/data/snapshots/."""

    update: bool

    def check(self, name: str, actual: str) -> None:
        path = SNAPSHOTS / name
        if self.update:
            path.write_bytes(actual.encode())
        assert actual == path.read_bytes().decode(), f"{name} differs; is that meant? pytest --update-snapshots"


@pytest.fixture
def snapshots(request: pytest.FixtureRequest) -> Snapshots:
    return Snapshots(update=bool(request.config.getoption("--update-snapshots")))


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """This checkout, and a home of pre-commit's where its hook is built once."""
    from repositories import ROOT, snapshot

    home = tmp_path_factory.mktemp("pre-commit")
    made = snapshot(home / "checkout")
    made.settings = {"PRE_COMMIT_HOME": str(home / "home"), "PIP_CONSTRAINT": str(ROOT / "constraints.txt")}
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from browsing import chromium

    with chromium() as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, in which the test runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def opened(browser: Any) -> Iterator[Open]:  # noqa: ANN401 (Playwright is not there for all tests)
    """Opens reviews in a browser."""
    from review_pages import opening

    with opening(browser) as open_review:
        yield open_review


@pytest.fixture
def review(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:  # noqa: ARG001 (it runs there)
    """A review of a few conflicts, as it is served."""
    from review_pages import ROWS, RULES
    from reviewing import scanned, served

    with served(scanned(monkeypatch, ROWS, select=RULES)) as running:
        yield running
