"""`contralint coverage`."""

from __future__ import annotations

from typing import Any

import click

from contralint.cli.options import talk_options
from contralint.cli.settings import configured, data_paths, echo_notes, scan_settings, shown_progress
from contralint.cli.status import ExitStatus


@click.command(short_help="Show what real users ask that is not trained on, and the other way round.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--near",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="P",
    help="Similarity from which a request covers another [0.6].",
)
@click.option("--topics", type=click.IntRange(1), metavar="N", help="Topics to part requests into [by their number].")
@click.option(
    "--examples", type=click.IntRange(0), default=10, metavar="N", help="Examples to show, of either kind [10]."
)
@click.option(
    "--format", "format_", type=click.Choice(["text", "json", "markdown"]), default="text", help="Its form [text]."
)
@click.option("-o", "--output", default="-", metavar="FILE", help="Where it goes [standard output].")
@scan_settings
@talk_options
def command(**options: Any) -> ExitStatus:  # noqa: ANN401 (click passes options by name)
    """Compares a log of real users' prompts, which --usage names, with the data that is trained on.

    PATH is a file, a folder or a glob; without one, the `paths` of the configuration. Requests of both are parted into
    topics, of which those come first that users ask more than the data teaches.
    """
    from contralint.cli.coverage_pages import PAGES
    from contralint.cli.outputs import Output, check_writable, render_options, write
    from contralint.coverage import NEAR, Survey, survey
    from contralint.linter import Linter

    config = configured(options)
    paths = data_paths(config, options, "compare")
    output = Output(options["format_"], options["output"])
    check_writable([output])
    wish = Survey(options["near"] or NEAR, options["topics"], options["examples"])
    with shown_progress(options) as progress:
        linter = Linter(config, progress=progress)
        found = survey(linter, paths, wish, progress)
    look = render_options(options["color"], output.path)
    write(output, PAGES[output.format](found, look), color=look.color)
    echo_notes(linter, options)
    return ExitStatus.CLEAN
