"""`contralint scan`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contralint.cli.options import Command
from contralint.cli.outputs import (
    FORMATS,
    STDOUT,
    OrderedCommand,
    Output,
    check_writable,
    pair_outputs,
    render_options,
)
from contralint.cli.settings import configured, scan_settings
from contralint.cli.status import ExitStatus, status_of
from contralint.errors import UsageError

if TYPE_CHECKING:
    from contralint.config import Config
    from contralint.diagnostics import Report
    from contralint.linter import Linter
    from contralint.progress import Progress


def scan_options(command: Command) -> Command:
    """Adds the options that decide how what was found is reported."""
    for option in (
        click.option("--progress/--no-progress", default=None, help="Show a progress bar [on a terminal]."),
        click.option("-v", "--verbose", is_flag=True, help="Tell on standard error what is done."),
        click.option("-q", "--quiet", is_flag=True, help="Print the report and nothing else."),
        click.option("--statistics", is_flag=True, help="Count diagnostics by rule instead of listing them."),
        click.option("--baseline", metavar="FILE", help="Do not report what this baseline knows."),
        click.option(
            "--min-confidence", type=float, metavar="P", help="Report nothing less sure than this, from 0 to 1."
        ),
        click.option("--exit-zero", is_flag=True, help="End with status 0 whatever is found."),
        click.option(
            "--fail-on",
            type=click.Choice(["error", "warning", "note", "never"]),
            help="Lowest severity that makes the exit status 1 [warning].",
        ),
        click.option(
            "-o", "--output", "files_out", multiple=True, metavar="FILE", help="Where the --format before it goes."
        ),
        click.option(
            "--format", "formats", multiple=True, type=click.Choice(FORMATS), help="Form of the report [text]."
        ),
    ):
        command = option(command)
    return command


@click.command(cls=OrderedCommand, short_help="Find records that contradict each other.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@scan_settings
@scan_options
@click.option("--diff", metavar="REV", help="Report only what rows take part in that this revision of git has not.")
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> ExitStatus:  # noqa: ANN401 (click passes options by name)
    """Scans datasets for records that contradict each other.

    PATH is a file, a folder, a glob or "-" for standard input; without one, the `paths` of the configuration.
    """
    config = configured(options, options["paths"])
    if not config.paths:
        raise UsageError("nothing to scan: give a PATH, or set `paths` in the configuration")
    return run(ctx, config, config.paths, diff=options["diff"])


def run(
    ctx: click.Context, config: Config, paths: Sequence[str], *, diff: str | None, within: Sequence[str] | None = None
) -> ExitStatus:
    """Scans and writes the reports that the options of a command ask for.

    Raises:
        UsageError: As `Linter.lint_paths`, or a report cannot be written.
    """
    options = ctx.params
    outputs = pair_outputs(options["formats"], options["files_out"], ctx.meta[OrderedCommand.ORDER])
    check_writable(outputs)
    from contralint.linter import Linter

    with _progress(options) as progress:
        linter = Linter(config, progress=progress)
        report = linter.lint_paths(paths, diff=diff, within=within)
    for output in outputs:
        _write(output, report, linter, options)
    return ExitStatus.CLEAN if options["exit_zero"] else status_of(report, config.fail_on)


def _progress(options: Mapping[str, Any]) -> AbstractContextManager[Progress]:
    from contralint.cli.progress import BarProgress, StageLines
    from contralint.progress import NoProgress

    on_terminal = sys.stderr.isatty()
    wanted = on_terminal and not options["quiet"] if options["progress"] is None else options["progress"]
    if options["verbose"] or (wanted and not on_terminal):
        return StageLines()
    return BarProgress() if wanted else contextlib.nullcontext(NoProgress())


def _write(output: Output, report: Report, linter: Linter, options: Mapping[str, Any]) -> None:
    from contralint.reports import REPORTERS

    look = render_options(options["color"], output.path, statistics=options["statistics"])
    if output.path == STDOUT:
        for piece in REPORTERS[output.format](report, linter.rules, look):
            click.echo(piece, nl=False, color=look.color)
        return
    with Path(output.path).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(REPORTERS[output.format](report, linter.rules, look))
