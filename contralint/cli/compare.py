"""`contralint compare`."""

from __future__ import annotations

from typing import Any

import click

from contralint.cli.options import talk_options
from contralint.cli.settings import configured, echo_notes, look, scan_settings, shown_progress
from contralint.cli.status import ExitStatus


@click.command(short_help="Show why two records were, or were not, reported.")
@click.argument("first", metavar="FILE:LINE")
@click.argument("second", metavar="FILE:LINE")
@scan_settings
@talk_options
def command(first: str, second: str, **options: Any) -> ExitStatus:  # noqa: ANN401 (click passes options by name)
    """Shows two records beside each other: facets, similarity, and what each rule says of them.

    FILE:LINE is a line of a data file; FILE:LINE:COLUMN, as reports print it, will do. Of a conversation with several
    trained turns, the last one is compared.
    """
    config = configured(options)
    from contralint.cli.comparison_page import comparison_page
    from contralint.comparison import compare
    from contralint.linter import Linter
    from contralint.lookup import look_up, row_place

    found = look_up([row_place(first), row_place(second)], config)
    with shown_progress(options) as progress:
        linter = Linter(config, progress=progress)
        comparison = compare(linter, found.records[0], found.records[1], found.among)
    style = look(options)
    for line in comparison_page(comparison, style):
        click.echo(line, color=style.color)
    echo_notes(linter, options)
    return ExitStatus.CLEAN
