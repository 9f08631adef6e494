"""`contralint explain`."""

from __future__ import annotations

from typing import Any

import click

from contralint.cli.settings import configured, echo_notes, look, scan_settings, shown_progress
from contralint.cli.status import ExitStatus
from contralint.errors import UsageError


@click.command(short_help="Show a diagnostic in full, and why it was reported.")
@click.argument("fingerprint")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@scan_settings
def command(fingerprint: str, paths: tuple[str, ...], **options: Any) -> ExitStatus:  # noqa: ANN401 (click passes options by name)
    """Scans again and shows one diagnostic with all its members, and what led to it.

    FINGERPRINT, or its first 4 characters and more, is what a report names. PATH is what was scanned; without one,
    the `paths` of the configuration.
    """
    config = configured(options, paths)
    if not config.paths:
        raise UsageError("nothing to scan: name the files of the diagnostic, or set `paths` in the configuration")
    import msgspec

    from contralint.cli.explanation_page import explanation_page
    from contralint.explanation import checked_fingerprint, explain, find
    from contralint.linter import Linter

    beginning = checked_fingerprint(fingerprint)
    with shown_progress() as progress:
        linter = Linter(msgspec.structs.replace(config, baseline=None, decisions=None), progress=progress)
        trace = linter.trace_paths(config.paths)
    explanation = explain(linter, trace, find(trace.report, beginning))
    style = look(options)
    for line in explanation_page(explanation, style):
        click.echo(line, color=style.color)
    echo_notes(linter)
    return ExitStatus.CLEAN
