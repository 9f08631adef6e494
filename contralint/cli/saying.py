"""Lines for whoever runs a command. They name files, rules and keys that others named, so nothing in them stays raw."""

from __future__ import annotations

import click

from contralint.escape import visible


def say(*lines: str, err: bool = False) -> None:
    """Prints lines, with what steers a terminal or begins another line spelt out."""
    for line in lines:
        click.echo(visible(line), err=err)
