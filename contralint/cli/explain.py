"""`contralint explain`."""

from __future__ import annotations

from typing import Any

import click

from contralint.cli.options import stdin_option, talk_options
from contralint.cli.settings import configured, echo_notes, look, paths_to_scan, scan_settings, shown_progress
from contralint.cli.status import ExitStatus


@click.command(short_help="Show a diagnostic in full, and why it was reported.")
@click.argument("fingerprint")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@stdin_option
@scan_settings
@talk_options
def command(fingerprint: str, **options: Any) -> ExitStatus:  # noqa: ANN401 (click passes options by name)
    """Scans again and shows one diagnostic with all its members, and what led to it.

    FINGERPRINT, or its first 4 characters and more, is what a report names. PATH is what was scanned; without one,
    the `paths` of the configuration.
    """
    config = configured(options)
    paths = paths_to_scan(config, options)
    import msgspec

    from contralint.cli.explanation_page import explanation_page
    from contralint.explanation import checked_fingerprint, explain, find
    from contralint.linter import Linter

    beginning = checked_fingerprint(fingerprint)
    with shown_progress(options) as progress:
        linter = Linter(msgspec.structs.replace(config, baseline=None, decisions=None), progress=progress)
        trace = linter.trace_paths(paths)
    explanation = explain(linter, trace, find(trace.report, beginning))
    style = look(options)
    for line in explanation_page(explanation, style):
        click.echo(line, color=style.color)
    echo_notes(linter, options)
    return ExitStatus.CLEAN
