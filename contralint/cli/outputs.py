"""Where reports go: each format to its file, and at most one to standard output."""

from __future__ import annotations

import dataclasses
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from contralint.errors import UsageError
from contralint.files import replacing

if TYPE_CHECKING:
    from contralint.reports import RenderOptions

ColorMode = Literal["auto", "always", "never"]
FORMATS = ("text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown", "html")
STDOUT = "-"


@dataclass(frozen=True)
class Output:
    """A report to write: its format, and a file or "-"."""

    format: str
    path: str = STDOUT


class OrderedCommand(click.Command):
    """A command that keeps the order of its options, which click drops: `ctx.meta[OrderedCommand.ORDER]`."""

    ORDER = "contralint.option_order"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _, _, given = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[self.ORDER] = [parameter.name for parameter in given]
        return super().parse_args(ctx, args)


def pair_outputs(formats: Sequence[str], files: Sequence[str], order: Sequence[str]) -> list[Output]:
    """Pairs each file with its format.

    As many files as formats: the first goes with the first, and so on. Else a file belongs to the format before it,
    and a format without a file goes to standard output.

    Args:
        formats: Values of `--format`, in order.
        files: Values of `--output`, in order.
        order: Names of the options as they were given, "formats" and "files_out" among others.

    Raises:
        UsageError: A file has no format, two reports go to one place.
    """
    if len(formats) == len(files) or not formats:
        outputs = [Output(kind, file) for kind, file in zip(formats or ["text"], files or [STDOUT], strict=False)]
    else:
        outputs = _pair_in_order(formats, files, order)
    if len(outputs) < len(files):
        raise UsageError(f"--output {files[-1]} has no --format of its own")
    twice = [path for path, count in Counter(output.path for output in outputs).items() if count > 1]
    if twice:
        place = "standard output" if twice[0] == STDOUT else twice[0]
        raise UsageError(f"only one report can go to {place}: give each --format its own --output")
    return outputs


def _pair_in_order(formats: Sequence[str], files: Sequence[str], order: Sequence[str]) -> list[Output]:
    waiting_formats, waiting_files = iter(formats), iter(files)
    outputs: list[Output] = []
    for name in order:
        if name == "formats":
            outputs.append(Output(next(waiting_formats)))
        elif name == "files_out" and outputs and outputs[-1].path == STDOUT:
            outputs[-1] = Output(outputs[-1].format, next(waiting_files))
        elif name == "files_out":
            raise UsageError(f"--output {next(waiting_files)} has no --format of its own")
    return outputs


def check_writable(outputs: Sequence[Output]) -> None:
    """Refuses files that cannot be written, before the work instead of after it.

    Raises:
        UsageError: A file's folder does not exist, or may not be written.
    """
    for output in outputs:
        path = Path(output.path)
        if output.path == STDOUT:
            continue
        if path.is_dir() or not path.parent.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
            raise UsageError(f"cannot write {path}: no such folder, or it may not be written")


def write(output: Output, pieces: Iterable[str], *, color: bool = False) -> None:
    """Writes a report, piece by piece; a file holds all of it, or what it held before.

    Files and machine formats are UTF-8 everywhere; text on standard output is in the encoding of the terminal.

    Args:
        output: Its format and place.
        pieces: Its text, line ends included.
        color: Whether escapes for colours may pass to standard output.

    Raises:
        UsageError: The file cannot be written.
    """
    if output.path == STDOUT:
        for piece in pieces:
            click.echo(piece if output.format == "text" else piece.encode(), nl=False, color=color)
        return
    try:
        with replacing(Path(output.path)) as file:
            file.writelines(piece.encode() for piece in pieces)
    except OSError as error:
        raise UsageError(f"cannot write {output.path}: {error.strerror}") from None


def colored(mode: ColorMode, path: str) -> bool:
    """Whether a report is to be coloured: as the option says, else NO_COLOR, FORCE_COLOR, else on a terminal."""
    if mode != "auto":
        return mode == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if path != STDOUT:
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def render_options(mode: ColorMode, path: str, *, statistics: bool = False, summary: bool = True) -> RenderOptions:
    """How a report that goes to a file, or to "-", is to look."""
    from contralint.reports import RenderOptions

    plain = RenderOptions(color=colored(mode, path), statistics=statistics, summary=summary)
    if path != STDOUT or not sys.stdout.isatty():
        return plain
    return dataclasses.replace(plain, width=shutil.get_terminal_size().columns, terminal=True)
