"""Draws docs/terminal.svg from the real output of a scan of the fixtures: `make picture`."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

COMMAND = ("scan", "fixtures/assistant.jsonl", "--select", "CL3,CL201", "--exit-zero", "--color", "always")
WIDTH = 132
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
    ran = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-m", "contralint", *COMMAND],
        capture_output=True,
        text=True,
        check=True,
        cwd=HERE.parent,
        env={"COLUMNS": str(WIDTH)},
    )
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(ran.stdout))
    title = "contralint " + " ".join(COMMAND[:2])
    picture = console.export_svg(title=title, theme=MONOKAI, code_format=FORMAT, unique_id="contralint")
    (HERE / "terminal.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
