"""The settings of a scan, for the commands that scan."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import click

from contralint.cli.options import Command, assignments, configuration_options, listed, word_option

if TYPE_CHECKING:
    from contralint.config import Config
    from contralint.linter import Linter
    from contralint.progress import Progress
    from contralint.reports import RenderOptions


def scan_settings(command: Command) -> Command:
    """Adds the options that decide what a scan finds, and `--color`."""
    for option in (
        click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour [auto]."),
        configuration_options,
        click.option("--cache-dir", metavar="DIR", help="Folder for exported models and replies of language models."),
        click.option("--jobs", type=int, metavar="N", help="Threads to use [all cores]."),
        click.option("--judge", metavar="NAME", help="A CrossEncoder to judge answers with, or openai:MODEL."),
        click.option("--embedder", metavar="NAME", help="A sentence-transformers model to compare requests with."),
        click.option(
            "--map",
            multiple=True,
            metavar="FIELD=COLUMN",
            callback=assignments,
            help="Column that holds a field, such as instruction=ask.",
        ),
        click.option(
            "--against",
            multiple=True,
            metavar="PATH",
            callback=listed,
            help="Evaluation data, which the scanned data must not contradict (CL801); no other rule looks at it.",
        ),
        click.option("--schema", metavar="NAME", help="Shape of all rows, such as alpaca or messages [detected]."),
        word_option("--ignore", "Do not run these rules."),
        word_option("--extend-select", "Run these rules besides."),
        word_option("--select", "Run these rules only: IDs, prefixes such as CL2, or names."),
    ):
        command = option(command)
    return command


def configured(options: Mapping[str, Any], paths: Sequence[str] = ()) -> Config:
    """The configuration with the options of the command line, and its paths, laid over it.

    Raises:
        UsageError: A setting is wrong.
    """
    from contralint.config import Config, with_options
    from contralint.configfile import load_config

    settings = {name: options[name] for name in Config.__struct_fields__ if name in options}
    return with_options(load_config(options["config"], isolated=options["isolated"]), {**settings, "paths": [*paths]})


def shown_progress() -> AbstractContextManager[Progress]:
    """A bar on a terminal; elsewhere nothing."""
    from contralint.cli.progress import BarProgress
    from contralint.progress import NoProgress

    return BarProgress() if sys.stderr.isatty() else contextlib.nullcontext(NoProgress())


def look(options: Mapping[str, Any]) -> RenderOptions:
    """Colours and width of standard output."""
    from contralint.cli.outputs import STDOUT, render_options

    return render_options(options["color"], STDOUT)


def echo_notes(linter: Linter) -> None:
    """Tells on standard error what the models want to be known, such as that a budget is used up."""
    from contralint.reports.escape import visible

    for note in linter.models.take_notes():
        click.echo(f"contralint: note: {visible(note)}", err=True)
