"""`contralint init`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from contralint.cli.saying import say
from contralint.cli.status import ExitStatus

if TYPE_CHECKING:
    from contralint.adoption import Plan, Source


@click.command(short_help="Write configuration, pre-commit entry and code-review workflow into a dataset repository.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(["configuration", "hook", "workflow"]),
    help="Leave this part out.",
)
@click.option("--repo", metavar="URL", help="Git repository to take contralint from [where this one came from].")
@click.option("--rev", metavar="REV", help="Its revision [that of this contralint].")
@click.option("--diff", "shown", is_flag=True, help="Show what would be written, and write nothing.")
def command(
    paths: tuple[str, ...], without: tuple[str, ...], repo: str | None, rev: str | None, shown: bool
) -> ExitStatus:
    """Sets contralint up in a dataset repository: its configuration, a hook of pre-commit and a workflow of GitHub.

    PATH is a file or folder of the dataset; without one, the files are checked whose rows are training examples.
    What is there already is left as it is.
    """
    from contralint.adoption import Wishes, chosen, planned

    source = chosen(repo, rev)
    plan = planned(Wishes(source, paths, without))
    if shown:
        click.echo("".join(edit.diff() for edit in plan.edits), nl=False)
    else:
        plan.write()
    say(*"\n".join(_told(plan, source, shown=shown)).split("\n"), err=shown)
    return ExitStatus.CLEAN


def _told(plan: Plan, source: Source, *, shown: bool) -> Iterator[str]:
    for edit in plan.edits:
        verb = {"wrote": "would write", "added to": "would add to"}.get(edit.verb, edit.verb) if shown else edit.verb
        yield f"{verb} {edit.name}: {edit.about}"
    yield from (f"note: {note}" for note in _notes(plan, source))
    if not shown and any(edit.after is not None for edit in plan.edits):
        yield from ("", "Next:", *(f"    {step}" for step in _steps(plan)))


def _notes(plan: Plan, source: Source) -> Iterator[str]:
    from contralint.adoption import Package

    if not plan.in_git:
        yield f"{plan.root} is in no git repository: the hook and the workflow work once it is"
    if plan.dataset and plan.dataset.unknown:
        first, *more = plan.dataset.unknown
        others = f" and {len(more)} more" if more else ""
        yield f"{first}{others}: no part of the dataset, as the first rows fit no known shape; if it is, see `map`"
    if isinstance(source, Package) and any(edit.after and "github" in edit.name for edit in plan.edits):
        yield f"the workflow installs {source.requirement} from the index of pip; --repo takes it from a git repository"


def _steps(plan: Plan) -> Iterator[str]:
    from contralint.baseline import DEFAULT_FILE

    made = [edit.name for edit in plan.edits if edit.after is not None]
    if DEFAULT_FILE in made:
        yield "contralint baseline     # what is there now is known from then on; see it first: contralint scan"
    if ".pre-commit-config.yaml" in made:
        yield "pre-commit install      # checks each commit"
    if plan.in_git:
        yield f"git add {' '.join(made)}"
