"""Draws docs/terminal.svg from the real output of a scan of the fixtures: `make picture`."""

from __future__ import annotations

import io
import os
import pty
import sys
from pathlib import Path

from rich.color import parse_rgb_hex
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

COMMAND = ("scan", "fixtures/", "--select", "CL101,CL302", "--exit-zero", "--no-progress")
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
HERE = Path(__file__).parent
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


def main() -> None:
    """Runs the scan and writes what it printed as a picture."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(_printed_on_a_terminal()))
    title = "contralint " + " ".join(COMMAND[:4])
    picture = console.export_svg(title=title, theme=THEME, code_format=FORMAT, unique_id="contralint")
    (HERE / "terminal.svg").write_text(picture, encoding="utf-8")


def _printed_on_a_terminal() -> str:
    os.environ.update(COLUMNS=str(WIDTH), TERM="xterm-256color", NO_COLOR="")
    os.chdir(HERE.parent)
    printed: list[bytes] = []

    def read(terminal: int) -> bytes:
        printed.append(os.read(terminal, 4096))
        return printed[-1]

    if pty.spawn([sys.executable, "-m", "contralint", *COMMAND], read):
        raise SystemExit("the scan failed")
    return b"".join(printed).decode().replace("\r\n", "\n")


if __name__ == "__main__":
    main()
