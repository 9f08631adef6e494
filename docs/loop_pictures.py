"""Walks the loop that README shows, command by command as it stands there, and draws it: `make pictures`.

Conflicts are decided in Chromium, which takes the pictures of the review; what the commands after it print becomes one
picture of a terminal.
"""

from __future__ import annotations

import base64
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from terminal_picture import PICTURES, ROOT, picture, run, scan_picture, start

SECTION = "## From finding to fixed model"
# Keys that decide each conflict, by its rule; refusals are kept on both sides, under conditions.
KEYS = {"CL202": "2", "CL301": "1", "CL302": "1", "CL303": "2", "CL304": "2"}
CONDITIONS = ("You serve a bank.", "You teach locksmiths.")
DESK, PHONE = {"width": 1120, "height": 760}, {"width": 390, "height": 760}
# An edge of its own, since a picture stands on white as often as on black; no caret that comes and goes, and nothing
# that floats, which is smoothed this way or that.
STYLE = """body { outline: 1px solid #8b95a0; outline-offset: -1px; min-height: 100vh }
* { caret-color: transparent !important }
.desk * { position: static !important }"""
BOLD, FAINT, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
WIDE = 122  # characters
PARTS = 2  # conflicts whose figures are shown, of all
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
INDEX = (("init", "-q"), ("add", "."), ("-c", "user.name=A", "-c", "user.email=a@localhost", "commit", "-qm", "Data"))


def commands() -> list[list[str]]:
    """The commands of README's section, without what it says of them."""
    section = (ROOT / "README.md").read_text("utf-8").partition(SECTION)[2].partition("\n## ")[0]
    return [shlex.split(line, comments=True) for line in re.findall(r"^    (?=\w)(.*)", section, re.MULTILINE)]


def walk(pictures: Path) -> str:
    """Walks the loop in a fresh repository that holds the fixtures.

    Args:
        pictures: Folder for the pictures of the review.

    Returns:
        What a terminal shows of all that comes after the review.
    """
    told: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copytree(ROOT / "fixtures", folder / "fixtures")
        for arguments in INDEX:
            subprocess.run(["git", *arguments], cwd=folder, check=True)
        for program, *command in commands():
            if program != "contralint":
                subprocess.run([program, *command], cwd=folder, check=True)
            elif command[0] == "review":
                told.clear()
                _review(command, folder, pictures)
            else:
                told.append(f"{BOLD}$ contralint {shlex.join(command)}{PLAIN}\n{_short(run(command, folder))}")
    return "\n".join(told).rstrip()


def _short(printed: str) -> str:
    """What was printed, without most of the conflicts where it tells of each."""
    parts = printed.split("\n\n")
    left_out = len(parts) - 1 - PARTS
    if left_out <= 0:
        return printed
    return "\n\n".join([*parts[:PARTS], f"{FAINT}... ({left_out} more){PLAIN}", parts[-1]])


def _review(command: list[str], folder: Path, pictures: Path) -> None:
    """Decides all conflicts, and takes pictures on the way."""
    with _served(command, folder) as address, _browser() as browser:
        page = browser.new_context(viewport=DESK, color_scheme="light", bypass_csp=True).new_page()
        page.goto(address)
        page.wait_for_selector("html.js")
        _photograph(page, pictures / "review-sides.webp")
        while not page.locator("header", has_text="All").count():
            rule = page.inner_text("#title").split()[1]
            if rule in KEYS:
                _decide(page, KEYS[rule])
                continue
            page.keyboard.press("b")
            for area, condition in zip(page.locator("[name=condition]").all(), CONDITIONS, strict=True):
                area.fill(condition)
            _photograph(page, pictures / "review.webp")
            page.set_viewport_size(PHONE)
            _photograph(page, pictures / "review-phone.webp")
            _decide(page, "Control+Enter")


@contextmanager
def _served(command: list[str], folder: Path) -> Iterator[str]:
    """The address of a review that runs."""
    with start([*command, "--no-open"], folder, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout
            told = iter(server.stdout.readline, b"")
            yield next(found[0].decode() for line in told if (found := re.search(rb"http://\S+token=\S+", line)))
        finally:
            server.terminate()


@contextmanager
def _browser() -> Iterator[Any]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise SystemExit(f"no Chromium: install any of {', '.join(BROWSERS)}")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])


def _decide(page: Any, key: str) -> None:  # noqa: ANN401 (Playwright's, which is not there for all)
    with page.expect_navigation():
        page.keyboard.press(key)
    page.wait_for_selector("html.js")


def _photograph(page: Any, file: Path) -> None:  # noqa: ANN401 (as above)
    page.add_style_tag(content=STYLE)
    page.evaluate("scrollTo(0, 0)")
    page.evaluate("new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted)))")
    taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": 90})
    file.write_bytes(base64.b64decode(taken["data"]))


def loop_picture(printed: str) -> str:
    """The picture of a terminal in which the loop was walked."""
    return picture(printed, "contralint fix, scan, synth, evals", WIDE)


def main() -> None:
    """Draws all pictures anew."""
    (PICTURES / "scan.svg").write_text(scan_picture(), encoding="utf-8")
    (PICTURES / "loop.svg").write_text(loop_picture(walk(PICTURES)), encoding="utf-8")


if __name__ == "__main__":
    main()
