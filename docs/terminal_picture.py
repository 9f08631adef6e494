"""Draws docs/pictures/scan.svg from the real output of a scan of the fixtures: `make pictures`."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.color import parse_rgb_hex
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

COMMAND = ("scan", "fixtures/", "--select", "CL101,CL302")
WIDTH = 108
# The colours of GNOME's terminal, on dark: the eight, and the eight bright ones.
NORMAL = "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc"
BRIGHT = "5e5c64 f66151 33da7a e9ad0c 2a7bde c061cb 33c7de ffffff"
THEME = TerminalTheme(
    parse_rgb_hex("1e1e1e"),
    parse_rgb_hex("d0cfcc"),
    [parse_rgb_hex(color) for color in NORMAL.split()],
    [parse_rgb_hex(color) for color in BRIGHT.split()],
)
ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
# rich's own format asks a web font of a content network: the picture must draw offline, and alike everywhere.
FORMAT = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def picture(printed: str, title: str, width: int = WIDTH) -> str:
    """A terminal as SVG.

    Args:
        printed: What stands in it, colours and all.
        title: Of its window.
        width: In characters.
    """
    console = Console(record=True, width=width, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(printed))
    return console.export_svg(title=title, theme=THEME, code_format=FORMAT, unique_id="contralint")


def start(command: Sequence[str], folder: Path, **streams: int) -> subprocess.Popen[bytes]:
    """Starts a command of contralint's, of this checkout, in a folder."""
    settings = {"COLUMNS": str(WIDTH), "TERM": "xterm-256color", "NO_COLOR": "", "PYTHONPATH": str(ROOT)}
    program = [sys.executable, "-m", "contralint", *command]
    return subprocess.Popen(program, cwd=folder, env={**os.environ, **settings}, **streams)


def run(command: Sequence[str], folder: Path) -> str:
    """What a command of contralint's tells on a terminal, notes first.

    Args:
        command: Without the name of the program.
        folder: Where it is run.

    Raises:
        SystemExit: It failed.
    """
    terminal, its_end = pty.openpty()
    # Errors go to no terminal, which would show a bar that moves.
    with start(command, folder, stdout=its_end, stderr=subprocess.PIPE) as running:
        os.close(its_end)
        told = b"".join(iter(lambda: _read(terminal), b""))
        os.close(terminal)
        assert running.stderr
        notes = running.stderr.read()
    if running.returncode > 1:
        raise SystemExit(f"contralint {' '.join(command)}: {notes.decode()}")
    return (notes + told).decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # on Linux, the end
        return b""


def scan_picture() -> str:
    """The picture of a scan."""
    return picture(run(COMMAND, ROOT), f"contralint {' '.join(COMMAND)}")


if __name__ == "__main__":
    (PICTURES / "scan.svg").write_text(scan_picture(), encoding="utf-8")
