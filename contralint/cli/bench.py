"""`contralint bench`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from contralint.cli.options import talk_options
from contralint.cli.outputs import STDOUT, Output, check_writable, write
from contralint.cli.settings import configured, look, scan_settings, shown_progress
from contralint.cli.status import ExitStatus

_TASKS = ("behaviour", "judge", "same-request", "stance", "flips", "calm")


@click.command(short_help="Measure detection quality on labelled files.")
@click.argument("paths", nargs=-1, metavar="FILE...", required=True)
@click.option("--task", "tasks", multiple=True, type=click.Choice(_TASKS), help="What to measure [told by the keys].")
@click.option("--by", metavar="KEY", help="Also measure apart by the values of this key [family].")
@click.option("--format", "kind", type=click.Choice(["text", "json", "markdown"]), default="text", help="Form [text].")
@click.option("-o", "--output", metavar="FILE", default=STDOUT, help="Where the figures go [standard output].")
@click.option("--plot", type=click.Path(path_type=Path), metavar="FILE", help="Reliability diagram, .svg or .png.")
@click.option("--misses", is_flag=True, help="Also list the cases that were taken for what they are not.")
@scan_settings
@talk_options
def command(paths: tuple[str, ...], tasks: tuple[str, ...], **options: Any) -> ExitStatus:  # noqa: ANN401 (click passes options by name)
    """Measures how well the rules and models do on labelled files of your own.

    FILE holds a labelled case a row. Its keys tell what it measures:

    \b
    behaviour     {"case", "family", "label": "conflict"|"ok", "records": [row, ...]}
    judge         {"question", "correct": [...], "incorrect": [...]}
                  or {"a": row, "b": row, "conflict": true|false}
    same-request  {"question_1", "question_2", "same": true|false}
                  or {"a": row, "b": row, "same": true|false}
    stance        {"prompt", "response", "label": "complies"|"refuses"|...}
    flips         as stance, with "model": who refuses where another complies
    calm          rows of any known shape in which nothing should be found

    The last two are measured with --task alone.
    """  # noqa: D301 (click's mark for lines to keep)
    config = configured(options)
    outputs = [Output(options["kind"], options["output"])]
    if options["plot"]:
        outputs.append(Output("plot", str(options["plot"])))
    check_writable(outputs)
    import msgspec

    from contralint.bench.pages import PAGES
    from contralint.bench.plot import check_plot, write_plot
    from contralint.bench.run import bench
    from contralint.linter import Linter
    from contralint.reports import RenderOptions

    if options["plot"]:
        check_plot(options["plot"])
    with shown_progress(options) as progress:
        measurements = bench(
            Linter(msgspec.structs.replace(config, baseline=None, decisions=None, usage=[])),
            paths,
            tasks,
            options["by"],
            progress,
        )
    if options["plot"]:
        write_plot(measurements, options["plot"])
    style = look(options) if options["output"] == STDOUT else RenderOptions()
    page = "".join(PAGES[options["kind"]](measurements, style, options["misses"]))
    write(outputs[0], [page], color=style.color)
    return ExitStatus.CLEAN
