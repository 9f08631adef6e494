"""`contralint hook`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from contralint.cli.outputs import OrderedCommand
from contralint.cli.scan import Scan, requested_outputs, scan_options
from contralint.cli.settings import configured, scan_settings
from contralint.cli.status import ExitStatus


@click.command(
    cls=OrderedCommand, short_help="Check changed files against the whole dataset, as a pre-commit hook does."
)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@scan_settings
@scan_options
@click.option("--diff", metavar="REV", default="HEAD", show_default=True, help="What the files have changed from.")
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> ExitStatus:  # noqa: ANN401 (click passes options by name)
    """Reports what the changed rows of some files take part in, with the whole dataset as their neighbours.

    The dataset is the `paths` of the configuration; without them, all data files that git tracks. FILE is a file
    that may have changed; those that are no part of the dataset are passed over.
    """
    from contralint.readers import discover

    config = configured(options)
    dataset = config.paths or _tracked()
    files = set(discover(dataset)) | set(discover(config.against)) if dataset else set()
    changed = sorted(files & set(discover([file for file in options["files"] if Path(file).is_file()])))
    if not changed:
        return ExitStatus.CLEAN
    return Scan(requested_outputs(ctx), options, options["diff"], changed).run(config, dataset)


def _tracked() -> Sequence[str]:
    """The data files of the repository, as paths from the working directory."""
    import os

    from contralint.git import Repository
    from contralint.readers import holds_rows

    repository = Repository.here()
    return [os.path.relpath(repository.path(name)) for name in repository.tracked() if holds_rows(name)]
