"""`contralint fix`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from contralint.cli.options import condition_option, talk_options, words
from contralint.cli.saying import say
from contralint.cli.settings import configured, data_paths, scan_settings, shown_progress
from contralint.cli.status import ExitStatus
from contralint.errors import UsageError

if TYPE_CHECKING:
    from contralint.cli.outputs import ColorMode
    from contralint.resolve import Fix, Method

_COLORS = {"-": "red", "+": "green", "@": "cyan"}
STRATEGIES = (
    "keep-chosen-side",
    "keep-majority",
    "keep-newest",
    "keep-source",
    "condition",
    "down-weight",
    "drop-both",
)


@click.command(short_help="Resolve conflicts: drop, weigh or explain the records that decisions or a strategy name.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--strategy",
    type=click.Choice(STRATEGIES),
    default="keep-chosen-side",
    help="What becomes of conflicts that nobody has decided [keep-chosen-side: nothing].",
)
@click.option("--diff", "shown", is_flag=True, help="Show a unified diff and write nothing; so it is without --apply.")
@click.option("--apply", is_flag=True, help="Write the files; dropped rows go to FILE.dropped.jsonl beside each.")
@click.option("--newest-by", metavar="FIELD", help="For keep-newest: field that holds a date or a number [git blame].")
@click.option("--sources", multiple=True, metavar="A,B,...", callback=words, help="For keep-source: the best first.")
@condition_option("For condition: what the system prompt of the rows of a side says.")
@click.option(
    "--weight", type=click.FloatRange(0, 1), default=0.1, metavar="W", help="For down-weight: the losing sides' [0.1]."
)
@click.option("--weight-column", default="weight", metavar="NAME", help="For down-weight: where it stands [weight].")
@click.option(
    "--severity",
    "lowest",
    type=click.Choice(["error", "warning", "note"]),
    default="warning",
    help="Lowest severity that the strategy is for [warning].",
)
@click.option("--allow-dirty", is_flag=True, help="Change files too that git could not bring back.")
@click.option(
    "--decisions", metavar="FILE", help="Decisions to carry out [contralint.decisions.jsonl where it exists]."
)
@click.option("--baseline", metavar="FILE", help="Leave alone what this baseline knows.")
@click.option("--min-confidence", type=float, metavar="P", help="Leave alone what is less sure than this, from 0 to 1.")
@scan_settings
@talk_options
def command(**options: Any) -> ExitStatus:  # noqa: ANN401 (click passes options by name)
    """Turns decisions, and a strategy for all that nobody has decided, into a cleaned dataset.

    PATH is a file, a folder or a glob; without one, the `paths` of the configuration. A row that is dropped is dropped
    whole, with all turns of its conversation.
    """
    if options["apply"] and options["shown"]:
        raise UsageError("--diff writes nothing: give it or --apply, not both")
    if options["strategy"] == "keep-source" and not options["sources"]:
        raise UsageError("--strategy keep-source needs --sources, the most trusted first")
    from contralint.cli.fix_pages import told
    from contralint.resolve import carry_out, fix

    config = configured(options)
    paths = data_paths(config, options, "fix")
    with shown_progress(options) as progress:
        made = fix(config, paths, _method(options), progress)
    notes = []
    if options["apply"]:
        notes = _risks(made, allowed=options["allow_dirty"])
        carry_out(made)
    else:
        _show(made, color=options["color"])
    if not options["quiet"]:
        for line in told(made, done=options["apply"]):
            say(line, err=not options["apply"])
        for note in (*made.notes, *notes):
            say(f"contralint: note: {note}", err=True)
    return ExitStatus.FOUND if made.plan.left or made.undecided else ExitStatus.CLEAN


def _method(options: Mapping[str, Any]) -> Method:
    from contralint.diagnostics import Severity
    from contralint.resolve import Method

    return Method(
        strategy=options["strategy"],
        newest_by=options["newest_by"],
        sources=options["sources"],
        conditions=options["conditions"],
        weight=options["weight"],
        column=options["weight_column"],
        severity=Severity(options["lowest"]),
    )


def _risks(made: Fix, *, allowed: bool) -> list[str]:
    """What the reader should know of files before they change.

    Raises:
        UsageError: Git could not bring one back, and that is not allowed.
    """
    from contralint.resolve import Standing

    standing = Standing.of(made.plan.changes)
    if standing.dirty and not allowed:
        raise UsageError(
            f"{_named(standing.dirty)}: not committed, so git could not undo this: commit, or give --allow-dirty"
        )
    return [f"{_named(standing.unversioned)}: not kept by git, which cannot undo this"] if standing.unversioned else []


def _named(paths: Sequence[str]) -> str:
    return f"{paths[0]} and {len(paths) - 1} more" if len(paths) > 1 else paths[0]


def _show(made: Fix, *, color: ColorMode) -> None:
    from contralint.cli.outputs import STDOUT, colored
    from contralint.resolve import diff

    painted, on_terminal = colored(color, STDOUT), sys.stdout.isatty()
    for line in diff(made):
        shown = line
        if on_terminal:
            from contralint.escape import visible

            shown = "\n".join(map(visible, line.split("\n")))
        click.echo(click.style(shown, fg=_COLORS.get(line[0])) if painted else shown, nl=False, color=painted)
