"""`contralint scan`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from contralint.cli.options import Command, decisions_option, stdin_option, talk_options
from contralint.cli.outputs import (
    FORMATS,
    OrderedCommand,
    Output,
    check_writable,
    pair_outputs,
    render_options,
    write,
)
from contralint.cli.settings import configured, paths_to_scan, scan_settings, shown_progress
from contralint.cli.status import ExitStatus, status_of

if TYPE_CHECKING:
    from contralint.config import Config
    from contralint.diagnostics import Report
    from contralint.linter import Linter

# The settings that models are made from.
_OF_MODELS = ("embedder", "judge", "llm", "profile", "engine", "ray", "jobs", "cache", "cache_dir", "cache_size")


def scan_options(command: Command) -> Command:
    """Adds the options that decide how what was found is reported."""
    for option in (
        click.option("--progress/--no-progress", default=None, help="Show a progress bar [on a terminal]."),
        talk_options,
        click.option("--statistics", is_flag=True, help="Count diagnostics by rule instead of listing them."),
        decisions_option,
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
@stdin_option
@scan_settings
@scan_options
@click.option(
    "--split", "splits", multiple=True, metavar="NAME", help="Split of hf:NAME to scan [all but test and validation]."
)
@click.option("--diff", metavar="REV", help="Report only what rows take part in that this revision of git has not.")
@click.option("--watch", is_flag=True, help="Scan again whenever files, settings or rules change.")
@click.option("--show-settings", is_flag=True, help="Show all settings, files and rules, and scan nothing.")
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> int:  # noqa: ANN401 (click passes options by name)
    """Scans datasets for records that contradict each other.

    PATH is a file, a folder, a glob, "-" for standard input, or hf:NAME[:CONFIG][@SPLIT] for a dataset of the Hugging
    Face Hub, or a folder, that the `datasets` library opens; without one, the `paths` of the configuration.
    """
    config = configured(options)
    outputs = requested_outputs(ctx)
    if options["show_settings"]:
        return _show_settings(config, outputs, options)
    scan = Scan(outputs, options, diff=options["diff"])
    if options["watch"]:
        from contralint.cli.watch import watch

        return watch(lambda config: scan.run(config, paths_to_scan(config, options)), options, config)
    return scan.run(config, paths_to_scan(config, options))


def requested_outputs(ctx: click.Context) -> list[Output]:
    """The reports that the options of a command ask for.

    Raises:
        UsageError: One has no place of its own, or a place that cannot be written.
    """
    outputs = pair_outputs(ctx.params["formats"], ctx.params["files_out"], ctx.meta[OrderedCommand.ORDER])
    check_writable(outputs)
    return outputs


@dataclass
class Scan:
    """A scan that may be run again and again; its models stay loaded while their settings stay.

    Attributes:
        outputs: The reports to write.
        options: Those of the command line.
        diff: A revision of git; only what changed since is reported.
        within: With `diff`, the files whose rows count as changed; None for all.
        last: The linter of the last run.
    """

    outputs: Sequence[Output]
    options: Mapping[str, Any]
    diff: str | None = None
    within: Sequence[str] | None = None
    last: Linter | None = None

    def run(self, config: Config, paths: Sequence[str]) -> ExitStatus:
        """Scans and writes the reports.

        Raises:
            UsageError: As `Linter.lint_paths`, or a report cannot be written.
        """
        from contralint.linter import Linter

        with shown_progress(self.options) as progress:
            linter = Linter(config, progress=progress)
            if self.last and all(getattr(config, name) == getattr(self.last.config, name) for name in _OF_MODELS):
                linter.models, linter.engine = self.last.models, self.last.engine
            self.last = linter
            report = linter.lint_paths(paths, diff=self.diff, within=self.within)
        for output in self.outputs:
            _write(output, report, linter, self.options)
        return ExitStatus.CLEAN if self.options["exit_zero"] else status_of(report, config.fail_on)


def _show_settings(config: Config, outputs: Sequence[Output], options: Mapping[str, Any]) -> ExitStatus:
    from contralint.cli.settings_page import settings_page

    click.echo("\n".join(settings_page(config, outputs, options)))
    return ExitStatus.CLEAN


def _write(output: Output, report: Report, linter: Linter, options: Mapping[str, Any]) -> None:
    from contralint.reports import REPORTERS

    look = render_options(options["color"], output.path, statistics=options["statistics"], summary=not options["quiet"])
    write(output, REPORTERS[output.format](report, linter.rules, look), color=look.color)
