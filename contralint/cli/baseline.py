"""`contralint baseline`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from contralint.cli.options import decisions_option, stdin_option, talk_options
from contralint.cli.saying import say
from contralint.cli.settings import configured, echo_notes, paths_to_scan, scan_settings, shown_progress
from contralint.cli.status import ExitStatus
from contralint.counting import number_of


@click.command(short_help="Write the present diagnostics to a baseline file.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@stdin_option
@scan_settings
@decisions_option
@talk_options
@click.option("-o", "--output", metavar="FILE", help="Where to write it [baseline of the configuration].")
def command(**options: Any) -> ExitStatus:  # noqa: ANN401 (click passes options by name)
    """Writes the present diagnostics to a baseline file, so that a scan with it reports new ones only.

    Without FILE, the `baseline` of the configuration is written, or contralint.baseline.jsonl; an old one is replaced.
    """
    import msgspec

    from contralint.baseline import DEFAULT_FILE, Baseline
    from contralint.linter import Linter

    config = configured(options)
    paths = paths_to_scan(config, options)
    path = Path(options["output"] or config.baseline or DEFAULT_FILE)
    old = Baseline.read(path) if path.is_file() else Baseline(())
    with shown_progress(options) as progress:
        linter = Linter(msgspec.structs.replace(config, baseline=None), progress=progress)
        report = linter.lint_paths(paths)
    echo_notes(linter, options)
    checked = old.check(report.diagnostics)
    made = Baseline.of(report.diagnostics)
    made.write(path)
    if options["quiet"]:
        return ExitStatus.CLEAN
    say(f"{path}: {number_of(len(made.entries), 'diagnostic')} known, {len(checked.new)} of them new")
    for entry in checked.gone:
        say(f"gone: {entry.rule} {entry.fingerprint} {entry.message}")
    return ExitStatus.CLEAN
