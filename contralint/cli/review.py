"""`contralint review`."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contralint.cli.options import talk_options
from contralint.cli.saying import say
from contralint.cli.settings import configured, data_paths, scan_settings, shown_progress
from contralint.cli.status import ExitStatus

if TYPE_CHECKING:
    from contralint.review import Desk, Keys, Listening


@click.command(short_help="Decide conflicts one by one, in a browser on this machine.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--open/--no-open", "opened", default=None, help="Open the page in a browser [on a terminal].")
@click.option(
    "--port", type=click.IntRange(1024, 65535), metavar="N", help="Port to listen on [one of its own for each project]."
)
@click.option(
    "--host", default="127.0.0.1", metavar="NAME", help="Address to listen at [127.0.0.1: this machine alone]."
)
@click.option("--baseline", metavar="FILE", help="Leave out what this baseline knows.")
@click.option("--min-confidence", type=float, metavar="P", help="Leave out what is less sure than this, from 0 to 1.")
@click.option("--decisions", metavar="FILE", help="File that decisions go to [contralint.decisions.jsonl].")
@scan_settings
@talk_options
def command(**options: Any) -> ExitStatus:  # noqa: ANN401 (click passes options by name)
    """Opens a page on which each conflict is looked at side by side, and decided.

    Each decision is written to contralint.decisions.jsonl at once. Ctrl-C ends.
    """
    from contralint.cli.outputs import Output, check_writable
    from contralint.config import DECISIONS_FILE
    from contralint.review import Desk, Keys, Listening

    config = configured(options)
    paths = data_paths(config, options, "review")
    file = Path(config.decisions or DECISIONS_FILE)
    check_writable([Output("jsonl", str(file))])
    with Listening.at(options["host"], options["port"], file) as listening:
        with shown_progress(options) as progress:
            desk = Desk.of(config, paths, progress)
        for note in () if options["quiet"] else desk.notes:
            say(f"contralint: note: {note}", err=True)
        if desk.conflicts:
            _serve(desk, listening, Keys(), options)
        else:
            click.echo("no conflict is left to review")
    return ExitStatus.CLEAN


def _serve(desk: Desk, listening: Listening, keys: Keys, options: dict[str, Any]) -> None:
    from contralint.cli.bug_report import bug_report
    from contralint.review import serve

    if not listening.is_local:
        warning = "other machines can reach this review, and what is sent is not encrypted: whoever reads the address"
        click.echo(f"contralint: warning: {warning} may see all records and decide", err=True)
    click.echo(f"{_standing(desk)}; review them at\n\n    {listening.address(keys.token)}\n\nCtrl-C ends.")
    sys.stdout.flush()
    if _is_to_open(options["opened"]):
        webbrowser.open(listening.address(keys.ticket()))
    try:
        serve(desk, listening, keys, lambda error: say(*bug_report(error, sys.argv[1:]).split("\n"), err=True))
    except KeyboardInterrupt:
        desk.book.refresh()
        say("", f"{_standing(desk)}: {desk.book.path}")


def _standing(desk: Desk) -> str:
    return f"{len(desk.book.decided)} of {len(desk.conflicts)} conflicts decided"


def _is_to_open(asked: bool | None) -> bool:
    """Where nobody says, a browser is opened for whoever sits at a terminal with a screen of windows."""
    if asked is not None:
        return asked
    windows = sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return sys.stdout.isatty() and windows
