"""The settings of a scan, for the commands that scan."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, NoReturn

import click

from contralint.cli.options import Command, assignments, configuration_options, listed, word_option
from contralint.cli.saying import say
from contralint.errors import UsageError

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
        click.option("--no-cache", is_flag=True, help="Work everything out anew, and keep nothing."),
        click.option("--cache-dir", metavar="DIR", help="Folder for what was worked out before, and for models."),
        click.option(
            "--profile",
            type=click.Choice(["fast", "balanced", "thorough"]),
            help="How far to search for near requests; faster misses more distant rewordings [balanced].",
        ),
        click.option("--jobs", type=int, metavar="N", help="Processors to use [all]."),
        click.option(
            "--engine", type=click.Choice(["local", "ray"]), help="Work on this machine, or on a Ray cluster [local]."
        ),
        click.option("--judge", metavar="NAME", help="A CrossEncoder to judge answers with, or openai:MODEL."),
        click.option("--embedder", metavar="NAME", help="A sentence-transformers model to compare requests with."),
        click.option("--usage-field", metavar="NAME", help="Column of the usage log that holds the prompt [detected]."),
        click.option(
            "--usage",
            multiple=True,
            metavar="FILE",
            callback=listed,
            help="Log of real users' prompts: conflicts that they ask about more come first.",
        ),
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


def configured(options: Mapping[str, Any]) -> Config:
    """The configuration with the options of the command line laid over it; its paths stay the configuration's.

    Raises:
        UsageError: A setting is wrong.
    """
    from contralint.config import with_options
    from contralint.configfile import load_config

    return with_options(load_config(options["config"], isolated=options["isolated"]), settings_of(options))


def settings_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """What the command line says of settings, under their names in the configuration."""
    from contralint.config import Config

    settings = {name: options[name] for name in Config.__struct_fields__ if name in options and name != "paths"}
    if options.get("no_cache"):
        settings["cache"] = False
    return settings


def named_paths(config: Config, options: Mapping[str, Any]) -> list[str]:
    """What the command line names, or the configuration; with `--stdin-filename` alone, standard input.

    Raises:
        UsageError: `--split` is given, and no path has splits to choose from.
    """
    from contralint.readers import with_splits

    paths = [*options["paths"]] or (["-"] if options["stdin_filename"] else config.paths)
    return with_splits(paths, options.get("splits", ()))


def data_paths(config: Config, options: Mapping[str, Any], purpose: str) -> list[str]:
    """What the command line names, or the configuration.

    Raises:
        UsageError: Neither names anything.
    """
    return [*options["paths"]] or config.paths or _named_none(purpose)


def _named_none(purpose: str) -> NoReturn:
    raise UsageError(f"nothing to {purpose}: give a PATH, or set `paths` in the configuration")


def paths_to_scan(config: Config, options: Mapping[str, Any]) -> list[str]:
    """What to scan, with standard input read and called as `--stdin-filename` says.

    Raises:
        UsageError: Nothing is named, or a name for standard input, which is not to be read.
    """
    name, paths = options["stdin_filename"], named_paths(config, options)
    if not paths:
        _named_none("scan")
    if not name:
        return paths
    if "-" not in paths:
        raise UsageError("--stdin-filename names standard input: give - as a PATH too")
    from contralint.readers import keep_stdin

    keep_stdin(name)
    return [name if path == "-" else path for path in paths]


def shown_progress(options: Mapping[str, Any]) -> AbstractContextManager[Progress]:
    """A line a stage with `--verbose`; else a bar on a terminal, unless `--quiet` or `--no-progress` is given."""
    from contralint.cli.progress import BarProgress, StageLines
    from contralint.progress import NoProgress

    on_terminal = sys.stderr.isatty()
    asked = options.get("progress")
    wanted = on_terminal and not options["quiet"] if asked is None else asked
    if options["verbose"] or (wanted and not on_terminal):
        return StageLines()
    return BarProgress() if wanted else contextlib.nullcontext(NoProgress())


def look(options: Mapping[str, Any]) -> RenderOptions:
    """Colours and width of standard output."""
    from contralint.cli.outputs import STDOUT, render_options

    return render_options(options["color"], STDOUT)


def echo_notes(linter: Linter, options: Mapping[str, Any]) -> None:
    """Tells on standard error what the models want to be known, such as that a budget is used up."""
    if options["quiet"]:
        return
    for note in linter.models.take_notes():
        say(f"contralint: note: {note}", err=True)
